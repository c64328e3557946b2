"""Opens a counter: its store and server, the clerk, the day, the devices; each step that fails says what to do."""

import logging
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from app.commands.a4_opening import start_a4
from app.commands.counter_base import CounterBase, not_open
from app.commands.counter_signing import CounterSigning
from app.commands.manager_session import ManagerSession
from app.commands.reader_opening import start_reader
from app.commands.record_fetching import start_records
from app.commands.scan_devices import ScanDevices
from app.commands.settings import CounterSettings
from app.commands.slip_encoding import encoder, profile_of
from app.commands.ways_opening import start_other
from app.commands.window_devices import OutsideDevices, Place
from app.domain.clerk import Clerk
from app.domain.paper.blocks import Document
from app.domain.renewal import Report
from app.ports.clock import Clock
from app.ports.store import Counter
from app.ports.store_fault import StoreFault
from app.storage.form_files import load_forms
from app.storage.slip_files import load_templates
from app.usecases.acting import ActRefused
from app.usecases.open_day import open_day
from devices.scanner.token_program import TokenProgram
from printing.a4_spooler import A4Spooler
from printing.bitmap import render
from printing.errors import PrinterError
from printing.spooler import Spooler
from printing.thermal import cut_off
from printing.transport import open_printer
from sync.client.authority import HallAuthority
from sync.client.far_cases import FarCaseWorker
from sync.client.hints import HintListener
from ui.application import NotOpen
from ui.screens.counter.bridge import Bridge
from ui.screens.counter.parts import CounterParts
from ui.screens.sign_in.state import Gate

if TYPE_CHECKING:
    from devices.sam.driver import SamCardReader
    from printing.guest_spooler import GuestSpooler
    from sync.client.records import RecordWorker

log = logging.getLogger(__name__)


