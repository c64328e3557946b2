"""A device that a test speaks to, and the hand that lays cards and pulls plugs: a simulator's, or a person's.

Without ``--device`` both are simulated, over a socket and over a pseudo terminal. ``--device=reader:/dev/ttyUSB0`` runs
the same bodies on hardware: what is to be done stands on the terminal, and the test waits until somebody has done it.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any, Protocol

import pytest
from typing_extensions import override

from app.commands.system_clock import SystemClock
from devices.display.sink import DisplaySink
from devices.display.template import FOLDER as DISPLAYS
from devices.display.template import Template, load_template
from devices.evaluator.simulator import KeypadSimulator
from devices.evaluator.template import FOLDER as KEYPADS
from devices.evaluator.template import KeypadTemplate, load_keypad
from devices.sam.driver import SamCardReader
from devices.sam.simulator import SamSimulator
from devices.scanner.simulator import ScannerSimulator
from devices.simulation.link import Link
from devices.simulation.serial_cable import SerialCable
from printing.simulator.printer import PrinterSimulator

SOCKET, SERIAL = "socket", "serial"
WAYS = (SOCKET, SERIAL)
DO: Mapping[str, Mapping[str, str]] = {
    "reader": {
        "lay": "请把一张身份证放到读卡器上",
        "lift": "请把身份证拿走",
        "unplug": "请拔掉读卡器",
        "plug": "请插上读卡器",
    },
    "printer": {
        "open": "请打开打印机的盖子",
        "close": "请合上打印机的盖子",
        "unplug": "请拔掉打印机的数据线",
        "plug": "请插上打印机的数据线",
    },
    "scanner": {"scan": "请扫任意一个码", "unplug": "请拔掉扫码枪", "plug": "请插上扫码枪"},
    "display": {"unplug": "请拔掉窗口屏", "plug": "请插上窗口屏"},
    "keypad": {"press": "请按评价器的任意一个键", "unplug": "请拔掉评价器", "plug": "请插上评价器"},
}
"""By device: what a hand can do to it, and what a person is told."""
SIMULATED_S, PERSON_S = 15.0, 120.0
HASTE = 30


class HastyReader(SamCardReader):
    """The real reader with shorter pauses: no module is simulated that needs them."""

    @override
    def _rest(self, ms: int) -> None:
        super()._rest(ms // HASTE)


class Hand(Protocol):
    """Does to a device what only a hand can do."""

    def __call__(self, what: str) -> None:
        """Do it, or ask a person to."""
        ...


@dataclass(frozen=True)
class AtHand:
    """``url`` is its address, ``patience_s`` how long an answer may take.

    ``seen`` says what a simulator shows of itself: empty for hardware, which only a person can look at.
    """

    url: str
    hand: Hand
    patience_s: float
    seen: Callable[[], Mapping[str, Any]] = dict
    template: str = ""
    simulated: bool = False

    def next(self, told: Queue[Any]) -> Any:
        """Return the next thing a driver tells."""
        return told.get(timeout=self.patience_s)

    def until(self, so: Callable[[Mapping[str, Any]], bool]) -> None:
        """Wait until a simulator shows something; hardware shows it to the person alone."""
        deadline = time.monotonic() + self.patience_s
        while (seen := self.seen()) and not so(seen):
            assert time.monotonic() < deadline, seen

    def display(self) -> Template:
        """Return how the display is spoken to."""
        return load_template(DISPLAYS / f"{self.template or 'text-line'}.toml")

    def keypad(self) -> KeypadTemplate:
        """Return how the keypad speaks."""
        return load_keypad(KEYPADS / f"{self.template or 'framed'}.toml")


def named(value: str) -> tuple[str, str]:
    """Return kind and address of what ``--device`` names.

    Raises:
        pytest.UsageError: it names none.
    """
    kind, _, place = value.partition(":")
    if kind not in DO or not place:
        raise pytest.UsageError(f"--device={value}: {'|'.join(DO)}:ADDRESS")
    return kind, place


def hardware(kind: str, place: str, tell: Callable[[str], None]) -> AtHand:
    """Return the device at an address; ``#name`` behind it is its template."""
    url, _, template = place.partition("#")
    return AtHand(url, lambda what: tell(DO[kind][what]), PERSON_S, template=template)


@contextmanager
def simulated(kind: str, way: str, folder: Path) -> Iterator[AtHand]:
    """Switch a simulator on and yield it with its hand."""
    with ExitStack() as open_:
        device, acts = _device(kind)
        device.start()
        open_.callback(device.stop)
        address = device.address
        plug: Callable[[], object] = partial(_do, device, do="plug")
        unplug: Callable[[], object] = partial(_do, device, do="unplug")
        if kind == "printer":
            link = Link("127.0.0.1", 0, address)
            link.start()
            open_.callback(link.stop)
            address, plug, unplug = link.address, link.start, link.cut
        url = "{}://{}:{}".format("tcp" if kind == "printer" else "socket", *address)
        if way == SERIAL:
            cable = SerialCable(folder / kind, address)
            cable.plug()
            open_.callback(cable.close)
            plug, unplug = cable.plug, cable.unplug
            url = f"serial://{cable.path}" if kind == "printer" else str(cable.path)
        able = {**acts, "plug": plug, "unplug": unplug}
        yield AtHand(
            url, lambda what: _nothing(able[what]()), SIMULATED_S, partial(_seen, device, kind), simulated=True
        )


def _device(kind: str) -> tuple[Any, dict[str, Callable[[], object]]]:
    """Return a simulator and what a hand can do to it beside plugging."""
    here = ("127.0.0.1", 0)
    match kind:
        case "reader":
            sam = SamSimulator(*here)
            return sam, {"lay": partial(_do, sam, do="lay", person="P6"), "lift": partial(_do, sam, do="lift")}
        case "printer":
            printer = PrinterSimulator(*here, SystemClock(), width=384)
            opened = partial(_do, printer, do="fault", kind="cover_open")
            return printer, {"open": opened, "close": partial(_do, printer, do="mend")}
        case "scanner":
            scanner = ScannerSimulator(*here)
            return scanner, {"scan": partial(_do, scanner, do="scan", text="ZW1N:9901-20261123-A023")}
        case "display":
            return DisplaySink(*here, load_template(DISPLAYS / "text-line.toml")), {}
    pad = KeypadSimulator(*here, load_keypad(KEYPADS / "framed.toml"))
    return pad, {"press": partial(_do, pad, do="press", grade=4)}


def _do(device: Any, **request: Any) -> Mapping[str, Any]:
    answer: Mapping[str, Any] = device.handle(request)
    return answer


def _seen(device: Any, kind: str) -> Mapping[str, Any]:
    return _do(device, do="papers" if kind == "printer" else "state")


def _nothing(_value: object) -> None:
    """A hand gives nothing back."""
