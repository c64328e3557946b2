"""Who may work at a counter: whoever signs in, is named by a file, stands beside the clerk, or comes back."""

import json
from collections.abc import Callable
from pathlib import Path

from app.commands.manager_session import ManagerSession, own_window
from app.domain.clerk import Clerk
from app.domain.rights import Act, may
from app.ports.clerk_authority import SignInRefused
from app.ports.clock import Clock
from app.ports.store import Store
from app.storage.passwords import Argon2Passwords
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.sign_in import sign_in
from app.usecases.unlock import unlock
from sync.client.authority import HallAuthority
from sync.protocol.interface import CentralServer
from ui.application import NotOpen

ELSEWHERE = "elsewhere_opening"
"""The code of: another window opens in place of this one."""
_ALONE = (Act.SET_DEVICES, Act.REVIEW_CASE)
"""What a window of its own does without the server, too."""


class CounterSigning:
    """Asks the server, or what was kept of its word; ``left`` is called when another window opens in place of this one.

    ``manager`` is who signed in here though their window is another: the program goes on with that.
    """

    def __init__(self, store: Store, server: CentralServer, hall: str, clock: Clock, left: Callable[[], None]) -> None:
        self._store = store
        self._server = server
        self._hall = hall
        self._clock = clock
        self._left = left
        self.authority = HallAuthority(server, hall)
        self.manager: ManagerSession | None = None

    def session(self) -> str | None:
        """Return the bearer token of who is signed in; None for who signed in without the server."""
        return self.authority.session

    def ask(self, number: str, password: str) -> Clerk:
        """Return the clerk.

        Raises:
            SignInRefused: the server said no, or the clerk's window is another.
            ActRefused: without the server nothing is known that says yes.
        """
        return self._ask(self.authority, number, password)

    def by_file(self, file: Path) -> Clerk:
        """Return the clerk whom a file names; only the demo and tests have one.

        Raises:
            NotOpen: with the code of what is the matter.
        """
        try:
            given = json.loads(file.read_text(encoding="utf-8"))
            number, password = str(given["clerk"]), str(given["password"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NotOpen("not_signed_in", final=True) from error
        try:
            clerk = self._signed_in(self.authority, number, password)
        except ActRefused as refusal:
            raise NotOpen(refusal.reason.value, final=refusal.reason is ActRefusal.WRONG_PASSWORD) from refusal
        except SignInRefused as refusal:
            wrong = refusal.code == "unauthorised"
            raise NotOpen("sign_in_refused" if wrong else refusal.code, final=wrong) from refusal
        if self._belongs_elsewhere(self.authority, clerk):
            raise NotOpen(ELSEWHERE, final=True)
        return clerk

    def vouch(self, number: str, password: str) -> Clerk:
        """Return who stands beside the clerk, whose own session stays as it is; raises what ``ask`` raises."""
        return self._signed_in(HallAuthority(self._server, self._hall), number, password)

    def unlocker(self, clerk: Clerk) -> Callable[[str], None]:
        """Return what takes the password of a clerk who comes back to the covered window."""
        authority = HallAuthority(self._server, self._hall)
        return lambda password: self._unlock(authority, clerk, password)

    def _unlock(self, authority: HallAuthority, clerk: Clerk, password: str) -> None:
        """Take the password that was kept here; after too many wrong ones only the server's word counts."""
        try:
            unlock(self._store, Argon2Passwords(), clerk, password)
        except ActRefused as refusal:
            if refusal.reason not in (ActRefusal.LOCKED_OUT, ActRefusal.OFFLINE_UNKNOWN):
                raise
            try:
                self._ask(authority, clerk.number, password)
            except SignInRefused as refused:
                raise ActRefused(ActRefusal.WRONG_PASSWORD) from refused

    def _ask(self, authority: HallAuthority, number: str, password: str) -> Clerk:
        authority.session = None  # whoever signs in without the server has no session, not the last one's
        clerk = self._signed_in(authority, number, password)
        if self._belongs_elsewhere(authority, clerk):
            raise SignInRefused(ELSEWHERE)
        return clerk

    def _signed_in(self, authority: HallAuthority, number: str, password: str) -> Clerk:
        return sign_in(self._store, self._clock, authority, Argon2Passwords(), number=number, password=password)

    def _belongs_elsewhere(self, authority: HallAuthority, clerk: Clerk) -> bool:
        """Say whether the clerk's role has a window of its own; this one then ends, and that one opens."""
        role = own_window(clerk.roles)
        if role is None or (authority.session is None and not any(may({role}, each) for each in _ALONE)):
            return False
        self.manager = ManagerSession(clerk.name, authority.hall, authority.session or "", clerk.number, role)
        self._left()
        return True