class CounterOpening:
    """What one counter process holds open; ``open`` may be tried again after ``NotOpen``."""

    def __init__(self, data: Path, settings: CounterSettings, server_url: str, clock: Clock) -> None:
        self._data = data
        self._settings = settings
        self._server_url = server_url
        self._clock = clock
        self._profile = profile_of(settings.printer)
        self._base: CounterBase | None = None
        self._signing: CounterSigning | None = None
        self._reader: SamCardReader | None = None
        self._scans: ScanDevices | None = None
        self._outside: OutsideDevices | None = None
        self._spooler: Spooler | None = None
        self._other: GuestSpooler | None = None
        self._a4: A4Spooler | None = None
        self._hints: HintListener | None = None
        self._far_cases: FarCaseWorker | None = None
        self._records: RecordWorker | None = None

    @property
    def manager(self) -> ManagerSession | None:
        """Who signed in here though their window is another; the program goes on with that."""
        return self._signing.manager if self._signing is not None else None

    def open(self, bridge: Bridge) -> Gate:
        """Open everything but the clerk; where a file names one (demo and tests) they are in already.

        Raises:
            NotOpen: with the code of what is the matter.
        """
        try:
            return self._open(bridge)
        except StoreFault as fault:
            raise not_open(fault) from fault

    def report(self) -> tuple[CounterBase, Report] | None:
        """Return what nobody has read yet of a store that was made anew, with the store.

        Raises:
            NotOpen: it is not known yet, or the store is damaged.
        """
        base = self._base
        try:
            report = None if base is None else base.report()
        except StoreFault as fault:
            raise not_open(fault) from fault
        return None if base is None or report is None else (base, report)

    def _open(self, bridge: Bridge) -> Gate:
        base = self._base = self._base or CounterBase(self._data, self._settings, self._server_url, self._clock, bridge)
        counter = base.registration()
        signing = CounterSigning(base.store, base.server, counter.hall, self._clock, bridge.left.emit)
        self._signing = signing
        self._start_far_cases(bridge, counter)
        enter = partial(self._enter, base, signing, bridge, counter)
        first = None
        if self._settings.sign_in_file is not None:
            clerk = signing.by_file(self._settings.sign_in_file)
            try:
                first = enter(clerk)
            except ActRefused as refusal:
                raise NotOpen(refusal.reason.value, final=True) from refusal
        self._start_hints(base, counter)
        self._start_spooler(base, bridge)
        self._start_reader(bridge)
        self._start_scans(bridge)
        self._start_outside(bridge, counter)
        return Gate(
            window=counter.window,
            store=base.store,
            clock=self._clock,
            sign_in=signing.ask,
            enter=enter,
            first=first,
        )

    def _enter(
        self, base: CounterBase, signing: CounterSigning, bridge: Bridge, counter: Counter, clerk: Clerk
    ) -> CounterParts:
        """Open the day for a clerk; raises what ``open_day`` raises."""
        open_day(base.store, self._clock, clerk)
        outside, scans = self._start_outside(bridge, counter), self._start_scans(bridge)
        self._start_records(base, signing, bridge, clerk)
        authority = HallAuthority(base.server, counter.hall)
        return CounterParts(
            window=counter.window,
            clerk=clerk,
            store=base.store,
            clock=self._clock,
            authority=authority,
            blocks=authority,
            templates=load_templates(),
            forms=load_forms,
            render=self._render,
            wake_printer=self._start_spooler(base, bridge).wake,
            wake_a4=self._start_a4(base, bridge).wake,
            render_a4=_render_a4,
            a4=self._settings.a4_url or "",
            wake_other=self._other.wake if self._other else lambda: None,
            paper_mm=self._profile.paper_mm,
            other_printer=other.name if (other := self._settings.printer.other) else "",
            wake_sync=base.worker.wake,
            drain_sync=base.worker.drain,
            read_card=self._start_reader(bridge),
            unlock=signing.unlocker(clerk),
            vouch=signing.vouch,
            cover_after_s=self._settings.cover_after_s,
            far_cases=self._far_cases,
            show_display=outside.show,
            rating=outside.rating,
            camera=scans.camera,
            disk_used=partial(_disk_used, self._data),
            play=scans.play,
            tokens=[TokenProgram(each.form, each.program) for each in self._settings.tokens],
        )

    def close(self) -> None:
        """End every thread; what is committed stays."""
        if self._reader is not None:
            self._reader.stop()
        if self._scans is not None:
            self._scans.stop()
        if self._outside is not None:
            self._outside.stop()
        for listener in (self._hints, self._far_cases, self._records):
            if listener is not None:
                listener.stop()
        if self._spooler is not None:
            self._spooler.stop()
        if self._other is not None:
            self._other.stop()
        if self._a4 is not None:
            self._a4.stop()
        if self._base is not None:
            self._base.close()

    def _session(self) -> str | None:
        return self._signing.session() if self._signing is not None else None

    def _start_far_cases(self, bridge: Bridge, counter: Counter) -> None:
        if self._far_cases is None:
            tell = bridge.far_cases.emit
            self._far_cases = FarCaseWorker(self._server_url, counter.hall, self._clock, self._session, tell)
            self._far_cases.start()

    def _start_records(self, base: CounterBase, signing: CounterSigning, bridge: Bridge, clerk: Clerk) -> None:
        """Bring what is decided behind the window to this clerk; whoever was here before holds no more."""
        if self._records is not None:
            self._records.stop()
        records = self._records = start_records(
            base.database,
            base.store,
            clerk,
            server_url=self._server_url,
            clock=self._clock,
            session=signing.session,
            changed=bridge.changed.emit,
        )
        if records is not None:
            base.on_news = records.wake

    def _start_outside(self, bridge: Bridge, counter: Counter) -> OutsideDevices:
        if self._outside is None:
            place = Place(counter.window, self._data, self._clock)
            self._outside = OutsideDevices(self._settings, place, bridge.display.emit, bridge.evaluator.emit)
        return self._outside

    def _start_scans(self, bridge: Bridge) -> ScanDevices:
        self._scans = self._scans or ScanDevices(self._settings, self._clock, bridge)
        return self._scans

    def _start_hints(self, base: CounterBase, counter: Counter) -> None:
        if self._hints is None:
            self._hints = HintListener(self._server_url, base.token, counter.hall, base.worker)
            self._hints.start()

    def _start_spooler(self, base: CounterBase, bridge: Bridge) -> Spooler:
        if self._spooler is None:
            try:
                printer = open_printer(self._settings.printer.url, self._clock)
            except PrinterError as error:
                raise NotOpen("settings_wrong_value", place="printer.url", final=True) from error
            encode, cut = encoder(self._profile), cut_off(self._profile)
            shared, tell = self._settings.printer.shared, bridge.printer.emit
            self._spooler = Spooler(base.spool, printer, encode, self._clock, tell, cut_off=cut, shared=shared)
            self._spooler.start()
            self._other = start_other(self._settings.printer.other, base.database, self._clock, tell)
        return self._spooler

    def _start_a4(self, base: CounterBase, bridge: Bridge) -> A4Spooler:
        if self._a4 is None:
            tell, changed = bridge.printer.emit, bridge.changed.emit
            self._a4 = start_a4(
                self._settings.a4_url, self._data, base.database, self._clock, changed=changed, tell=tell
            )
        return self._a4

    def _start_reader(self, bridge: Bridge) -> Callable[[], None]:
        self._reader = self._reader or start_reader(self._settings.reader, self._clock, bridge.reader.emit)
        return self._reader.read_now if self._reader else _no_reader

    def _render(self, document: Document, reprint: int) -> Image.Image:
        return render(document, self._profile, reprint)


def _render_a4(document: Document, reprint: int) -> Image.Image:
    from printing.a4_bitmap import render  # noqa: PLC0415 - reportlab takes a quarter of a second to load

    return render(document, reprint)


def _disk_used(data: Path) -> float:
    """Return the share of the disk in use; one that cannot be asked says so when something is written."""
    try:
        usage = shutil.disk_usage(data)
    except OSError:
        return 0.0
    return usage.used / usage.total if usage.total else 0.0


def _no_reader() -> None:
    """There is no reader here to ask."""
