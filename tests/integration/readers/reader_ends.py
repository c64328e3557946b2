"""A card reader in front of a simulated module by each way there is, and the events it told."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override
from usb_bus import SPLIT, WHOLE, UsbBus

from app.commands.system_clock import SystemClock
from app.ports.card_reader import ReaderEvent
from devices.sam.driver import SamCardReader
from devices.sam.frames import HEADER
from devices.sam.line import LineMaker, line_to
from devices.sam.link import SamLink
from devices.sam.simulator import SamSimulator
from devices.simulation.serial_cable import SerialCable
from devices.usb.address import parse_usb
from devices.usb.port import UsbPort

PATIENCE_S = 15
HASTE = 30
"""Nobody needs real pauses between the polls of a test."""

Way = Callable[[SamSimulator], tuple[LineMaker, Callable[[], None], Callable[[], None]]]
"""Makes a line to a simulator; with it what plugs the reader in again, and what takes the way down."""


class HastyReader(SamCardReader):
    """The real reader with shorter pauses."""

    @override
    def _rest(self, ms: int) -> None:
        super()._rest(ms // HASTE)


class Station:
    """A simulator, a reader on it, and what the reader told."""

    def __init__(self, simulator: SamSimulator, reader: SamCardReader, plug: Callable[[], None]) -> None:
        self.simulator = simulator
        self.reader = reader
        self._plug = plug
        self._events: queue.Queue[ReaderEvent] = queue.Queue()

    def start(self) -> None:
        self.reader.start(self._events.put)

    def do(self, what: str, **fields: Any) -> dict[str, Any]:
        return self.simulator.handle({"do": what, **fields})

    def plug(self) -> None:
        """Plug the reader in again: the module first, then what is before it."""
        self.do("plug")
        self._plug()

    def next_event(self) -> ReaderEvent:
        return self._events.get(timeout=PATIENCE_S)

    def told_nothing_more(self) -> bool:
        return self._events.empty()


def _nothing() -> None:
    """A socket needs no plug of its own."""


def socket_way(simulator: SamSimulator) -> tuple[LineMaker, Callable[[], None], Callable[[], None]]:
    return line_to("socket://{}:{}".format(*simulator.address), SystemClock()), _nothing, _nothing


def usb_way(
    simulator: SamSimulator, endpoints: tuple[int, ...]
) -> tuple[LineMaker, Callable[[], None], Callable[[], None]]:
    bus = UsbBus(simulator.address, endpoints)
    port = UsbPort(parse_usb("usb://0400:c35a"), HEADER, SystemClock(), bus)

    def no_handle_left() -> None:
        assert bus.open_handles == []

    return partial(SamLink, port, SystemClock()), bus.plug, no_handle_left


@pytest.fixture(params=["socket", "serial", "usb-split", "usb-whole", "library"])
def way(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Way:
    """Every way to a module."""

    def serial(simulator: SamSimulator) -> tuple[LineMaker, Callable[[], None], Callable[[], None]]:
        cable = SerialCable(tmp_path / "ttyReader", simulator.address)
        cable.plug()
        return line_to(str(cable.path), SystemClock()), cable.plug, cable.close

    def library(simulator: SamSimulator) -> tuple[LineMaker, Callable[[], None], Callable[[], None]]:
        monkeypatch.setenv("FAKE_SDT_SAM", str(simulator.address[1]))
        path = request.getfixturevalue("vendor_library")
        return line_to(f"dll:{path}?port=1001", SystemClock()), _nothing, _nothing

    ways: dict[str, Way] = {
        "socket": socket_way,
        "serial": serial,
        "usb-split": partial(usb_way, endpoints=SPLIT),
        "usb-whole": partial(usb_way, endpoints=WHOLE),
        "library": library,
    }
    return ways[request.param]


@contextmanager
def station(way: Way) -> Iterator[Station]:
    """A reader at work; everything is taken down at the end."""
    simulator = SamSimulator("127.0.0.1", 0)
    simulator.start()
    make_line, plug, take_down = way(simulator)
    here = Station(simulator, HastyReader(make_line), plug)
    here.start()
    try:
        yield here
    finally:
        here.reader.stop()
        take_down()
        simulator.stop()
