"""One body a device, on its simulator by socket and by pseudo terminal, or on hardware with ``--device``."""

import logging
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from at_hand import DO, WAYS, AtHand, HastyReader, hardware, named
from memory_spool import MemorySpool

from app.commands.system_clock import SystemClock
from app.domain.identity_number import IdentityNumber, check_identity_number
from app.ports.card_reader import CardLifted, CardRead, ReaderBack, ReaderLost
from app.ports.evaluator import EvaluatorBack, EvaluatorLost, GradePressed
from app.ports.scanner import Scanned, ScannerBack, ScannerLost
from app.ports.window_display import DisplayBack, DisplayLost, Kind, Showing
from devices.display.driver import LedDisplay
from devices.evaluator.driver import SerialKeypad
from devices.sam.driver import SamCardReader
from devices.sam.line import line_to
from devices.scanner.driver import SerialScanner
from devices.simulation.link import Link
from devices.transport import SerialPort
from printing.delivery import JobPrinted, PrinterFault, PrinterReady
from printing.errors import PrinterReason
from printing.profile import PrinterProfile
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.thermal import cut_off
from printing.transport import open_printer

SAM_LABEL = re.compile(r"\d\d\.\d\d-\d{1,8}-\d{10}-\d{10}")
RETRY_S = 0.05
ROOT = Path(__file__).resolve().parents[3]
LINE = "设备检查 A018"
DOTS = b"\x1dv0\x00\x08\x00\x20\x00" + b"\x10\x04\x01\x10" * 64
"""Dots that hold the bytes of status questions: a printer that answers them does not know where a raster ends."""
PAGE = b"\x1b@\x1c&" + LINE.encode("gbk") + b"\n" + DOTS + b"\n\n\n\x1dV\x01"
CUT = cut_off(PrinterProfile("gbk", 32, 384))


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def logged(caplog: pytest.LogCaptureFixture, *words: str) -> list[str]:
    """Return in order how often the log says these words."""
    return [word for record in caplog.records if (word := record.getMessage().split()[0]) in words]


def test_a_reader_tells_a_card_once_each_time_it_is_laid(reader: AtHand, caplog: pytest.LogCaptureFixture) -> None:
    told: Queue[Any] = Queue()
    driver = (HastyReader if reader.simulated else SamCardReader)(line_to(reader.url, SystemClock()))
    driver.start(told.put)
    try:
        back = reader.next(told)
        assert isinstance(back, ReaderBack)
        assert SAM_LABEL.fullmatch(back.sam_id)
        cards = []
        for _ in range(2):
            reader.hand("lay")
            laid = reader.next(told)
            assert isinstance(laid, CardRead)
            cards.append(laid.card)
            reader.hand("lift")
            assert reader.next(told) == CardLifted()
        assert cards[0] == cards[1]
        assert isinstance(check_identity_number(cards[0].number, cards[0].valid_from), IdentityNumber)
        reader.hand("unplug")
        assert isinstance(reader.next(told), ReaderLost)
        reader.hand("plug")
        assert reader.next(told) == back
    finally:
        driver.stop()
    assert told.empty()
    assert logged(caplog, "reader_lost", "reader_back") == ["reader_back", "reader_lost", "reader_back"]
    assert cards[0].number not in caplog.text


def test_a_printer_prints_once_and_names_what_keeps_it(printer: AtHand, caplog: pytest.LogCaptureFixture) -> None:
    told: Queue[Any] = Queue()
    spool, line = MemorySpool(), open_printer(printer.url, SystemClock())
    spooler = Spooler(spool, line, lambda _: PAGE, SystemClock(), told.put, cut_off=CUT)
    spooler.start()
    try:
        assert isinstance(printer.next(told), PrinterReady)
        printer.hand("open")
        spooler.wake()
        assert printer.next(told) == PrinterFault(PrinterReason.COVER_OPEN)
        printer.hand("close")
        assert isinstance(printer.next(told), PrinterReady)
        _print(printer, spool, spooler, told, "a")
        printer.hand("unplug")
        spooler.wake()
        assert printer.next(told) == PrinterFault(PrinterReason.UNREACHABLE)
        printer.hand("plug")
        assert isinstance(printer.next(told), PrinterReady)
        _print(printer, spool, spooler, told, "b")
    finally:
        spooler.stop()
    for paper in printer.seen().get("papers", ()):
        assert paper["violations"] == []
        assert paper["text"].startswith(LINE)
        assert paper["bytes"] == len(PAGE)
    assert len(printer.seen().get("papers", (1, 2))) == 2
    assert logged(caplog, "printer_fault", "printer_ready") == [
        "printer_ready",
        *["printer_fault", "printer_ready"] * 2,
    ]


def _print(printer: AtHand, spool: MemorySpool, spooler: Spooler, told: Queue[Any], job: str) -> None:
    spool.add(job)
    spooler.wake()
    assert printer.next(told) == JobPrinted(job)


