"""Opens a counter: keys, store, server, clerk, day, devices; each step that fails says what to do."""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from app.commands.a4_opening import start_a4
from app.commands.manager_session import ManagerSession
from app.commands.own_token import TokenMissing, read_token
from app.commands.scanner_opening import start_scanner
from app.commands.settings import CounterSettings
from app.domain.clerk import Clerk
from app.domain.link import LinkStatus
from app.domain.paper.blocks import Document, document_from_json
from app.domain.paper.errors import PaperError
from app.domain.rights import Role
from app.ports.clerk_authority import SignInRefused
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Counter
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.engine import Database
from app.storage.keys import key_place, load_keys
from app.storage.opening import open_file
from app.storage.passwords import Argon2Passwords
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.storage.spool import CounterSpool
from app.storage.store import CounterStore
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.open_day import open_day
from app.usecases.sign_in import sign_in
from app.usecases.unlock import unlock
from devices.errors import DeviceError
from devices.sam.driver import SamCardReader
from devices.transport import SerialPort
from printing.a4_spooler import A4Spooler
from printing.bitmap import render
from printing.errors import PrinterError, PrinterReason
from printing.fonts import FontMissing
from printing.profile import COLUMN_DOTS, PrinterProfile
from printing.spooler import Spooler
from printing.thermal import encode
from printing.transport import open_printer
from sync.client.authority import HallAuthority
from sync.client.far_cases import FarCaseWorker
from sync.client.hints import HintListener
from sync.client.http import HttpCentralServer
from sync.client.session import Session
from sync.client.worker import SyncWorker
from ui.application import NotOpen
from ui.screens.counter.bridge import Bridge
from ui.screens.counter.parts import CounterParts
from ui.screens.sign_in.state import Gate

log = logging.getLogger(__name__)

ELSEWHERE = "floor_opening"
"""The code of: another window opens in place of this one."""
PASSING = frozenset({StoreFaultReason.DISK_FULL, StoreFaultReason.BUSY})
"""Faults that go away without anybody opening the program again."""
FIRST_CONTACT_MS = 5_000
"""How long a counter without a registration or a catalogue waits for the server before it says so."""


@dataclass(frozen=True, slots=True)
class _Base:
    """What needs neither clerk nor devices; opened once."""

    database: Database
    store: CounterStore
    spool: CounterSpool
    server: HttpCentralServer
    worker: SyncWorker
    token: str


