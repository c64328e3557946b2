"""What a counter holds open before anybody signs in: its store, and the thread that keeps it in step with the hall."""

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.own_token import TokenMissing, read_token
from app.commands.settings import CounterSettings
from app.domain.link import LinkStatus
from app.domain.renewal import Report
from app.ports.camera import CopyLaneStands
from app.ports.clock import Clock
from app.ports.store import Counter
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.copy_lane import CounterCopyLane
from app.storage.former import CounterFormerChains
from app.storage.keys import key_place, load_keys
from app.storage.opening import reason_of
from app.storage.renewals import unseen
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.spool import CounterSpool
from app.storage.store import CounterStore
from app.storage.store_files import finish, mark, mark_of, open_checked
from sync.client.copies import CopySender, CopyWorker, HttpCopies
from sync.client.http import HttpCentralServer
from sync.client.session import Session
from sync.client.worker import SyncWorker
from ui.application import NotOpen
from ui.screens.counter.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_CONTACT_MS = 5_000
"""How long a counter without a registration or a catalogue waits for the server before it says so."""
PASSING = frozenset({StoreFaultReason.DISK_FULL, StoreFaultReason.BUSY})
"""Faults that go away without anybody opening the program again."""
_AT_START = {StoreFaultReason.DISK_FULL: "disk_full_at_start"}


class CounterBase:
    """Opened once; ``token`` is the device's own, ``on_news`` is called in the sync thread when the feed told.

    Raises:
        NotOpen: the token cannot be read.
        StoreFault: key or file cannot be read, or there is no room on the disk.
    """

    def __init__(self, data: Path, settings: CounterSettings, server_url: str, clock: Clock, bridge: Bridge) -> None:
        self._clock = clock
        self._bridge = bridge
        self._heard = threading.Event()
        self._link = LinkStatus()
        self.on_news: Callable[[], None] = _nothing
        path = data / "counter.db"
        try:
            finish(path, clock)
            keys = load_keys(key_place(settings.key_store, data), clock, store_exists=path.exists())
            self.database = open_checked(path, keys.database, clock)
        except OSError as error:
            raise StoreFault(reason_of(error)) from error
        try:
            self.token = read_token(settings.token_file, settings.key_store, data)
        except TokenMissing as missing:
            raise NotOpen("token_unreadable", place=missing.place, final=True) from missing
        signer = Ed25519Signer(keys.device_seed)
        self.server = HttpCentralServer(server_url, self.token, clock)
        self._path = path
        self.database.on_damage = self._damaged
        self.former = CounterFormerChains(self.database, signer)
        session = Session(CounterReplica(self.database, clock), clock, signer.public_key(), self.former)
        self.worker = SyncWorker(session, self.server, self.server.reconnect, self._on_status, self._on_change)
        self.copies = CopyWorker(
            HttpCopies(server_url, self.token, clock),
            CopySender(CounterCopyLane(self.database), clock),
            clock,
            self._told,
        )
        self.worker.start()
        self.copies.start()
        self.store = CounterStore(self.database, clock, signer)
        self.spool = CounterSpool(self.database)

    def registration(self) -> Counter:
        """Return the registration of a counter that also holds a catalogue; waits a little for a first contact.

        Raises:
            NotOpen: with the code of what is the matter with the server.
        """
        deadline_ms = self._clock.monotonic_ms() + FIRST_CONTACT_MS
        while True:
            self._heard.clear()
            counter, ready = self._look()
            left_ms = deadline_ms - self._clock.monotonic_ms()
            if ready or left_ms <= 0:
                break
            self._heard.wait(left_ms / 1000)
        if counter is not None and ready:
            return counter
        if self._link.trouble:
            raise NotOpen(f"trouble_{self._link.trouble}")
        if self._link.offline:
            raise NotOpen("server_unreachable")
        raise NotOpen("first_sync" if counter else "not_registered")

    def close(self) -> None:
        """End the thread and close; what is committed stays."""
        self.copies.stop()
        self.worker.stop()
        self.server.close()
        self.database.close()

    def report(self) -> Report | None:
        """Return what nobody has read yet of a store that was made anew.

        Raises:
            NotOpen: the server is still being told what was saved; then it is known what is missing.
        """
        report = unseen(self.database)
        if report is not None and self.former.next_run(1) is not None:
            raise NotOpen("renewal_settling")
        return report

    def _damaged(self) -> None:
        if not mark_of(self._path).exists():
            with contextlib.suppress(OSError):  # a disk that takes no mark still does not keep the window open
                mark(self._path)
            self._bridge.damaged.emit()

    def _look(self) -> tuple[Counter | None, bool]:
        with self.store.read() as view:
            return view.counter(), view.counter() is not None and view.catalogue() is not None

    def _on_status(self, status: LinkStatus) -> None:
        self._link = status
        self._heard.set()
        self._bridge.link.emit(status)
        if not status.offline and status.pending == 0:
            self.copies.wake()

    def _told(self, code: str) -> None:
        self._bridge.camera.emit(CopyLaneStands(code))

    def _on_change(self) -> None:
        self._heard.set()
        self.on_news()
        self._bridge.changed.emit()


def not_open(fault: StoreFault) -> NotOpen:
    """Return how a fault of the store is told while the window is not open yet: nothing is on its screen."""
    code = _AT_START.get(fault.reason, fault.reason.value)
    return NotOpen(code, final=fault.reason not in PASSING)


def _nothing() -> None:
    """Nobody waits for news yet."""