def test_a_scanner_tells_what_is_scanned(scanner: AtHand, caplog: pytest.LogCaptureFixture) -> None:
    told: Queue[Any] = Queue()
    driver = SerialScanner(SerialPort(scanner.url, 9600), retry_s=RETRY_S)
    driver.start(told.put)
    try:
        for _ in range(2):
            assert scanner.next(told) == ScannerBack()
            scanner.until(lambda seen: seen["listeners"] == 1)
            scanner.hand("scan")
            scanned = scanner.next(told)
            assert isinstance(scanned, Scanned)
            assert scanned.text.strip() == scanned.text != ""
            scanner.hand("unplug")
            assert isinstance(scanner.next(told), ScannerLost)
            scanner.hand("plug")
        assert scanner.next(told) == ScannerBack()
    finally:
        driver.stop()
    words = logged(caplog, "scanner_lost", "scanner_back")
    assert words == [*["scanner_back", "scanner_lost"] * 2, "scanner_back"]


def test_a_display_shows_again_what_it_missed(display: AtHand, caplog: pytest.LogCaptureFixture) -> None:
    told: Queue[Any] = Queue()
    driver = LedDisplay(
        SerialPort(display.url, 9600), display.display(), SystemClock(), address=3, retry_s=RETRY_S, look_s=RETRY_S
    )
    driver.start(told.put)
    try:
        assert display.next(told) == DisplayBack()
        driver.show(Showing(Kind.CALL, "A018", "请A018号"))
        display.until(lambda seen: seen["shown"].get("3") == "请A018号")
        display.hand("unplug")
        assert isinstance(display.next(told), DisplayLost)
        driver.show(Showing(Kind.CALL, "A999", "请A999号"))
        display.hand("plug")
        assert display.next(told) == DisplayBack()
        display.until(lambda seen: seen["shown"].get("3") == "请A999号")
    finally:
        driver.stop()
    assert logged(caplog, "display_lost", "display_back") == ["display_back", "display_lost", "display_back"]


def test_a_keypad_tells_its_keys(keypad: AtHand, caplog: pytest.LogCaptureFixture) -> None:
    told: Queue[Any] = Queue()
    driver = SerialKeypad(SerialPort(keypad.url, 9600), keypad.keypad(), retry_s=RETRY_S)
    driver.start(told.put)
    try:
        for _ in range(2):
            assert keypad.next(told) == EvaluatorBack()
            keypad.until(lambda seen: seen["listeners"] == 1)
            driver.ask()
            keypad.hand("press")
            assert isinstance(keypad.next(told), GradePressed)
            driver.end()
            keypad.until(lambda seen: seen["prompts"][-1:] == ["end"])
            keypad.hand("unplug")
            assert isinstance(keypad.next(told), EvaluatorLost)
            keypad.hand("plug")
        assert keypad.next(told) == EvaluatorBack()
    finally:
        driver.stop()
    words = logged(caplog, "evaluator_lost", "evaluator_back")
    assert words == [*["evaluator_back", "evaluator_lost"] * 2, "evaluator_back"]


@pytest.mark.parametrize("value", ["printer", "printer:", "lamp:/dev/ttyUSB0", ""])
def test_a_device_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(pytest.UsageError, match="ADDRESS"):
        named(value)


def test_hardware_is_the_address_that_was_named_and_a_person_who_is_told_what_to_do(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A printer stands by itself on its cable; whoever is told does it, as the person at the terminal would."""
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock(), width=384)
    simulator.start()
    link = Link("127.0.0.1", 0, simulator.address)
    link.start()
    acts: dict[str, Any] = {
        "open": partial(simulator.handle, {"do": "fault", "kind": "cover_open"}),
        "close": partial(simulator.handle, {"do": "mend"}),
        "unplug": link.cut,
        "plug": link.start,
    }
    by_words = {words: acts[what] for what, words in DO["printer"].items()}
    told: list[str] = []

    def person(words: str) -> None:
        told.append(words)
        by_words[words]()

    kind, place = named("printer:tcp://{}:{}".format(*link.address))
    test_a_printer_prints_once_and_names_what_keeps_it(hardware(kind, place, person), caplog)
    papers = simulator.handle({"do": "papers"})["papers"]
    link.stop()
    simulator.stop()
    assert told == [DO["printer"][what] for what in acts]
    assert [each["violations"] for each in papers] == [[], []]


def test_the_option_chooses_the_hardware_and_skips_nothing() -> None:
    arguments = ["tests/integration/devices", "-q", "--collect-only", "-k", "tells or prints"]
    found = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "--device=reader:/dev/ttyUSB7"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    ways = re.findall(r"::test_a_(\w+?)_\w*\[(.+)\]", found)
    assert [way for device, way in ways if device == "reader"] == ["/dev/ttyUSB7"]
    for device in ("printer", "scanner", "keypad"):
        assert [way for name, way in ways if name == device] == list(WAYS)
