"""The floor manager's end of the wire: one thread that keeps the view live, and sends acts when there is a way."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import msgspec
from typing_extensions import override

from app.ports.wishes import KeptWish
from sync.client.floor_outbox import FloorOutbox
from sync.client.http import HttpCentralServer
from sync.client.live import LiveThread
from sync.protocol.floor_messages import FloorDone, FloorState, FloorTicket, Nothing
from sync.protocol.interface import Refused, Unreachable
from sync.protocol.messages import Message

logger = logging.getLogger(__name__)

NOTHING = Nothing()
KEPT = frozenset({"internal", "rate_limited", "overloaded", "server_full", "unauthorised"})
"""Refusals that say nothing about the act: it is sent again."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look for a ticket brought: its number as typed, and the ticket, None where there is none today."""

    number: str
    ticket: FloorTicket | None


@dataclass(frozen=True, slots=True)
class FloorNews:
    """What the thread knows: the last state, whether the server answers, how many acts wait, and the last refusal.

    ``expired`` acts of an earlier day were let go; ``unkept`` says that what waits would not survive a restart;
    ``hinted`` that the server tells of changes by itself, and ``found`` is what was looked for last.
    """

    state: FloorState | None = None
    offline: bool = True
    queued: int = 0
    refused: str = ""
    expired: int = 0
    unkept: bool = False
    found: Found | None = None
    hinted: bool = False


class HttpFloor(HttpCentralServer):
    """The endpoints of the manager's view, by the manager's session."""

    def state(self, hall: str) -> FloorState:
        """Return what the view shows.

        Raises:
            Refused: the server said no.
            Unreachable: no answer.
        """
        return self._get(f"/v1/halls/{hall}/floor", {}, FloorState)

    def ticket(self, hall: str, number: str) -> FloorTicket:
        """Return today's ticket of that number.

        Raises:
            Refused: the server said no, ``unknown_ticket`` where there is none.
            Unreachable: no answer.
        """
        return self._get(f"/v1/halls/{hall}/floor/tickets/{quote(number, safe='')}", {}, FloorTicket)

    def perform(self, hall: str, wish: KeptWish) -> FloorDone:
        """Do one act.

        Raises:
            Refused: the server said no.
            Unreachable: no answer; the same wish may be sent again.
        """
        return self._post(f"/v1/halls/{hall}/floor/{wish.path}", msgspec.Raw(wish.body.encode()), FloorDone, wish.key)


class FloorWorker(LiveThread):
    """``tell`` is called from its thread with every change."""

    def __init__(self, server: HttpFloor, hall: str, outbox: FloorOutbox, tell: Callable[[FloorNews], None]) -> None:
        super().__init__("floor")
        self._server = server
        self._hall = hall
        self._outbox = outbox
        self._tell = tell
        self._news = FloorNews()
        self._wanted: str | None = None

    @override
    def start(self) -> None:
        """Begin, with what an earlier run could not send."""
        self._outbox.load()
        super().start()

    def submit(self, path: str, body: Message = NOTHING) -> None:
        """Do this as soon as there is a way to the server, in order; ``path`` is below the floor's address."""
        self._outbox.ask(path, body)
        self._awake.set()

    def find(self, number: str) -> None:
        """Look for a ticket of today; the answer is in the news."""
        self._wanted = number
        self._awake.set()

    @override
    def stop(self) -> None:
        """End after the request that is under way."""
        super().stop()
        self._server.close()

    @override
    def _step(self) -> None:
        state, offline, refused = self._news.state, True, ""
        try:
            refused = self._send()
            state = self._server.state(self._hall)
            offline = False
        except Unreachable:
            pass
        except Refused as refusal:
            logger.warning("floor.refused code=%s", refusal.code)
            refused = refusal.code
        outbox = self._outbox
        news = FloorNews(
            state,
            offline,
            len(outbox),
            refused,
            expired=outbox.expired,
            unkept=outbox.unkept,
            found=self._look(),
            hinted=self._hints_arrive,
        )
        self._news = news
        if not self._stopping.is_set():
            self._tell(news)

    def _send(self) -> str:
        """Send what waits, in order; an act that is refused is dropped, and its reason told."""
        refused = ""
        while (wish := self._outbox.first()) is not None:
            try:
                self._server.perform(self._hall, wish)
            except Refused as refusal:
                if refusal.code in KEPT:
                    raise
                refused = refusal.code
            self._outbox.answered()
        return refused

    def _look(self) -> Found | None:
        """Return what was looked for last; one that got no answer is looked for again with the next state."""
        wanted = self._wanted
        if wanted is None:
            return self._news.found
        try:
            found = Found(wanted, self._server.ticket(self._hall, wanted))
        except Refused:
            found = Found(wanted, None)
        except Unreachable:
            return self._news.found
        if self._wanted == wanted:
            self._wanted = None
        return found
