"""Searches the hall's server off every other thread: after a pause in the typing, for the newest words alone."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from app.domain.case import CaseState
from app.domain.far_case import FarCase, FarDetail
from app.ports.clock import Clock
from app.ports.far_cases import FarFound, FarSeen, FarTrouble
from sync.client.ending import ended
from sync.client.http import HttpCentralServer
from sync.protocol.case_messages import CaseFound, CaseSeen, CasesFound, SearchCases
from sync.protocol.interface import Refused, Unreachable

logger = logging.getLogger(__name__)

PAUSE_S: Final = 0.25
"""So long nobody has typed before the server is asked."""

_TROUBLES = {
    "unauthorised": FarTrouble.SIGNED_OUT,
    "forbidden": FarTrouble.FORBIDDEN,
    "not_found": FarTrouble.GONE,
}

Answer = FarFound | FarSeen
M = TypeVar("M", CasesFound, CaseSeen)


class HttpFarCases(HttpCentralServer):
    """The endpoints of the search, by the clerk's session; two seconds in all, for somebody waits."""

    connect_s = 0.7
    answer_s = 1.3

    def search(self, hall: str, tokens: Sequence[str]) -> CasesFound:
        """Return the hits; raises ``Refused`` and ``Unreachable``."""
        return self._post(f"/v1/halls/{hall}/cases/search", SearchCases(words=list(tokens)), CasesFound)

    def see(self, hall: str, case_id: str) -> CaseSeen:
        """Return one case; raises ``Refused`` and ``Unreachable``."""
        return self._get(f"/v1/halls/{hall}/cases/{case_id}", {}, CaseSeen)


class FarCaseWorker:
    """Implements ``FarCases``. One thread; ``tell`` is called from it, unless something newer was asked meanwhile.

    ``session`` is the bearer token of who is signed in now, None for who signed in without the server.
    """

    def __init__(
        self, base_url: str, hall: str, clock: Clock, session: Callable[[], str | None], tell: Callable[[Answer], None]
    ) -> None:
        self._base_url, self._hall, self._clock = base_url, hall, clock
        self._session = session
        self._tell = tell
        self._lock = threading.Lock()
        self._question: tuple[str, ...] | str | None = None
        self._awake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="far-cases", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the request that is under way."""
        self._stopping.set()
        self._awake.set()
        ended(self._thread)

    def ask(self, tokens: Sequence[str]) -> None:
        """See ``FarCases``."""
        self._put(tuple(tokens) or None)

    def look(self, case_id: str) -> None:
        """See ``FarCases``."""
        self._put(case_id)

    def _put(self, question: tuple[str, ...] | str | None) -> None:
        with self._lock:
            self._question = question
        self._awake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.wait()
            self._awake.clear()
            with self._lock:
                question = self._question
            if isinstance(question, tuple) and self._awake.wait(PAUSE_S):
                continue  # somebody types on
            if question is None or self._stopping.is_set():
                continue
            answer = self._search(question) if isinstance(question, tuple) else self._see(question)
            with self._lock:
                newest = self._question == question
                self._question = None if newest else self._question
            if newest and not self._stopping.is_set():
                self._tell(answer)

    def _search(self, tokens: tuple[str, ...]) -> FarFound:
        found = self._asked(lambda server: server.search(self._hall, tokens))
        if isinstance(found, FarTrouble):
            return FarFound(tokens, trouble=found)
        return FarFound(tokens, tuple(_case(each) for each in found.hits if each.state in set(CaseState)), found.more)

    def _see(self, case_id: str) -> FarSeen:
        seen = self._asked(lambda server: server.see(self._hall, case_id))
        if isinstance(seen, FarTrouble):
            return FarSeen(case_id, trouble=seen)
        return FarSeen(
            case_id, FarDetail(seen.case_id, seen.number, seen.phone, seen.accepted_ms, seen.materials, seen.doc_no)
        )

    def _asked(self, ask: Callable[[HttpFarCases], M]) -> M | FarTrouble:
        session = self._session()
        if session is None:
            return FarTrouble.SIGNED_OUT
        server = HttpFarCases(self._base_url, session, self._clock)
        try:
            return ask(server)
        except Unreachable:
            return FarTrouble.UNREACHABLE
        except Refused as refusal:
            logger.warning("far_cases.refused code=%s", refusal.code)
            return _TROUBLES.get(refusal.code, FarTrouble.UNREACHABLE)
        finally:
            server.close()


def _case(found: CaseFound) -> FarCase:
    return FarCase(
        case_id=found.case_id,
        case_no=found.case_no,
        item_name=found.item,
        name=found.name,
        tail=found.tail,
        state=CaseState(found.state),
        window=found.window,
        clerk=found.clerk,
        business_date=found.business_date,
        accepted_on=found.accepted_on,
        promised_due=found.promised_due,
        notice_due=found.notice_due,
    )
