"""The server of the hall: is it there and ours, is its clock ours, does it know this computer."""

from collections.abc import Callable, Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.commands.checkup.finding import Finding, Ill, Look, Seen, look
from app.ports.clock import Clock
from app.storage.messages import text

if TYPE_CHECKING:
    import httpx2

ANSWER_S: Final = 3.0
CLOCK_OFF_S: Final = 30
CLOCK_WRONG_S: Final = 300
"""Seconds of difference: from 30 on times on papers look odd, from 300 on codes and signatures are refused."""


class ServerLook:
    """Asks once; all looks at the server are of that one answer. ``url`` as the settings say it."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._url = url
        self._clock = clock
        self._answer: httpx2.Response | None = None
        self._ahead_ms = 0

    def reachable(self) -> Seen | str:
        """Look whether the server of this product answers, and which version it is."""
        import httpx2  # noqa: PLC0415 - an HTTP client is slow to load

        before = self._clock.now_ms()
        try:
            answer = httpx2.get(f"{self._url}/healthz", timeout=ANSWER_S, trust_env=False)
            said = answer.json() if answer.is_success else None
        except httpx2.HTTPError as error:
            raise Ill("server_unreachable") from error
        except ValueError as error:
            raise Ill("trouble_server_not_ours") from error
        if not isinstance(said, dict) or said.get("status") != "ok":
            raise Ill("trouble_server_not_ours")
        self._answer = answer
        self._ahead_ms = (before + self._clock.now_ms()) // 2
        theirs, ours = str(said.get("version", "")), version("chuangkou")
        told = text("server_version", url=self._url, version=theirs or "?")
        return Seen(told, "server_other_version" if theirs and theirs != ours else "")

    def clock(self) -> Seen | str:
        """Compare the clocks by the answer's date, which counts whole seconds."""
        date = self._answer.headers.get("date") if self._answer is not None else None
        try:
            theirs = parsedate_to_datetime(date or "").astimezone(UTC).timestamp()
        except ValueError:
            return text("clock_unknown")
        off = round(self._ahead_ms / 1000 - theirs)
        if abs(off) > CLOCK_WRONG_S:
            raise Ill("clock_wrong", seconds=abs(off))
        told = text("clock_seen", seconds=abs(off))
        return Seen(told, "clock_off" if abs(off) > CLOCK_OFF_S else "")

    def token(self, read: Callable[[], str]) -> Look:
        """Return the look at the device token that ``read`` returns; it is asked for and never shown."""
        return lambda: self._known(read())

    def _known(self, token: str) -> str:
        """Ask for the state of no hall: a server that knows the token says that there is none, else that it does not.

        Raises:
            Ill: the token is not (or no longer) this server's.
        """
        from sync.client.http import HttpCentralServer  # noqa: PLC0415 - an HTTP client is slow to load
        from sync.protocol.interface import NotOurServer, Refused, Unreachable  # noqa: PLC0415 - as above

        server = HttpCentralServer(self._url, token, self._clock)
        try:
            server.hall_state("-")
        except Refused as refusal:
            if refusal.code == "unauthorised":
                raise Ill("trouble_unauthorised") from refusal
        except NotOurServer as error:
            raise Ill("trouble_server_not_ours") from error
        except Unreachable as error:
            raise Ill("server_unreachable") from error
        finally:
            server.close()
        return text("token_known")


def server_findings(url: str, clock: Clock, token_file: Path | None, key_store: str, data: Path) -> Sequence[Finding]:
    """Look at the server, then at its clock and at this computer's token; without a server at nothing more."""
    seen = ServerLook(url, clock)
    first = look("server", seen.reachable)
    if not first.ok:
        return (first,)
    return (first, look("clock", seen.clock), look("token", seen.token(lambda: _token(token_file, key_store, data))))


def _token(token_file: Path | None, key_store: str, data: Path) -> str:
    from app.commands.own_token import TokenMissing, read_token  # noqa: PLC0415 - loaded for this look alone

    try:
        return read_token(token_file, key_store, data)
    except TokenMissing as missing:
        raise Ill("token_unreadable", place=missing.place) from missing
