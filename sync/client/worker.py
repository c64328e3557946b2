"""The thread that keeps the counter in step with its server, so that no clerk ever waits for the network."""

import logging
import threading
from collections.abc import Callable

from app.domain.link import LinkStatus
from app.ports.store_fault import StoreFault
from sync.client.ending import STOP_S, ended
from sync.client.exchange import exchange
from sync.client.session import Session
from sync.protocol.interface import CentralServer

logger = logging.getLogger(__name__)

STORE_PAUSE_MS = 5_000
QUIET_S = 18.0
"""The server says something every 15 seconds: nothing for so long, and the stream of hints may be half-open."""
COURTESY_S = 0.3
"""How long the network waits for the window to draw."""


class SyncWorker:
    """Runs one session against one server.

    ``on_status`` is called from this thread whenever the status changed, ``on_change`` when the store holds something
    new from the server.
    """

    def __init__(
        self,
        session: Session,
        server: CentralServer,
        reconnect: Callable[[], None],
        on_status: Callable[[LinkStatus], None],
        on_change: Callable[[], None],
    ) -> None:
        self._session = session
        self._server = server
        self._reconnect = reconnect
        self._on_status = on_status
        self._on_change = on_change
        self._changes = session.changes
        self._told: LinkStatus | None = None
        self._looked = threading.Condition()
        self._current: LinkStatus | None = None
        self._hinted = threading.Event()
        self._hints_arrive = False
        self._awake = threading.Event()
        self._hurried = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Something was committed here: look at the outbox now."""
        self._awake.set()

    def hint(self) -> None:
        """Something changed in the hall: look at the feed now. Who hears that hears hints."""
        self.set_hinted(hinted=True)

    def set_hinted(self, *, hinted: bool) -> None:
        """Say whether hints arrive; without them the feed is polled."""
        self._hints_arrive = hinted
        self._hinted.set()
        self._awake.set()

    def drain(self, timeout_s: float) -> bool:
        """Wait until the server holds everything that was committed before; False when it does not in time.

        An offline counter is not waited for.
        """
        with self._looked:
            self._current = None
            self._hurried.set()
            self._awake.set()
            settled = self._looked.wait_for(lambda: self._current is not None and _settled(self._current), timeout_s)
            self._hurried.clear()
            return settled and self._current is not None and self._current.pending == 0

    def stop(self, within_s: float = STOP_S) -> bool:
        """End after the request that is under way; False when it is not over in time. Nothing is told from now on."""
        self._stopping.set()
        self._hurried.set()
        self._awake.set()
        return ended(self._thread, within_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            self._session.hinted = self._hints_arrive
            if self._hinted.is_set():
                self._hinted.clear()
                self._session.hint()
            idle_ms = self._step()
            current = self._current
            if self._hurried.is_set() and current is not None and _settled(current):
                # Somebody waited for exactly this and draws now: the feed comes after.
                self._hurried.clear()
                self._stopping.wait(COURTESY_S)
            elif idle_ms:
                self._rest(idle_ms / 1000)

    def _rest(self, idle_s: float) -> None:
        """Wait until there is something to do; where no hint comes for long, the feed is polled from then on."""
        quiet = self._hints_arrive and idle_s > QUIET_S
        if self._awake.wait(QUIET_S if quiet else idle_s):
            # What woke this thread is on the screen at the same moment: the window draws first.
            self._hurried.wait(COURTESY_S)
        elif quiet:
            self.set_hinted(hinted=False)

    def _step(self) -> int:
        """Do the next thing; returns how many milliseconds there is nothing to do."""
        try:
            wait = exchange(self._session, self._server, self._reconnect)
            self._tell()
        except StoreFault as fault:
            # The store says so to the clerk by itself at the next act; the network can wait meanwhile.
            logger.error("sync.store_fault reason=%s", fault.reason)  # noqa: TRY400 - the reason says it all
            return STORE_PAUSE_MS
        if self._session.changes != self._changes and not self._stopping.is_set():
            self._changes = self._session.changes
            self._on_change()
        return wait.milliseconds if wait else 0

    def _tell(self) -> None:
        with self._looked:
            # Read under the lock: what was read before a commit must not answer who drains after it.
            status = self._current = self._session.status()
            self._looked.notify_all()
        if status.offline and (self._told is None or not self._told.offline):
            # What broke the line may have broken the stream of hints, unnoticed: only its next word is believed.
            self._hints_arrive = False
        if status != self._told and not self._stopping.is_set():
            self._told = status
            self._on_status(status)


def _settled(status: LinkStatus) -> bool:
    return status.offline or status.pending == 0
