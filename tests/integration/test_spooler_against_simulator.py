"""Spooler, line and simulated printer over real sockets: whatever breaks, never two papers."""

import threading
import time
from collections.abc import Iterator
from queue import Queue
from typing import Any

import pytest
from memory_spool import CUT, JOB, TEXT, MemorySpool

from app.ports.spool import JobState
from devices.simulation.link import Link
from printing.delivery import JobPrinted, JobUnknown, PrinterFault, PrinterReady, PrintEvent
from printing.errors import PrinterReason
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.transport import open_printer

ASKED_BEFORE = 9
"""Bytes of the three status questions that precede a job."""
PATIENCE_S = 10.0


class RealClock:
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)


class Counter:
    """A spooler whose printer hangs on a cable that can be cut."""

    def __init__(self, simulator: PrinterSimulator) -> None:
        self.simulator = simulator
        self.link = Link("127.0.0.1", 0, simulator.address)
        self.link.start()
        self.spool = MemorySpool()
        self.told: Queue[PrintEvent] = Queue()
        clock = RealClock()
        printer = open_printer("tcp://{}:{}".format(*self.link.address), clock)
        self.spooler = Spooler(self.spool, printer, lambda _: JOB, clock, self.told.put, cut_off=CUT)

    def print(self, job_id: str) -> None:
        self.spool.add(job_id)
        self.spooler.wake()

    def hears(self, *expected: PrintEvent) -> None:
        assert [self.told.get(timeout=PATIENCE_S) for _ in expected] == list(expected)

    def hears_among_others(self, expected: PrintEvent) -> None:
        while self.told.get(timeout=PATIENCE_S) != expected:
            pass

    def papers(self) -> list[dict[str, Any]]:
        papers: list[dict[str, Any]] = self.simulator.handle({"do": "papers"})["papers"]
        return papers


READY = PrinterReady(near_end=False)


@pytest.fixture
def simulator() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator("127.0.0.1", 0, RealClock())
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def counter(simulator: PrinterSimulator) -> Iterator[Counter]:
    before = set(threading.enumerate())
    counter = Counter(simulator)
    yield counter
    counter.spooler.stop()
    counter.link.stop()
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def test_a_job_is_printed_once_and_byte_for_byte(counter: Counter) -> None:
    counter.spooler.start()
    counter.hears(READY)
    counter.print("a")
    counter.hears(JobPrinted("a"))
    (paper,) = counter.papers()
    assert paper["violations"] == []
    assert paper["bytes"] == len(JOB)
    assert paper["text"].startswith(TEXT)
    assert counter.spool.state("a") is JobState.PRINTED


def test_from_wake_to_confirmed_takes_no_longer_than_a_glance(counter: Counter) -> None:
    counter.spooler.start()
    counter.hears(READY)
    counter.print("warm")
    counter.hears(JobPrinted("warm"))
    took_ms = []
    for number in range(20):
        began = time.monotonic()
        counter.print(str(number))
        counter.hears(JobPrinted(str(number)))
        took_ms.append((time.monotonic() - began) * 1000)
    assert sorted(took_ms)[10] <= 20


def test_paper_out_before_a_job_is_a_fault_and_new_paper_prints_it_once(counter: Counter) -> None:
    counter.simulator.handle({"do": "fault", "kind": "paper_out"})
    counter.print("a")
    counter.spooler.start()
    counter.hears(PrinterFault(PrinterReason.PAPER_OUT))
    assert counter.papers() == []
    assert counter.spool.state("a") is JobState.QUEUED
    counter.simulator.handle({"do": "mend"})
    counter.hears(READY, JobPrinted("a"))
    assert len(counter.papers()) == 1


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "paper_out", "after_rows": 20}, PrinterReason.PAPER_OUT),
        ({"kind": "cover_open", "after_bytes": 10}, PrinterReason.COVER_OPEN),
        ({"kind": "cutter"}, PrinterReason.CUTTER),
    ],
)
def test_a_fault_in_the_middle_of_a_job_goes_on_by_itself_when_mended(
    counter: Counter, fault: dict[str, Any], reason: PrinterReason
) -> None:
    counter.spooler.start()
    counter.hears(READY)
    counter.simulator.handle({"do": "fault", **fault})
    counter.print("a")
    counter.hears(PrinterFault(reason))
    assert counter.spool.state("a") is JobState.SENDING
    assert counter.papers() == []
    counter.simulator.handle({"do": "mend"})
    told = [counter.told.get(timeout=PATIENCE_S) for _ in range(2)]
    assert sorted(map(str, told)) == sorted(map(str, [JobPrinted("a"), READY]))
    assert len(counter.papers()) == 1


