"""The guide desk's end of the wire: keeps the view live, and does one act after the other, each until it is answered.

Nothing is laid down for later: a citizen stands at the desk. What got no answer goes again under its own key, so that
no number is given out twice.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote

from typing_extensions import override

from app.ports.clock import Clock, new_id
from sync.client.floor import KEPT
from sync.client.http import HttpCentralServer
from sync.client.live import LiveThread
from sync.protocol.floor_messages import FloorDone, GivePriority, Nothing
from sync.protocol.guide_messages import GuideState
from sync.protocol.interface import Refused, Unreachable
from sync.protocol.messages import IssueTicket, NumberSlip, TicketIssued, TicketRevived

logger = logging.getLogger(__name__)


class Verb(StrEnum):
    """What the guide does with a number; ``SHOW`` looks only."""

    ISSUE = "issue"
    REVIVE = "revive"
    FIRST = "first"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class GuideWish:
    """``business`` is of a number to be given out, ``number`` of one that was; ``priority`` is a catalogue's code."""

    verb: Verb
    business: str = ""
    number: str = ""
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class GuideDone:
    """An answer: ``nth`` counts them, ``number`` is the one it is about, ``paper`` what SL-01 says of it now.

    ``refused`` is the code of a "no", empty where it was done; a number given out whose paper was refused stays given.
    """

    nth: int
    wish: GuideWish
    number: str
    paper: NumberSlip | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class GuideNews:
    """What the thread knows: the last state, whether the server answers, what it says no to, and the last answer.

    ``pending`` is the act that got no answer yet, ``hinted`` says that the server tells of changes by itself.
    """

    state: GuideState | None = None
    offline: bool = True
    refused: str = ""
    done: GuideDone | None = None
    pending: GuideWish | None = None
    hinted: bool = False


class GuideServer(Protocol):
    """What the thread asks of the server; every method raises ``Refused`` or ``Unreachable``."""

    def state(self, hall: str) -> GuideState:
        """Return what the view shows."""
        ...

    def issue_ticket(self, hall: str, request: IssueTicket, key: str) -> TicketIssued:
        """Give a number out."""
        ...

    def number_slip(self, hall: str, number: str) -> NumberSlip:
        """Return what the number's paper says now."""
        ...

    def revive(self, hall: str, number: str, key: str) -> TicketRevived:
        """Put a missed number into its line again."""
        ...

    def put_first(self, hall: str, number: str, priority: str, key: str) -> FloorDone:
        """Give a waiting number a priority."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


class HttpGuide(HttpCentralServer):
    """Implements ``GuideServer`` by the guide's session."""

    def state(self, hall: str) -> GuideState:
        """See ``GuideServer``."""
        return self._get(f"/v1/halls/{hall}/guide", {}, GuideState)

    @override
    def number_slip(self, hall: str, number: str) -> NumberSlip:
        return super().number_slip(hall, quote(number, safe=""))

    def revive(self, hall: str, number: str, key: str) -> TicketRevived:
        """See ``GuideServer``."""
        return self._post(f"/v1/halls/{hall}/tickets/{quote(number, safe='')}/revive", Nothing(), TicketRevived, key)

    def put_first(self, hall: str, number: str, priority: str, key: str) -> FloorDone:
        """See ``GuideServer``."""
        path = f"/v1/halls/{hall}/guide/tickets/{quote(number, safe='')}/priority"
        return self._post(path, GivePriority(priority=priority), FloorDone, key)


class GuideWorker(LiveThread):
    """``tell`` is called from its thread with every change, once for every answer."""

    def __init__(self, server: GuideServer, hall: str, clock: Clock, tell: Callable[[GuideNews], None]) -> None:
        super().__init__("guide")
        self._server = server
        self._hall = hall
        self._clock = clock
        self._say = tell
        self._news = GuideNews()
        self._wishes: deque[tuple[str, GuideWish]] = deque()
        self._answered = 0

    def submit(self, wish: GuideWish) -> None:
        """Do this, behind those before it."""
        self._wishes.append((new_id(self._clock), wish))
        self._awake.set()

    @override
    def stop(self) -> None:
        """End after the request that is under way."""
        super().stop()
        self._server.close()

    @override
    def _step(self) -> None:
        news = replace(self._news, offline=True, refused="", hinted=self._hints_arrive)
        try:
            self._perform()
            news = replace(news, state=self._server.state(self._hall), offline=False)
        except Unreachable:
            pass
        except Refused as refusal:
            logger.warning("guide.refused code=%s", refusal.code)
            news = replace(news, refused=refusal.code)
        pending = self._wishes[0][1] if self._wishes else None
        self._tell(replace(news, done=self._news.done, pending=pending))

    def _perform(self) -> None:
        while self._wishes:
            key, wish = self._wishes[0]
            done = self._do(key, wish)
            self._wishes.popleft()
            self._tell(replace(self._news, done=done, pending=None))

    def _do(self, key: str, wish: GuideWish) -> GuideDone:
        self._answered += 1
        done = GuideDone(self._answered, wish, wish.number)
        try:
            done = replace(done, number=self._number(key, wish))
            return replace(done, paper=self._server.number_slip(self._hall, done.number))
        except Refused as refusal:
            if refusal.code in KEPT:
                raise
            return replace(done, refused=refusal.code)

    def _number(self, key: str, wish: GuideWish) -> str:
        """Do the act and return the number it is about."""
        match wish.verb:
            case Verb.ISSUE:
                request = IssueTicket(business=wish.business, priority=wish.priority)
                return self._server.issue_ticket(self._hall, request, key).number
            case Verb.REVIVE:
                return self._server.revive(self._hall, wish.number, key).number
            case Verb.FIRST:
                self._server.put_first(self._hall, wish.number, wish.priority or "", key)
        return wish.number

    def _tell(self, news: GuideNews) -> None:
        self._news = news
        if not self._stopping.is_set():
            self._say(news)
