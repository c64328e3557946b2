"""A paper on another window's printer: once, between its own papers, and back where it came from when it cannot."""

from collections.abc import Iterator
from queue import Queue
from typing import Any

import pytest
from memory_spool import CUT, JOB, MemorySpool
from printer_ends import PATIENCE_S

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState, PrintJob, PrintWay
from app.storage.spool import CounterSpool
from printing import guest_spooler
from printing.delivery import JobPrinted, JobReturned, JobUnknown, OtherPrinter, PrinterReady, WayEvent
from printing.errors import PrinterReason
from printing.guest_spooler import GuestSpooler
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.transport import Printer, open_printer

TRIES = 10
"""Each waits half a second for an answer; on a busy machine the guest's own looks may take as long."""


class Guest:
    """A counter whose paper goes to the printer of its neighbour."""

    def __init__(self, kit: Any, simulator: PrinterSimulator) -> None:
        self.kit, self.simulator = kit, simulator
        self.told: Queue[WayEvent] = Queue()
        self.spool = CounterSpool(kit.database, PrintWay.OTHER)
        self.spooler = GuestSpooler(
            self.spool, self.printer(), lambda _: JOB, SystemClock(), self.told.put, cut_off=CUT
        )

    def printer(self) -> Printer:
        return open_printer("tcp://{}:{}".format(*self.simulator.address), SystemClock())

    def send(self, job_id: str) -> None:
        job = PrintJob(job_id, "SL-05", {"version": 1}, 0, JobState.QUEUED, 1, way=PrintWay.OTHER)
        with self.kit.store.begin() as work:
            work.queue_print(job)
        self.spooler.wake()

    def hears(self) -> WayEvent:
        return self.told.get(timeout=PATIENCE_S)

    def papers(self) -> int:
        return len(self.simulator.handle({"do": "papers"})["papers"])


@pytest.fixture
def guest(kit: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guest]:
    monkeypatch.setattr(guest_spooler, "FAULT_POLL_MS", 20)
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock())
    simulator.start()
    guest = Guest(kit, simulator)
    guest.spooler.start()
    yield guest
    guest.spooler.stop()
    simulator.stop()


def test_it_prints_once_between_the_other_windows_own_papers(guest: Guest) -> None:
    own, told = MemorySpool(), Queue[object]()
    clock = SystemClock()
    owner = Spooler(own, guest.printer(), lambda _: JOB, clock, told.put, cut_off=CUT, shared=True)
    owner.start()
    try:
        for number in range(3):
            own.add(f"own-{number}")
            guest.send(f"guest-{number}")
            owner.wake()
            assert guest.hears() == JobPrinted(f"guest-{number}")
            while (heard := told.get(timeout=PATIENCE_S)) != JobPrinted(f"own-{number}"):
                assert heard == PrinterReady(near_end=False), "a printer that is lent is not broken"
    finally:
        owner.stop()
    assert guest.papers() == 6
    assert guest.told.empty(), "the state of somebody else's printer is nobody's business while it has no paper of ours"


def test_without_a_paper_the_line_is_free_for_the_other_window(guest: Guest) -> None:
    guest.send("a")
    assert guest.hears() == JobPrinted("a")
    owner = guest.printer()
    owner.open()
    try:
        assert owner.status((1,)).fault is None
    finally:
        owner.close()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("paper_out", PrinterReason.PAPER_OUT),
        ("cover_open", PrinterReason.COVER_OPEN),
        ("die", PrinterReason.UNREACHABLE),
    ],
)
def test_what_cannot_be_printed_there_comes_back_with_the_reason(
    guest: Guest, kind: str, reason: PrinterReason, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guest_spooler, "PATIENCE_MS", 50)
    guest.simulator.handle({"do": "fault", "kind": kind})
    guest.send("a")
    assert guest.hears() == JobReturned("a", reason.value)
    assert (guest.spool.next_queued(), guest.papers()) == (None, 0)
    waiting = guest.kit.spool.next_queued()
    assert (waiting.job_id, waiting.way) == ("a", PrintWay.OWN)


def test_a_moments_fault_is_waited_for(guest: Guest) -> None:
    guest.simulator.handle({"do": "fault", "kind": "cover_open"})
    guest.send("a")
    owner, seen = guest.printer(), PrinterReason.SILENT
    for _ in range(TRIES):
        owner.open()
        seen = owner.status((1, 2)).fault or seen
        owner.close()
        if seen is PrinterReason.COVER_OPEN:
            break
    assert seen is PrinterReason.COVER_OPEN, "whoever waits must not hold the line"
    assert guest.told.empty()
    guest.simulator.handle({"do": "mend"})
    assert guest.hears() == JobPrinted("a")


def test_a_fault_in_the_middle_is_told_and_mended_it_goes_on(guest: Guest) -> None:
    guest.simulator.handle({"do": "fault", "kind": "paper_out", "after_rows": 20})
    guest.send("a")
    assert guest.hears() == OtherPrinter(PrinterReason.PAPER_OUT)
    guest.simulator.handle({"do": "mend"})
    assert {str(guest.hears()), str(guest.hears())} == {str(OtherPrinter(None)), str(JobPrinted("a"))}
    assert guest.papers() == 1


def test_one_lost_on_the_way_is_in_doubt_and_not_sent_again(guest: Guest) -> None:
    guest.simulator.handle({"do": "fault", "kind": "die", "after_bytes": 9 + len(JOB) // 2})
    guest.send("a")
    assert guest.hears() == OtherPrinter(PrinterReason.UNREACHABLE)
    assert guest.hears() == JobUnknown("a")
    guest.simulator.handle({"do": "mend"})
    assert (guest.spool.next_queued(), guest.kit.spool.next_queued(), guest.papers()) == (None, None, 0)
