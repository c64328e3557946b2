"""Opens the reviewer's window: the computer's store, the sync with the hall, the A4 printer, the cases to decide."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.a4_opening import start_a4
from app.commands.counter_base import CounterBase, not_open
from app.commands.counter_signing import CounterSigning
from app.commands.manager_session import ManagerSession
from app.commands.record_fetching import start_records
from app.commands.settings import CounterSettings
from app.domain.clerk import Clerk
from app.ports.clock import Clock
from app.ports.store import Store
from app.ports.store_fault import StoreFault
from app.storage.result_scans import FolderScans
from app.storage.slip_files import load_templates
from app.usecases.acting import ActRefused
from app.usecases.open_day import open_day
from printing.a4_bitmap import render
from sync.client.hints import HintListener
from ui.application import NotOpen
from ui.screens.counter.bridge import Bridge
from ui.screens.program import ScreenNotOpen
from ui.screens.review.parts import ReviewParts

if TYPE_CHECKING:
    from printing.a4_spooler import A4Spooler
    from sync.client.records import RecordWorker


class ReviewOpening:
    """What one reviewer's window holds open; ``open`` may be tried again after ``ScreenNotOpen``."""

    def __init__(
        self, data: Path, settings: CounterSettings, server_url: str, clock: Clock, session: ManagerSession
    ) -> None:
        self._data = data
        self._settings = settings
        self._server_url = server_url
        self._clock = clock
        self._session = session
        self._base: CounterBase | None = None
        self._a4: A4Spooler | None = None
        self._records: RecordWorker | None = None
        self._hints: HintListener | None = None

    def open(self, bridge: Bridge) -> ReviewParts:
        """Open the store, begin to listen, and take the printer.

        Raises:
            ScreenNotOpen: with the code of what is the matter.
        """
        try:
            return self._open(bridge)
        except NotOpen as reason:
            raise ScreenNotOpen(reason.code, final=reason.final, place=reason.place) from reason
        except StoreFault as fault:
            raise ScreenNotOpen(not_open(fault).code) from fault
        except ActRefused as refusal:
            raise ScreenNotOpen(refusal.reason.value, final=True) from refusal

    def _open(self, bridge: Bridge) -> ReviewParts:
        base = self._base = self._base or CounterBase(self._data, self._settings, self._server_url, self._clock, bridge)
        counter = base.registration()
        clerk = _reviewer(base.store, self._session)
        open_day(base.store, self._clock, clerk)
        if self._hints is None:
            self._hints = HintListener(self._server_url, base.token, counter.hall, base.worker)
            self._hints.start()
        a4 = self._a4 = self._a4 or start_a4(
            self._settings.a4_url,
            self._data,
            base.database,
            self._clock,
            changed=bridge.changed.emit,
            tell=bridge.printer.emit,
        )
        records = self._records = self._records or start_records(
            base.database,
            base.store,
            clerk,
            server_url=self._server_url,
            clock=self._clock,
            session=lambda: self._session.token or None,
            changed=bridge.changed.emit,
        )
        if records is not None:
            base.on_news = records.wake
        return ReviewParts(
            clerk=clerk,
            window=counter.window,
            store=base.store,
            clock=self._clock,
            templates=load_templates(),
            render_a4=render,
            wake_a4=a4.wake,
            wake_sync=base.worker.wake,
            wake_records=records.wake if records is not None else _nothing,
            vouch=CounterSigning(base.store, base.server, counter.hall, self._clock, _nothing).vouch,
            scans=FolderScans(self._settings.camera),
            a4=self._settings.a4_url or "",
        )

    def close(self) -> None:
        """End every thread; what is committed stays."""
        if self._hints is not None:
            self._hints.stop()
        if self._records is not None:
            self._records.stop()
        if self._a4 is not None:
            self._a4.stop()
        if self._base is not None:
            self._base.close()


def _reviewer(store: Store, session: ManagerSession) -> Clerk:
    """Return who signed in, as their sign-in was kept a moment ago."""
    with store.read() as view:
        kept = view.sign_in(session.clerk)
    if kept is None:
        raise ScreenNotOpen("not_signed_in", final=True)
    return kept.clerk


def _nothing() -> None:
    """There is nothing to wake yet."""
