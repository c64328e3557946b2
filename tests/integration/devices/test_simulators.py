"""What a simulator can be told to do reaches a driver over a real line as from hardware (devices.md section 6)."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from at_hand import HastyReader
from memory_spool import CUT, JOB, TEXT, MemorySpool
from PIL import Image

from app.commands.system_clock import SystemClock
from app.domain.id_card import CardType
from app.ports.card_reader import CardLifted, CardRead, CardUnreadable, ReaderBack, ReaderLost
from app.ports.scanner import Scanned, ScannerBack
from devices.sam.commands import MISHEARD, reason_of
from devices.sam.demo_cards import demo_card, people
from devices.sam.dialogue import CARD_TROUBLE
from devices.sam.fields import to_fields
from devices.sam.line import line_to
from devices.sam.simulator import SamSimulator
from devices.scanner.driver import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.simulation.serial_cable import SerialCable
from devices.transport import SerialPort
from printing.delivery import JobPrinted, PrinterReady
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.transport import PrinterLine, open_printer

PATIENCE_S = 15.0
REFUSALS = (0x11, 0x21, 0x23, 0x24, 0x31, 0x32, 0x33, 0x37, 0x3F, 0x40, 0x41, 0x47, 0x60, 0x66, 0x81, 0x91)
"""Every SW3 of section 1.2 that a read may be refused with; 10 is heard again, 80 belongs to find."""


class Reader:
    """The real driver on a simulated module, and what it tells."""

    def __init__(self, sam: SamSimulator, driver: HastyReader) -> None:
        self.sam, self.driver = sam, driver
        self._told: Queue[Any] = Queue()
        driver.start(self._told.put)

    def do(self, what: str, **fields: Any) -> None:
        self.sam.handle({"do": what, **fields})

    def next(self) -> Any:
        return self._told.get(timeout=PATIENCE_S)


@pytest.fixture
def module() -> Iterator[Reader]:
    sam = SamSimulator("127.0.0.1", 0)
    sam.start()
    here = Reader(sam, HastyReader(line_to("socket://{}:{}".format(*sam.address), SystemClock())))
    assert isinstance(here.next(), ReaderBack)
    yield here
    here.driver.stop()
    sam.stop()


def test_every_refusal_of_a_module_is_told_by_its_own_reason(module: Reader) -> None:
    for sw3 in REFUSALS:
        module.do("fault", kind="status", command="read", sw3=f"{sw3:02x}")
        module.do("lay", person="P1")
        told = module.next()
        assert told.reason is reason_of(sw3), hex(sw3)
        assert isinstance(told, CardUnreadable if told.reason in CARD_TROUBLE else ReaderLost), hex(sw3)
        module.do("lift")
        assert isinstance(module.next(), CardLifted | ReaderBack)
    module.do("fault", kind="status", command="read", sw3=f"{MISHEARD:02x}")
    module.do("lay", person="P1")
    assert module.next() == CardRead(demo_card("P1"))


def test_every_card_is_read_as_it_is(module: Reader) -> None:
    """All four documents, rare names, and one that is good for ever (长期)."""
    cards = [demo_card(each) for each in people()]
    for_ever = replace(demo_card("P6"), valid_to=None)
    assert {each.type for each in cards} == set(CardType)
    for card in (*cards, for_ever):
        module.do("lay", card=to_fields(card))
        assert module.next() == CardRead(card)
        module.do("lift")
        assert module.next() == CardLifted()


class Desk:
    """A simulated printer and a line to it."""

    def __init__(self, width: int) -> None:
        self.printer = PrinterSimulator("127.0.0.1", 0, SystemClock(), width=width)
        self.printer.start()
        line = open_printer("tcp://{}:{}".format(*self.printer.address), SystemClock())
        assert isinstance(line, PrinterLine)
        self.line = line

    def do(self, what: str, **fields: Any) -> Any:
        return self.printer.handle({"do": what, **fields})

    def says(self) -> str:
        """The answers to DLE EOT 1 to 4 in hexadecimal, as section 3.2 has them."""
        return " ".join(f"{self.line.ask_status(n):02X}" for n in (1, 2, 3, 4))


@contextmanager
def desk(width: int = 576) -> Iterator[Desk]:
    here = Desk(width)
    try:
        yield here
    finally:
        here.line.close()
        here.printer.stop()


def test_a_printer_answers_for_its_state_also_while_it_is_offline_with_a_paper_in_its_buffer() -> None:
    faults = {"near_end": "12 12 12 1E", "cover_open": "1A 16 12 12", "paper_out": "1A 32 12 7E"}
    with desk() as here:
        here.line.open()
        assert here.says() == "12 12 12 12"
        for kind, answers in faults.items():
            here.do("fault", kind=kind)
            here.line.write(JOB)
            _until(lambda: here.do("state")["received_ms"] is not None)
            assert here.says() == answers
            assert (here.do("state")["queued_bytes"] > 0) is (kind != "near_end")
            here.do("mend")
            _until(lambda: here.do("state")["queued_bytes"] == 0)
        assert [each["violations"] for each in here.do("papers")["papers"]] == [[]] * 3


@pytest.mark.parametrize("width", [384, 576])
def test_a_cut_paper_is_a_picture_as_wide_as_the_roll(width: int) -> None:
    with desk(width) as here:
        told: Queue[Any] = Queue()
        spool = MemorySpool()
        spooler = Spooler(spool, here.line, lambda _: JOB, SystemClock(), told.put, cut_off=CUT)
        spool.add("a")
        spooler.start()
        assert isinstance(told.get(timeout=PATIENCE_S), PrinterReady)
        assert told.get(timeout=PATIENCE_S) == JobPrinted("a")
        spooler.stop()
        paper = here.printer._mechanism.tray.paper(1)
    picture = Image.open(io.BytesIO(paper.png))
    assert picture.size[0] == width
    assert picture.convert("L").getextrema() == (0, 255)
    assert paper.lines[0] == TEXT


def test_a_command_no_slip_printer_knows_makes_the_paper_bad() -> None:
    with desk() as here:
        here.line.open()
        here.line.write(b"\x1b@\x1b*\x21" + b"\n\x1dV\x01")
        _until(lambda: here.do("papers")["papers"])
        (paper,) = here.do("papers")["papers"]
        assert paper["violations"] == ["unknown command 1b 2a"]


@pytest.mark.parametrize("gaps_ms", [[], [0], [5], [1, 19]])
def test_a_scan_with_gaps_between_its_bytes_is_one_scan(tmp_path: Path, gaps_ms: list[int]) -> None:
    with ExitStack() as open_:
        scanner = ScannerSimulator("127.0.0.1", 0)
        scanner.start()
        open_.callback(scanner.stop)
        cable = SerialCable(tmp_path / "scanner", scanner.address)
        cable.plug()
        open_.callback(cable.close)
        told: Queue[Any] = Queue()
        # Longer than this process may have to wait for the processor between two bytes.
        driver = SerialScanner(SerialPort(str(cable.path), 9600), retry_s=0.02, silence_s=2.0)
        driver.start(told.put)
        open_.callback(driver.stop)
        assert told.get(timeout=PATIENCE_S) == ScannerBack()
        _until(lambda: scanner.handle({"do": "state"})["listeners"] == 1)
        for text in ("A023", "示范县"):
            scanner.handle({"do": "scan", "text": text, "gaps_ms": gaps_ms})
            assert told.get(timeout=PATIENCE_S) == Scanned(text)
    assert told.empty()


@pytest.mark.parametrize("gaps_ms", [5, [-1], [1.5], ["5"], [1 << 20]])
def test_gaps_that_make_no_sense_are_refused(gaps_ms: Any) -> None:
    scanner = ScannerSimulator("127.0.0.1", 0)
    with pytest.raises(ValueError, match="gaps_ms"):
        scanner.handle({"do": "scan", "text": "A023", "gaps_ms": gaps_ms})


def _until(so: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < deadline
