"""Every device of a counter on its simulator, plugged into the living window; each can be pulled out and put back."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from living_counter import Living
from test_card_to_form import HastyReader

from app.commands.slip_encoding import encoder
from app.commands.system_clock import SystemClock
from app.ports.clock import Clock
from devices.display.driver import LedDisplay
from devices.display.sink import DisplaySink
from devices.display.template import FOLDER as DISPLAYS
from devices.display.template import load_template
from devices.evaluator.driver import SerialKeypad
from devices.evaluator.simulator import KeypadSimulator
from devices.evaluator.template import FOLDER as KEYPADS
from devices.evaluator.template import load_keypad
from devices.sam.line import line_to
from devices.sam.simulator import SamSimulator
from devices.scanner.driver import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.simulation.link import Link
from devices.simulation.serial_cable import SerialCable
from devices.transport import SerialPort
from printing.profile import PrinterProfile
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.thermal import cut_off
from printing.transport import open_printer
from ui.screens.counter.rating_ask import RatingPlace
from ui.stall_watch import StallWatch
from ui.widgets.views import DeviceState

RETRY_S = 0.02
TORN_AT = 600
"""Bytes of questions and paper: the middle of the shortest slip here."""
PROFILE = PrinterProfile("gbk", 48, 576)
DEVICES = ("reader-serial", "reader-tcp", "printer-serial", "printer-tcp", "scanner", "display", "keypad")
"""What can be pulled; the scanner is on a serial port, display and keypad are on TCP."""
KEYS = {"reader": "reader", "printer": "printer", "scanner": "scanner", "display": "caller", "keypad": "rating"}
"""By the name's first word: how the window calls it."""
LOGGED = {
    "reader": ("reader_lost", "reader_back"),
    "printer": ("printer_fault", "printer_ready"),
    "scanner": ("scanner_lost", "scanner_back"),
    "display": ("display_lost", "display_back"),
    "keypad": ("evaluator_lost", "evaluator_back"),
}
"""By the same word: how the one line begins when it is lost, and when it is back."""

Act = Callable[[], None]


@dataclass
class Desk:
    """The window with all its devices; ``pulled`` is the first word of the one that is out, empty while none is."""

    counter: Living
    sam: SamSimulator
    printer: PrinterSimulator
    spooler: Spooler
    plugs: Mapping[str, tuple[Act, Act]]
    tears: Mapping[str, Act]
    hands: ThreadPoolExecutor
    watch: StallWatch
    reacting: list[int] = field(default_factory=list)
    """Stalls, in ms, from the moment the hand pulls or plugs until the window knows."""
    pulled: str = ""
    case_no: str = ""
    """Of who was here before, where a flow begins so."""

    def pull(self, device: str) -> None:
        """Pull a device out and wait until the window knows; the hand is not the window's own thread."""
        with self._watched():
            self._hand(self.plugs[device][0])
            self.pulled = device.partition("-")[0]
            self._until_seen(there=False)

    def tear(self, device: str) -> None:
        """Let the line to a printer break in the middle of the next paper."""
        self._hand(self.tears[device])

    def torn(self, device: str) -> None:
        """Wait until the window knows that the line has broken."""
        with self._watched():
            self.pulled = device.partition("-")[0]
            self.counter.until(lambda: not _well(self.counter, KEYS[self.pulled]))

    def put_back(self, device: str) -> None:
        """Plug it in again and wait until the window knows."""
        with self._watched():
            self._hand(self.plugs[device][1])
            self._until_seen(there=True)
            self.pulled = ""

    def _until_seen(self, *, there: bool) -> None:
        key = KEYS[self.pulled]
        if key == "printer":
            self.spooler.wake()  # an idle printer is looked at every five seconds: nobody waits for that here
        self.counter.until(lambda: _well(self.counter, key) is there)

    def papers(self) -> list[dict[str, Any]]:
        """What fell out of the printer."""
        found: list[dict[str, Any]] = self.printer.handle({"do": "papers"})["papers"]
        return found

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Keep what stalls meanwhile: from when the GUI thread is at rest until it has answered again."""
        self._answered()
        before = len(self.watch.stalls)
        yield
        self._answered()
        self.reacting += self.watch.stalls[before:]

    def _answered(self) -> None:
        """Wait until the GUI thread has done what came before: it answers the watch's knocks in turn."""
        knocks: list[None] = []
        knocking = self.watch._knock.connect(lambda: knocks.append(None))
        self.counter.until(lambda: len(knocks) > 1)
        self.watch._knock.disconnect(knocking)

    def _hand(self, act: Act) -> None:
        done = self.hands.submit(act)
        self.counter.until(done.done)
        done.result()


