"""What stands between a spooler and the simulated printer: a socket, a serial cable, USB, a device file, a queue."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

import fake_cups
import pytest
from memory_spool import CUT, JOB, MemorySpool
from usb_bus import WHOLE, UsbBus

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState
from devices.simulation.link import Link
from devices.simulation.serial_cable import SerialCable
from printing.address import UsbPrinterAddress, parse_printer
from printing.delivery import JobPrinted, JobUnknown, PrinterReady, PrintEvent
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.transport import Printer, PrinterLine, open_printer
from printing.usb_stream import UsbStream

PATIENCE_S = 10.0
LOOK_S = 0.01
QUEUES = ("cups", "winspool")


def _nothing() -> None:
    """Nothing is there to be done."""


@dataclass
class Way:
    """A way to a printer; ``starve`` takes its paper away, ``feed`` gives it back, ``plug`` plugs it in again."""

    printer: Printer
    starve: Callable[[], object] = _nothing
    feed: Callable[[], object] = _nothing
    plug: Callable[[], object] = _nothing
    take_down: Callable[[], object] = _nothing
    blind: bool = False


class Station:
    """A spooler with a printer at the end of some way, and what it told."""

    def __init__(self, simulator: PrinterSimulator, way: Way) -> None:
        self.simulator, self.way = simulator, way
        self.spool = MemorySpool()
        self._told: Queue[PrintEvent] = Queue()
        self.spooler = Spooler(self.spool, way.printer, lambda _: JOB, SystemClock(), self._told.put, cut_off=CUT)

    def print(self, job_id: str) -> None:
        self.spool.add(job_id)
        self.spooler.wake()

    def next_event(self) -> PrintEvent:
        return self._told.get(timeout=PATIENCE_S)

    def fallen(self, count: int) -> list[dict[str, Any]]:
        """Wait for so many papers: what a queue has passed on is still on its way to the paper."""
        self.until(lambda: len(self.papers()) >= count)
        return self.papers()

    def until(self, holds: Callable[[], bool]) -> None:
        """Look again and again until it holds."""
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(LOOK_S)

    def plug(self, link: Link) -> None:
        """Heal the cable and plug the device in again."""
        link.start()
        self.way.plug()
        self.spooler.wake()

    def until_settled(self, ready: PrinterReady, *, waits_for_paper: bool) -> JobPrinted | JobUnknown | None:
        """Wait until the printer is back and, where one waits, the end of a paper is known; a clerk settles doubt."""
        end, back = None, False
        while not back or (waits_for_paper and end is None):
            match self.next_event():
                case JobUnknown(job) as end:
                    self.spool.mark(job, JobState.LOST)
                case JobPrinted() as end:
                    pass
                case event:
                    back = back or event == ready
        return end

    def papers(self) -> list[dict[str, Any]]:
        papers: list[dict[str, Any]] = self.simulator.handle({"do": "papers"})["papers"]
        return papers


class Ways:
    """Makes a way of each kind to a simulator."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._patch = folder, monkeypatch

    def make(self, kind: str, simulator: PrinterSimulator, address: tuple[str, int]) -> Way:
        """``address`` is the simulator's, or that of a link before it."""
        starve, feed = _by_the_printer(simulator)
        match kind:
            case "tcp":
                printer = open_printer("tcp://{}:{}".format(*address), SystemClock())
                return Way(printer, starve, feed)
            case "serial" | "file":
                cable = SerialCable(self._folder / "ttyPrinter", address)
                cable.plug()
                query = "?baud=115200&flow=rtscts" if kind == "serial" else ""
                url = f"serial://{cable.path}{query}" if kind == "serial" else f"file:{cable.path}"
                return Way(open_printer(url, SystemClock()), starve, feed, cable.plug, cable.close)
            case "usb":
                return self._usb(simulator, address)
            case "cups":
                return self._cups(address)
        return self._windows(address)

    def _usb(self, simulator: PrinterSimulator, address: tuple[str, int]) -> Way:
        starve, feed = _by_the_printer(simulator)
        bus = UsbBus(address, WHOLE)
        named = parse_printer("usb://0400:c35a")
        assert isinstance(named, UsbPrinterAddress)

        def no_handle_left() -> None:
            assert bus.open_handles == []

        return Way(PrinterLine(lambda: UsbStream(named, bus), SystemClock()), starve, feed, bus.plug, no_handle_left)

    def _cups(self, address: tuple[str, int]) -> Way:
        programs, state = self._folder / "bin", self._folder / "cups"
        fake_cups.install(programs, state)
        fake_cups.change(state, printer=address)
        self._patch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
        self._patch.setenv("FAKE_CUPS", str(state))
        return Way(
            open_printer("cups:SLIP", SystemClock()),
            lambda: fake_cups.change(state, alerts="media-empty-error"),
            lambda: fake_cups.change(state, alerts="none"),
            blind=True,
        )

    def _windows(self, address: tuple[str, int]) -> Way:
        from fake_winspool import Spooler as WindowsSpooler  # noqa: PLC0415 - the one way that needs it

        spooler = WindowsSpooler(address)
        self._patch.setitem(sys.modules, "win32print", spooler.as_module())
        return Way(
            open_printer("winspool:热敏小票", SystemClock()),
            lambda: spooler.stand(0x10),
            lambda: spooler.stand(0),
            blind=True,
        )


def _by_the_printer(simulator: PrinterSimulator) -> tuple[Callable[[], object], Callable[[], object]]:
    return (
        lambda: simulator.handle({"do": "fault", "kind": "paper_out"}),
        lambda: simulator.handle({"do": "mend"}),
    )


@contextmanager
def station(ways: Ways, kind: str, *, linked: bool = False) -> Iterator[tuple[Station, Link | None]]:
    """A spooler by some way before a simulated printer, with a cable that can be cut where ``linked``."""
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock())
    simulator.start()
    link = Link("127.0.0.1", 0, simulator.address) if linked else None
    if link is not None:
        link.start()
    way = ways.make(kind, simulator, link.address if link else simulator.address)
    here = Station(simulator, way)
    try:
        yield here, link
    finally:
        here.spooler.stop()
        way.take_down()
        if link is not None:
            link.stop()
        simulator.stop()