HALF, WHOLE = (JobState.UNKNOWN, 0), (JobState.UNKNOWN, 1)


@pytest.mark.parametrize(
    ("offset", "outcomes"),
    [
        # Without the last status answer the job is not begun and goes again; with it, its bytes may be on the wire.
        (0, {(JobState.PRINTED, 1), HALF}),
        (1, {HALF}),
        (len(JOB) // 2, {HALF}),
        (len(JOB) - 1, {HALF}),
        (len(JOB), {WHOLE}),
        (len(JOB) + 2, {WHOLE}),
    ],
)
def test_a_cable_cut_at_any_byte_never_gives_two_papers(
    counter: Counter, offset: int, outcomes: set[tuple[JobState, int]]
) -> None:
    counter.link.cut_after(ASKED_BEFORE + offset)
    counter.print("a")
    counter.spooler.start()
    counter.hears_among_others(PrinterFault(PrinterReason.UNREACHABLE))
    counter.link.start()
    counter.hears_among_others(READY)
    counter.spooler.stop()
    assert (counter.spool.state("a"), len(counter.papers())) in outcomes


def test_an_absent_printer_is_a_fault_and_prints_when_it_appears(counter: Counter) -> None:
    counter.link.cut()
    counter.print("a")
    counter.spooler.start()
    counter.hears(PrinterFault(PrinterReason.UNREACHABLE))
    counter.link.start()
    counter.hears(READY, JobPrinted("a"))
    assert len(counter.papers()) == 1


def test_a_printer_switched_off_in_the_middle_leaves_the_job_unknown(counter: Counter) -> None:
    counter.spooler.start()
    counter.hears(READY)
    counter.simulator.handle({"do": "fault", "kind": "die", "after_bytes": ASKED_BEFORE + 40})
    counter.print("a")
    counter.hears(PrinterFault(PrinterReason.UNREACHABLE), JobUnknown("a"))
    counter.simulator.handle({"do": "mend"})
    counter.hears(READY)
    assert counter.papers() == []


def test_half_of_a_lost_paper_is_cut_off_before_the_next(counter: Counter) -> None:
    counter.spooler.start()
    counter.hears(READY)
    counter.link.cut_after(len(JOB) // 2)
    counter.print("a")
    counter.hears(PrinterFault(PrinterReason.UNREACHABLE), JobUnknown("a"))
    counter.link.start()
    counter.hears(READY)
    assert counter.papers() == [], "the half still hangs in the printer"
    counter.spool.mark("a", JobState.LOST)
    counter.print("b")
    counter.print("c")
    counter.hears(JobPrinted("b"), JobPrinted("c"))
    half, whole, next_one = counter.papers()
    assert half["text"].count(TEXT) <= 1
    for paper in (whole, next_one):
        assert paper["bytes"] == len(JOB)
        assert paper["text"].startswith(TEXT)
        assert paper["violations"] == []


def test_a_reset_in_the_middle_leaves_the_job_unknown(counter: Counter) -> None:
    counter.spooler.start()
    counter.hears(READY)
    counter.simulator.handle({"do": "fault", "kind": "reset", "after_bytes": ASKED_BEFORE + 40})
    counter.print("a")
    counter.hears(PrinterFault(PrinterReason.UNREACHABLE), JobUnknown("a"), READY)
    assert counter.papers() == []


def test_a_silent_printer_gets_no_job(counter: Counter) -> None:
    counter.simulator.handle({"do": "fault", "kind": "silent"})
    counter.print("a")
    counter.spooler.start()
    counter.hears(PrinterFault(PrinterReason.SILENT))
    counter.simulator.handle({"do": "mend"})
    counter.hears(READY, JobPrinted("a"))
    assert len(counter.papers()) == 1


def test_a_slow_printer_is_waited_for(counter: Counter) -> None:
    counter.spooler.start()
    counter.hears(READY)
    counter.simulator.handle({"do": "fault", "kind": "slow", "bytes_per_second": 400})
    counter.print("a")
    counter.hears(JobPrinted("a"))
    assert len(counter.papers()) == 1


def test_the_control_words_show_the_papers_and_empty_the_tray(counter: Counter) -> None:
    counter.spooler.start()
    counter.print("a")
    counter.hears(READY, JobPrinted("a"))
    handle = counter.simulator.handle
    assert handle({"do": "paper", "index": 1})["png"].startswith("iVBOR")
    assert [paper["index"] for paper in handle({"do": "take"})["papers"]] == [1]
    assert handle({"do": "state"})["papers"] == 0
    for wrong in ({"do": "burn"}, {"do": "paper", "index": 1}, {"do": "fault", "kind": "fire"}):
        with pytest.raises(ValueError, match=r"must be|no paper|not a valid"):
            handle(wrong)
