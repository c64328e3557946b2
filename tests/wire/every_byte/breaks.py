"""What breaks, at which byte: the cable, the printer in three ways, or the counter's own process.

Each break is a context manager: it lets a counter send until the break strikes, mends everything, and yields the
counter that runs then.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from devices.simulation.link import Link
from every_byte.counter import Counter, Kind
from every_byte.nursery import Nursery
from printing.simulator.faults import FaultKind
from printing.simulator.printer import PrinterSimulator

HOST = "127.0.0.1"
Point = int | str
"""An offset in what the counter sends; for the power, also one of ``nursery.MOMENTS``."""
Break = Callable[[PrinterSimulator, Path, Point, Kind], AbstractContextManager[Counter]]


@contextmanager
def cable(printer: PrinterSimulator, store: Path, at: Point, kind: Kind) -> Iterator[Counter]:
    """The cable is cut behind that byte, and plugged in again."""
    link = Link(HOST, 0, printer.address)
    link.start()
    try:
        link.handle({"do": "cut", "after_bytes": at})
        with Counter(store, url(link.address), kind) as counter:
            counter.await_fault()
            link.start()
            yield counter
    finally:
        link.stop()


@contextmanager
def device(fault: FaultKind, printer: PrinterSimulator, store: Path, at: Point, kind: Kind) -> Iterator[Counter]:
    """The printer fails once it has received that byte, and is well again."""
    printer.handle({"do": "fault", "kind": fault, "after_bytes": at})
    with Counter(store, url(printer.address), kind) as counter:
        if fault is FaultKind.DIE:
            counter.await_fault()
            printer.handle({"do": "mend"})
        yield counter


@contextmanager
def power(nursery: Nursery, printer: PrinterSimulator, store: Path, at: Point, kind: Kind) -> Iterator[Counter]:
    """The counter's process is killed (SIGKILL) when it has handed over that byte, and started again."""
    nursery.live_and_die(store, url(printer.address), at)
    with Counter(store, url(printer.address), kind) as counter:
        yield counter


NAMES = (
    "the cable is cut",
    "the power goes (kill -9)",
    "the printer is switched off, its buffer lost",
    "the printer resets itself",
    "the printer hangs up and prints what it has",
)


def breaks(nursery: Nursery) -> dict[str, Break]:
    """Every break by its name."""
    devices = (partial(device, fault) for fault in (FaultKind.DIE, FaultKind.RESET, FaultKind.DROP))
    return dict(zip(NAMES, (cable, partial(power, nursery), *devices), strict=True))


def url(address: tuple[str, int]) -> str:
    return "tcp://{}:{}".format(*address)
