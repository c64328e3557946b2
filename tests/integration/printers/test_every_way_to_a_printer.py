"""The same paper by every way to a printer, and a printer that is unplugged in every phase of a job."""

import logging
import os
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from memory_spool import JOB, TEXT
from open_files import open_files
from printer_ends import Station, Ways, station

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState
from printing import serial_stream, streams
from printing.address import SerialAddress, parse_printer
from printing.delivery import JobPrinted, JobUnknown, PrinterFault, PrinterReady
from printing.errors import PrinterError, PrinterReason
from printing.transport import open_printer

ALL = ("tcp", "serial", "file", "usb", "cups", "winspool")
ASKED_BEFORE = 9
"""Bytes of the three status questions that precede a job."""


@pytest.fixture
def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ways:
    return Ways(tmp_path, monkeypatch)


def ready(here: Station) -> PrinterReady:
    return PrinterReady(near_end=False, blind=here.way.blind)


@pytest.mark.parametrize("kind", ALL)
def test_a_paper_waits_for_the_roll_and_then_comes_out_once_and_byte_for_byte(kind: str, ways: Ways) -> None:
    with station(ways, kind) as (here, _):
        here.way.starve()
        here.print("a")
        here.spooler.start()
        assert here.next_event() == PrinterFault(PrinterReason.PAPER_OUT)
        assert (here.spool.state("a"), here.papers()) == (JobState.QUEUED, [])
        here.way.feed()
        here.spooler.wake()
        assert [here.next_event(), here.next_event()] == [ready(here), JobPrinted("a")]
        here.print("b")
        assert here.next_event() == JobPrinted("b")
        first, second = here.fallen(2)
        for paper in (first, second):
            assert (paper["bytes"], paper["violations"]) == (len(JOB), [])
            assert paper["text"].startswith(TEXT)


UNKNOWN, PRINTED = {JobUnknown}, {JobPrinted}
PHASES = {
    "idle": (None, set()),
    "before the first question": (0, PRINTED),
    "within the questions": (ASKED_BEFORE - 2, PRINTED),
    # Without the last answer the paper is not begun and goes again; with it, its bytes may be on the wire.
    "before the first byte": (ASKED_BEFORE, UNKNOWN | PRINTED),
    "in the middle": (ASKED_BEFORE + len(JOB) // 2, UNKNOWN),
    "behind the last byte": (ASKED_BEFORE + len(JOB), UNKNOWN),
}


@pytest.mark.parametrize("kind", ["tcp", "serial"])
def test_unplugged_in_any_phase_it_is_told_once_and_nothing_is_left_open(
    kind: str, ways: Ways, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "printing.spooler")
    files, threads = open_files(), set(threading.enumerate())
    with station(ways, kind, linked=True) as (here, link):
        assert link is not None
        here.spooler.start()
        assert here.next_event() == ready(here)
        for phase, (passed, ends) in PHASES.items():
            caplog.clear()
            if passed is None:
                link.cut()
                here.spooler.wake()
            else:
                link.cut_after(passed)
                here.print(phase)
            assert here.next_event() == PrinterFault(PrinterReason.UNREACHABLE), phase
            here.plug(link)
            end = here.until_settled(ready(here), waits_for_paper=bool(ends))
            assert (type(end) in ends) if ends else end is None, (phase, end)
            said = [each.getMessage().split()[0] for each in caplog.records]
            assert (said.count("printer_fault"), said.count("printer_ready")) == (1, 1), (phase, said)
    assert open_files() <= files
    assert set(threading.enumerate()) <= threads


@pytest.fixture
def deaf_line() -> Iterator[str]:
    """A serial device at whose other end nobody takes anything."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    yield os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("scheme", ["serial://", "file:"])
def test_a_line_that_takes_nothing_any_more_is_silent_and_tells_what_it_took(
    deaf_line: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (serial_stream, streams):
        monkeypatch.setattr(module, "WRITE_STALL_MS", 50)
    printer = open_printer(f"{scheme}{deaf_line}", SystemClock())
    printer.open()
    try:
        with pytest.raises(PrinterError) as caught:
            printer.write(bytes(1 << 20))
    finally:
        printer.close()
    assert caught.value.reason is PrinterReason.SILENT
    assert 0 < caught.value.accepted < 1 << 20


def test_a_serial_line_is_set_as_its_address_says_and_belongs_to_one_program(deaf_line: str) -> None:
    url = f"serial://{deaf_line}?baud=9600&flow=xonxoff&parity=even"
    address = parse_printer(url)
    assert isinstance(address, SerialAddress)
    stream = serial_stream.SerialStream(address)
    try:
        line = stream._serial
        assert (line.baudrate, line.xonxoff, line.rtscts, line.parity) == (9600, True, False, "E")
        with pytest.raises(PrinterError) as caught:
            open_printer(url, SystemClock()).open()
        assert caught.value.reason is PrinterReason.BUSY
    finally:
        stream.close()


def test_a_serial_line_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(PrinterError) as caught:
        open_printer("serial:///dev/there-is-no-such-line", SystemClock()).open()
    assert caught.value.reason is PrinterReason.UNREACHABLE
