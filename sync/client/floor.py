"""The floor manager's end of the wire: one thread that keeps the view live, and sends acts when there is a way."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from app.ports.clock import Clock, new_id
from sync.client.http import HttpCentralServer
from sync.protocol.floor_messages import FloorDone, FloorState, Nothing
from sync.protocol.interface import Refused, Unreachable
from sync.protocol.messages import Message

logger = logging.getLogger(__name__)

NOTHING = Nothing()
HINTED_POLL_S = 5.0
"""Waits turn yellow and red without anybody doing anything."""
POLL_S = 1.0
"""Without hints the state is asked for."""


@dataclass(frozen=True, slots=True)
class FloorWish:
    """One act of the manager; ``path`` is below ``/v1/halls/{hall}/floor``, ``key`` makes a repetition harmless."""

    path: str
    body: Message
    key: str


@dataclass(frozen=True, slots=True)
class FloorNews:
    """What the thread knows: the last state, whether the server answers, how many acts wait, and the last refusal."""

    state: FloorState | None = None
    offline: bool = True
    queued: int = 0
    refused: str = ""


class HttpFloor(HttpCentralServer):
    """The endpoints of the manager's view, by the manager's session."""

    def state(self, hall: str) -> FloorState:
        """Return what the view shows.

        Raises:
            Refused: the server said no.
            Unreachable: no answer.
        """
        return self._get(f"/v1/halls/{hall}/floor", {}, FloorState)

    def perform(self, hall: str, wish: FloorWish) -> FloorDone:
        """Do one act.

        Raises:
            Refused: the server said no.
            Unreachable: no answer; the same wish may be sent again.
        """
        return self._post(f"/v1/halls/{hall}/floor/{wish.path}", wish.body, FloorDone, wish.key)


class FloorWorker:
    """One thread; ``tell`` is called from it with every change. Implements ``sync.client.hints.Hinted``."""

    def __init__(self, server: HttpFloor, hall: str, clock: Clock, tell: Callable[[FloorNews], None]) -> None:
        self._server = server
        self._hall = hall
        self._clock = clock
        self._tell = tell
        self._news = FloorNews()
        self._wishes: deque[FloorWish] = deque()
        self._hints_arrive = False
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="floor", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def submit(self, path: str, body: Message = NOTHING) -> None:
        """Do this as soon as there is a way to the server; acts stay in order."""
        self._wishes.append(FloorWish(path, body, new_id(self._clock)))
        self._awake.set()

    def hint(self) -> None:
        """Something changed in the hall."""
        self._awake.set()

    def set_hinted(self, *, hinted: bool) -> None:
        """Say whether hints arrive; without them the state is polled."""
        self._hints_arrive = hinted
        self._awake.set()

    def stop(self) -> None:
        """End after the request that is under way."""
        self._stopping.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._server.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            self._step()
            self._awake.wait(HINTED_POLL_S if self._hints_arrive else POLL_S)

    def _step(self) -> None:
        before = self._news
        try:
            refused = self._send()
            state = self._server.state(self._hall)
        except Unreachable:
            self._say(FloorNews(before.state, offline=True, queued=len(self._wishes)))
        except Refused as refusal:
            logger.warning("floor.refused code=%s", refusal.code)
            self._say(FloorNews(before.state, offline=True, queued=len(self._wishes), refused=refusal.code))
        else:
            self._say(FloorNews(state, offline=False, queued=len(self._wishes), refused=refused))

    def _send(self) -> str:
        """Send what waits, in order; an act that is refused is dropped, and its reason told."""
        refused = ""
        while self._wishes:
            try:
                self._server.perform(self._hall, self._wishes[0])
            except Refused as refusal:
                if refusal.code == "internal":
                    raise
                refused = refusal.code
            self._wishes.popleft()
        return refused

    def _say(self, news: FloorNews) -> None:
        self._news = news
        self._tell(news)