@contextmanager
def plugged(counter: Living, device: str, folder: Path, clock: Clock) -> Iterator[Desk]:
    """Open every device, ``device`` in the way its name says; ``clock`` measures stalls. All is closed at the end."""
    with ExitStack() as open_:
        hands = ThreadPoolExecutor(1, "hand")
        open_.callback(hands.shutdown)
        sam, printer = SamSimulator("127.0.0.1", 0), PrinterSimulator("127.0.0.1", 0, SystemClock())
        scanner = ScannerSimulator("127.0.0.1", 0)
        template, keys = load_template(DISPLAYS / "text-line.toml"), load_keypad(KEYPADS / "framed.toml")
        sink, pad = DisplaySink("127.0.0.1", 0, template), KeypadSimulator("127.0.0.1", 0, keys)
        for each in (sam, printer, scanner, sink, pad):
            each.start()
            open_.callback(each.stop)
        link = Link("127.0.0.1", 0, printer.address)
        link.start()
        open_.callback(link.stop)
        cables = {
            name: _cable(open_, folder / name, address)
            for name, address in (
                ("reader-serial", sam.address),
                ("printer-serial", printer.address),
                ("scanner", scanner.address),
            )
            if name in (device, "scanner")
        }
        reader = _reader(counter, str(cables[device].path) if device == "reader-serial" else _socket(sam))
        spooler = _spooler(counter, f"serial://{cables[device].path}" if device == "printer-serial" else _tcp(link))
        scans = SerialScanner(SerialPort(str(cables["scanner"].path)), retry_s=RETRY_S)
        display = LedDisplay(
            SerialPort(_socket(sink)), template, SystemClock(), address=3, retry_s=RETRY_S, look_s=RETRY_S
        )
        keypad = SerialKeypad(SerialPort(_socket(pad)), keys, retry_s=RETRY_S)
        starts = (
            (reader, counter.bridge.reader),
            (scans, counter.bridge.scanner),
            (display, counter.bridge.display),
            (keypad, counter.bridge.evaluator),
        )
        for driver, signal in starts:
            driver.start(signal.emit)
            open_.callback(driver.stop)
        spooler.start()
        open_.callback(spooler.stop)
        counter.presenter._parts = replace(
            counter.parts,
            wake_printer=spooler.wake,
            read_card=reader.read_now,
            show_display=display.show,
            rating=RatingPlace(keypad, None, 15_000),
        )
        counter.presenter.look()
        plugs: dict[str, tuple[Act, Act]] = {
            "reader-tcp": (partial(_do, sam, "unplug"), partial(_do, sam, "plug")),
            "printer-tcp": (link.cut, link.start),
            "display": (partial(_do, sink, "unplug"), partial(_do, sink, "plug")),
            "keypad": (partial(_do, pad, "unplug"), partial(_do, pad, "plug")),
            **{name: (cable.unplug, cable.plug) for name, cable in cables.items()},
        }
        drop = {"do": "fault", "kind": "drop", "after_bytes": TORN_AT}
        tears: dict[str, Act] = {
            "printer-tcp": partial(link.cut_after, TORN_AT),
            "printer-serial": partial(_ask, printer, drop),
        }
        counter.until(lambda: all(_well(counter, key) for key in KEYS.values()))
        counter.until(lambda: pad.handle({"do": "state"})["listeners"] == 1)
        hands.submit(lambda: None).result()  # from now on as many threads as to the end
        watch = StallWatch(clock)
        open_.callback(watch.close)
        counter.until(watch._thread.is_alive)
        yield Desk(counter, sam, printer, spooler, plugs, tears, hands, watch)


def told(records: list[logging.LogRecord], device: str) -> list[str]:
    """Return in order what the log says of a device: lost, back."""
    lost, back = LOGGED[device.partition("-")[0]]
    words = [record.getMessage().split()[0] for record in records]
    return [{lost: "lost", back: "back"}[word] for word in words if word in (lost, back)]


def held() -> dict[str, int]:
    """Count what this process holds: its threads by name, and its open files by kind."""
    found = [thread.name.rstrip("0123456789_-") for thread in threading.enumerate()]
    for each in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the listing's own
            found.append(str(each.readlink()).partition(":")[0].rstrip("0123456789"))
    return dict(Counter(found))


def _cable(open_: ExitStack, path: Path, address: tuple[str, int]) -> SerialCable:
    cable = SerialCable(path, address)
    open_.callback(cable.close)
    cable.plug()
    return cable


def _reader(counter: Living, url: str) -> HastyReader:
    return HastyReader(line_to(url, SystemClock()))


def _spooler(counter: Living, url: str) -> Spooler:
    printer = open_printer(url, SystemClock())
    tell = counter.bridge.printer.emit
    return Spooler(counter.kit.spool, printer, encoder(PROFILE), SystemClock(), tell, cut_off=cut_off(PROFILE))


def _well(counter: Living, key: str) -> bool:
    return key in counter.state.devices and counter.state.devices[key].state is DeviceState.OK


def _socket(device: Any) -> str:
    return "socket://{}:{}".format(*device.address)


def _tcp(link: Link) -> str:
    return "tcp://{}:{}".format(*link.address)


def _do(device: Any, what: str) -> None:
    _ask(device, {"do": what})


def _ask(device: Any, request: dict[str, Any]) -> None:
    device.handle(request)
