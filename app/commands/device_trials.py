"""Tries a device as citizens will use it: a card is read (and shown masked), a slip printed, a number shown."""

import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.commands.card import read_within
from app.commands.checkup import devices
from app.commands.checkup.a4 import a4
from app.commands.checkup.finding import Ill, Seen
from app.commands.settings import CounterSettings, PrinterSettings, ReaderSettings
from app.commands.slip_encoding import profile_of
from app.commands.window_devices import OutsideDevices, Place
from app.domain.masking import mask_identity_number, mask_name
from app.domain.paper.blocks import Barcode, Centred, Codes, Document, Hanging, KeyValue, Rule, Title
from app.ports.camera import CameraLost, CopyReady, CopyRefused
from app.ports.clock import Clock
from app.ports.evaluator import EvaluatorLost, GradePressed
from app.ports.scanner import ScannerLost
from app.ports.window_display import DisplayBack, DisplayLost, DisplayUnfit, Kind, Showing
from app.storage.messages import text
from devices.errors import DeviceError
from printing.errors import PrinterError
from printing.fonts import FontMissing
from printing.status import ASK_CONSUMED, ROUTINE
from printing.thermal import drawer_kick, encode
from printing.transport import open_printer

HAND_S: Final = 15.0
"""How long a person has to lay a card, scan a code, press a key."""
SHOWN_S: Final = 3.0
"""How long a number stands on the display before it is cleared."""
CONSUMED_MS: Final = 8_000