class CounterOpening:
    """What one counter process holds open; ``open`` may be tried again after ``NotOpen``."""

    def __init__(self, data: Path, settings: CounterSettings, server_url: str, clock: Clock) -> None:
        self._data = data
        self._settings = settings
        self._server_url = server_url
        self._clock = clock
        printer = settings.printer
        self._profile = PrinterProfile(printer.charset, printer.columns, printer.columns * COLUMN_DOTS)
        self._heard = threading.Event()
        self._link = LinkStatus()
        self._base: _Base | None = None
        self._reader: SamCardReader | None = None
        self._stop_scanner: Callable[[], None] | None = None
        self._spooler: Spooler | None = None
        self._a4: A4Spooler | None = None
        self._hints: HintListener | None = None
        self._authority: HallAuthority | None = None
        self._far_cases: FarCaseWorker | None = None
        self._left: Callable[[], None] = _no_window
        self.manager: ManagerSession | None = None
        """The floor manager who signed in here; the program goes on with the manager's window."""

    def open(self, bridge: Bridge) -> Gate:
        """Open everything but the clerk; where a file names one (demo and tests) they are in already.

        Raises:
            NotOpen: with the code of what is the matter.
        """
        try:
            return self._open(bridge)
        except StoreFault as fault:
            raise NotOpen(fault.reason.value, final=fault.reason not in PASSING) from fault

    def _open(self, bridge: Bridge) -> Gate:
        base = self._base = self._base or self._open_base(bridge)
        counter = self._known_counter(base)
        authority = self._authority = HallAuthority(base.server, counter.hall)
        self._start_far_cases(bridge, counter)
        self._left = bridge.left.emit
        first = None
        if self._settings.sign_in_file is not None:
            clerk = self._sign_in(base, authority)
            if self._belongs_elsewhere(authority, clerk):
                raise NotOpen(ELSEWHERE, final=True)
            try:
                first = self._enter(base, bridge, counter, clerk)
            except ActRefused as refusal:
                raise NotOpen(refusal.reason.value, final=True) from refusal
        self._start_hints(base, counter)
        self._start_spooler(base, bridge)
        self._start_reader(bridge)
        self._stop_scanner = self._stop_scanner or start_scanner(self._settings.scanner, bridge.scanner.emit)
        return Gate(
            window=counter.window,
            store=base.store,
            clock=self._clock,
            sign_in=partial(self._ask, base, authority),
            enter=partial(self._enter, base, bridge, counter),
            first=first,
        )

    def _ask(self, base: _Base, authority: HallAuthority, number: str, password: str) -> Clerk:
        authority.session = None  # whoever signs in without the server has no session, not the last one's
        clerk = sign_in(base.store, self._clock, authority, Argon2Passwords(), number=number, password=password)
        if self._belongs_elsewhere(authority, clerk):
            raise SignInRefused(ELSEWHERE)
        return clerk

    def _belongs_elsewhere(self, authority: HallAuthority, clerk: Clerk) -> bool:
        """Say whether the clerk's role has a window of its own; this one then ends, and that one opens."""
        if Role.FLOOR_MANAGER not in clerk.roles or authority.session is None:
            return False
        self.manager = ManagerSession(clerk.name, authority.hall, authority.session, clerk.number)
        self._left()
        return True

    def _unlock(self, base: _Base, authority: HallAuthority, clerk: Clerk, password: str) -> None:
        """Take the password that was kept here; after too many wrong ones only the server's word counts."""
        try:
            unlock(base.store, Argon2Passwords(), clerk, password)
        except ActRefused as refusal:
            if refusal.reason not in (ActRefusal.LOCKED_OUT, ActRefusal.OFFLINE_UNKNOWN):
                raise
            try:
                self._ask(base, authority, clerk.number, password)
            except SignInRefused as refused:
                raise ActRefused(ActRefusal.WRONG_PASSWORD) from refused

    def _vouch(self, base: _Base, hall: str, number: str, password: str) -> Clerk:
        """Return who stands beside the clerk; the session of the clerk stays as it is."""
        beside = HallAuthority(base.server, hall)
        return sign_in(base.store, self._clock, beside, Argon2Passwords(), number=number, password=password)

    def _enter(self, base: _Base, bridge: Bridge, counter: Counter, clerk: Clerk) -> CounterParts:
        """Open the day for a clerk; raises what ``open_day`` raises."""
        open_day(base.store, self._clock, clerk)
        authority = HallAuthority(base.server, counter.hall)
        return CounterParts(
            window=counter.window,
            clerk=clerk,
            store=base.store,
            clock=self._clock,
            authority=authority,
            templates=load_templates(),
            render=self._render,
            wake_printer=self._start_spooler(base, bridge).wake,
            wake_a4=self._start_a4(base, bridge).wake,
            render_a4=_render_a4,
            a4=self._settings.a4_url or "",
            wake_sync=base.worker.wake,
            drain_sync=base.worker.drain,
            read_card=self._start_reader(bridge),
            unlock=partial(self._unlock, base, authority, clerk),
            vouch=partial(self._vouch, base, counter.hall),
            cover_after_s=self._settings.cover_after_s,
            far_cases=self._far_cases,
        )

    def close(self) -> None:
        """End every thread; what is committed stays."""
        if self._reader is not None:
            self._reader.stop()
        if self._stop_scanner is not None:
            self._stop_scanner()
        if self._hints is not None:
            self._hints.stop()
        if self._far_cases is not None:
            self._far_cases.stop()
        if self._spooler is not None:
            self._spooler.stop()
        if self._a4 is not None:
            self._a4.stop()
        if self._base is not None:
            self._base.worker.stop()
            self._base.server.close()
            self._base.database.close()

    def _open_base(self, bridge: Bridge) -> _Base:
        database_path = self._data / "counter.db"
        place = key_place(self._settings.key_store, self._data)
        try:
            keys = load_keys(place, self._clock, store_exists=database_path.exists())
            database = open_file(database_path, keys.database, self._clock)
        except OSError as error:
            raise NotOpen(StoreFaultReason.UNUSABLE.value, final=True) from error
        token = self._token()
        signer = Ed25519Signer(keys.device_seed)
        replica = CounterReplica(database, self._clock)
        server = HttpCentralServer(self._server_url, token, self._clock)

        def on_status(status: LinkStatus) -> None:
            self._link = status
            self._heard.set()
            bridge.link.emit(status)

        def on_change() -> None:
            self._heard.set()
            bridge.changed.emit()

        session = Session(replica, self._clock, signer.public_key())
        worker = SyncWorker(session, server, server.reconnect, on_status, on_change)
        worker.start()
        store = CounterStore(database, self._clock, signer)
        return _Base(database, store, CounterSpool(database), server, worker, token)

    def _token(self) -> str:
        try:
            return read_token(self._settings.token_file, self._settings.key_store, self._data)
        except TokenMissing as missing:
            raise NotOpen("token_unreadable", place=missing.place, final=True) from missing

    def _known_counter(self, base: _Base) -> Counter:
        """Return the registration of a counter that also holds a catalogue; waits a little for a first contact."""
        deadline_ms = self._clock.monotonic_ms() + FIRST_CONTACT_MS
        while True:
            self._heard.clear()
            counter, ready = self._look(base)
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

    def _look(self, base: _Base) -> tuple[Counter | None, bool]:
        with base.store.read() as view:
            return view.counter(), view.counter() is not None and view.catalogue() is not None

    def _sign_in(self, base: _Base, authority: HallAuthority) -> Clerk:
        file = self._settings.sign_in_file
        if file is None:
            raise NotOpen("not_signed_in", final=True)
        try:
            given = json.loads(file.read_text(encoding="utf-8"))
            number, password = str(given["clerk"]), str(given["password"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NotOpen("not_signed_in", final=True) from error
        try:
            return sign_in(base.store, self._clock, authority, Argon2Passwords(), number=number, password=password)
        except ActRefused as refusal:
            raise NotOpen(refusal.reason.value, final=refusal.reason is ActRefusal.WRONG_PASSWORD) from refusal
        except SignInRefused as refusal:
            wrong = refusal.code == "unauthorised"
            raise NotOpen("sign_in_refused" if wrong else refusal.code, final=wrong) from refusal

    def _session(self) -> str | None:
        return self._authority.session if self._authority is not None else None

    def _start_far_cases(self, bridge: Bridge, counter: Counter) -> None:
        if self._far_cases is None:
            tell = bridge.far_cases.emit
            self._far_cases = FarCaseWorker(self._server_url, counter.hall, self._clock, self._session, tell)
            self._far_cases.start()

    def _start_hints(self, base: _Base, counter: Counter) -> None:
        if self._hints is None:
            self._hints = HintListener(self._server_url, base.token, counter.hall, base.worker)
            self._hints.start()

    def _start_spooler(self, base: _Base, bridge: Bridge) -> Spooler:
        if self._spooler is None:
            try:
                printer = open_printer(self._settings.printer.url, self._clock)
            except PrinterError as error:
                raise NotOpen("settings_wrong_value", place="printer.url", final=True) from error
            self._spooler = Spooler(base.spool, printer, self._encode, self._clock, bridge.printer.emit)
            self._spooler.start()
        return self._spooler

    def _start_a4(self, base: _Base, bridge: Bridge) -> A4Spooler:
        if self._a4 is None:
            self._a4 = start_a4(self._settings.a4_url, self._data, base.database, self._clock, bridge.changed.emit)
        return self._a4

    def _start_reader(self, bridge: Bridge) -> Callable[[], None]:
        if self._reader is None and self._settings.reader_url is not None:
            try:
                port = SerialPort(self._settings.reader_url)
            except DeviceError as error:
                raise NotOpen("settings_wrong_value", place="reader.url", final=True) from error
            self._reader = SamCardReader(port, self._clock)
            self._reader.start(bridge.reader.emit)
        return self._reader.read_now if self._reader else _no_reader

    def _encode(self, job: PrintJob) -> bytes:
        try:
            return encode(document_from_json(job.document), self._profile, job.reprint)
        except (PaperError, FontMissing) as error:
            raise PrinterError(PrinterReason.REFUSED, str(error)) from error

    def _render(self, document: Document, reprint: int) -> Image.Image:
        return render(document, self._profile, reprint)


def _render_a4(document: Document, reprint: int) -> Image.Image:
    from printing.a4_bitmap import render  # noqa: PLC0415 - reportlab takes a quarter of a second to load

    return render(document, reprint)


def _no_window() -> None:
    """There is no window yet that could end."""


def _no_reader() -> None:
    """There is no reader here to ask."""