class Trials:
    """``settings`` as they would be; ``data`` is their folder. A trial takes seconds and says what came of it.

    ``shown_s`` is how long a display shows its number.

    Raises (each trial):
        Ill: the device does not do it.
    """

    def __init__(
        self, data: Path, clock: Clock, hand_s: float = HAND_S, shown_s: float = SHOWN_S, window: str = "A03"
    ) -> None:
        self._data, self._clock, self._hand_s, self._shown_s, self._window = data, clock, hand_s, shown_s, window

    def try_device(self, settings: CounterSettings, device: str, names: str) -> str:
        """Try one device by its table's name; ``names`` are the rare characters to print."""
        tries: Mapping[str, tuple[object, Callable[[Any], str]]] = {
            "printer": (settings.printer, partial(self._print, names=names)),
            "printer.other": (settings.printer.other, partial(self._print, names=names)),
            "reader": (settings.reader, self._read),
            "scanner": (settings.scanner, lambda _: self._scan(settings)),
            "display": (settings.display, lambda _: self._show(settings)),
            "evaluator": (settings.evaluator, lambda _: self._rate(settings)),
            "a4": (settings.a4_url, self._queue),
            "camera": (settings.camera, self._picture),
        }
        found, attempt = tries.get(device, (None, _nothing))
        if found is None:
            raise Ill("trial_no_device")
        return attempt(found)

    def _print(self, settings: PrinterSettings, names: str) -> str:
        """Print the slip of ``trial_slip``, open the cash drawer, and wait until the printer consumed both."""
        profile = profile_of(settings)
        try:
            data = encode(trial_slip(settings, names), profile) + drawer_kick(profile)
            line = open_printer(settings.url, self._clock)
            line.open()
            try:
                status = line.status(ROUTINE)
                if status.fault is not None:
                    raise Ill(status.fault, f"{status.fault}_fix")
                line.write(data + ASK_CONSUMED)
                if not line.await_consumed(CONSUMED_MS):
                    raise Ill("trial_not_confirmed")
            finally:
                line.close()
        except PrinterError as error:
            raise Ill(error.reason, f"{error.reason}_fix") from error
        except FontMissing as missing:
            raise Ill(missing.code, family=missing.family, package=missing.package) from missing
        return text("trial_printed" if settings.drawer == "none" else "trial_printed_drawer")

    def _queue(self, url: str) -> str:
        """Look at the queue of the A4 printer."""
        seen = a4(url, self._data)
        return seen.message if isinstance(seen, Seen) else seen

    def _read(self, reader: ReaderSettings) -> str:
        """Read a card that is laid within the time."""
        try:
            card = read_within(self._hand_s, reader.url, self._clock)
        except DeviceError as error:
            raise Ill(error.reason, error.advice) from error
        return text("trial_card", name=mask_name(card.name), number=mask_identity_number(card.number))

    def _scan(self, settings: CounterSettings) -> str:
        """Wait for a scan; what it says is nobody's business here."""
        from app.commands.scanner_opening import start_scanner  # noqa: PLC0415 - only a scanner's trial needs it
        from app.ports.scanner import Scanned, ScanUnreadable  # noqa: PLC0415 - as above

        said: queue.SimpleQueue[object] = queue.SimpleQueue()
        stop = start_scanner(settings.scanner, said.put)
        try:
            for event in _until(said, self._clock, self._hand_s):
                match event:
                    case Scanned(scanned):
                        return text("trial_scanned", count=len(scanned))
                    case ScanUnreadable(reason):
                        raise Ill(reason.value)
                    case ScannerLost(reason, advice):
                        raise Ill(reason, advice)
        finally:
            stop()
        raise Ill("trial_no_scan")

    def _picture(self, folder: Path) -> str:
        """Wait for a new file of the document camera; it stays where it is."""
        from devices.camera.folder import WatchedFolder  # noqa: PLC0415 - only a camera's trial needs it

        devices.camera(folder)
        said: queue.SimpleQueue[object] = queue.SimpleQueue()
        watched = WatchedFolder(folder)
        watched.start(said.put)
        try:
            for event in _until(said, self._clock, self._hand_s):
                match event:
                    case CopyReady(_, kind, content):
                        return text("trial_copy", kind=kind.value, kilobytes=-(-len(content) // 1024))
                    case CopyRefused(_, reason):
                        raise Ill(reason.value)
                    case CameraLost():
                        raise Ill("camera_no_folder", place=folder)
        finally:
            watched.stop()
        raise Ill("trial_no_copy")

    def _show(self, settings: CounterSettings) -> str:
        """Show A023 for a moment; a board with an answer in its template must give it meanwhile."""
        there = False
        with self._outside(settings) as (outside, said):
            outside.show(Showing(Kind.CALL, "A023"))
            for event in _until(said, self._clock, self._shown_s):
                match event:
                    case DisplayBack():
                        there = True
                    case DisplayLost(reason, advice):
                        raise Ill(reason, advice)
                    case DisplayUnfit(name):
                        raise Ill("display_value_unfit", place=name)
        if not there:
            raise Ill("device_silent", "advice_check_cable")
        return text("trial_shown")

    def _rate(self, settings: CounterSettings) -> str:
        """Wait for a key of the keypad."""
        if settings.evaluator is None or settings.evaluator.url is None:
            return devices.evaluator(settings.evaluator, self._data) if settings.evaluator is not None else ""
        with self._outside(settings) as (_, said):
            for event in _until(said, self._clock, self._hand_s):
                match event:
                    case GradePressed(grade):
                        return text("trial_graded", grade=grade.value)
                    case EvaluatorLost(reason, advice):
                        raise Ill(reason, advice)
        raise Ill("trial_no_key")

    @contextmanager
    def _outside(self, settings: CounterSettings) -> Iterator[tuple[OutsideDevices, "queue.SimpleQueue[object]"]]:
        from ui.application import NotOpen  # noqa: PLC0415 - what these devices raise

        said: queue.SimpleQueue[object] = queue.SimpleQueue()
        try:
            outside = OutsideDevices(settings, Place(self._window, self._data, self._clock), said.put, said.put)
        except NotOpen as error:
            raise Ill(error.code, place=error.place) from error
        try:
            yield outside, said
        finally:
            outside.stop()


def trial_slip(settings: PrinterSettings, names: str) -> Document:
    """Return the slip: everyday words, the rare characters, a code to scan, and a barcode where numbers have one."""
    return Document(
        "SL-00",
        (
            Title("试打单"),
            Centred("不是凭据，打完撕掉"),
            Rule("-"),
            KeyValue("打印机", settings.url),
            KeyValue("字库", settings.charset),
            KeyValue("列数", str(settings.columns)),
            Rule("-"),
            Hanging("常用字　", "受理回执 补正告知 一次性 0123456789 ABC"),
            Hanging("生僻字　", names),
            Codes(("OK",), "扫出“OK”就是好的"),
            *((Barcode("A018"),) if settings.barcode is not None else ()),
        ),
    )


def _nothing(_: object) -> str:
    """There is no such device."""
    return ""


def _until(said: "queue.SimpleQueue[object]", clock: Clock, seconds: float) -> Iterator[object]:
    """Yield what is said until the time is over."""
    deadline = clock.monotonic_ms() + round(seconds * 1000)
    while (left := deadline - clock.monotonic_ms()) > 0:
        try:
            yield said.get(timeout=left / 1000)
        except queue.Empty:
            return
