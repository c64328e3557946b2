"""What becomes of a paper, whatever the printer does; no thread, no socket, no waiting."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from app.ports.spool import JobState, PrintJob
from printing.delivery import Confirmation, JobPrinted, JobUnknown, PrinterFault, PrinterReady, PrintEvent, after_break
from printing.errors import PrinterError, PrinterReason
from printing.spooler import FAULT_POLL_MS, IDLE_POLL_MS, LENT_MS, Spooler
from printing.status import ASK_CONSUMED, PrinterStatus, ask_all

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
PAPER_OUT = {1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x7E}
JAMMED = {1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}
CUT = b"\x1b@\x1bd\x04\x1dV\x00"
SILENT: dict[int, int | None] = {1: None}


@dataclass
class StandingClock:
    ms: int = 0

    def now_ms(self) -> int:
        return self.ms

    def monotonic_ms(self) -> int:
        return self.ms

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)


@dataclass
class FakePrinter:
    """Answers from ``answers``, confirms when ``confirms`` says so, and breaks where it is told to."""

    clock: StandingClock
    answers: dict[int, int | None] = field(default_factory=lambda: dict(WELL))
    confirms: Callable[[], bool] = lambda: True
    refuses: bool = False
    breaks_after: int | None = None
    hangs_up: bool = False
    written: bytes = b""
    opened: bool = False
    questions: list[int] = field(default_factory=list)

    def open(self) -> None:
        if self.refuses:
            raise PrinterError(PrinterReason.UNREACHABLE)
        self.opened = True

    def status(self, questions: tuple[int, ...]) -> PrinterStatus:
        return ask_all(self._answer, questions)

    def write(self, data: bytes) -> None:
        if self.breaks_after is not None:
            self.written += data[: self.breaks_after]
            raise PrinterError(PrinterReason.UNREACHABLE, accepted=self.breaks_after)
        self.written += data

    def await_consumed(self, timeout_ms: int) -> bool:
        if self.hangs_up:
            raise PrinterError(PrinterReason.UNREACHABLE)
        if self.confirms():
            return True
        self.clock.ms += timeout_ms
        return False

    def close(self) -> None:
        self.opened = False

    def _answer(self, n: int) -> int | None:
        self.questions.append(n)
        return self.answers.get(n)


class MemorySpool:
    """The spool as the port describes it."""

    def __init__(self, *job_ids: str) -> None:
        self.jobs = {
            job_id: PrintJob(job_id, "SL-01", {"text": job_id}, 0, JobState.QUEUED, created_ms=0) for job_id in job_ids
        }
        self.history: list[tuple[str, JobState]] = []

    def next_queued(self) -> PrintJob | None:
        for job in self.jobs.values():
            if job.state is JobState.UNKNOWN:
                return None
            if job.state is JobState.QUEUED:
                return job
        return None

    def claim(self, job_id: str) -> bool:
        queued = self.jobs[job_id].state is JobState.QUEUED
        if queued:
            self.mark(job_id, JobState.SENDING)
        return queued

    def torn_before(self, job_id: str) -> bool:
        states = [job.state for job in self.jobs.values() if job.job_id < job_id]
        return states[-1:] == [JobState.LOST]

    def mark(self, job_id: str, state: JobState) -> None:
        self.jobs[job_id] = replace(self.jobs[job_id], state=state)
        self.history.append((job_id, state))

    def recover(self) -> list[PrintJob]:
        for job in list(self.jobs.values()):
            if job.state is JobState.SENDING:
                self.mark(job.job_id, JobState.UNKNOWN)
        return [job for job in self.jobs.values() if job.state is JobState.UNKNOWN]


def encode(job: PrintJob) -> bytes:
    if job.document["text"] == "unprintable":
        raise PrinterError(PrinterReason.REFUSED)
    return f"\x1b@{job.document['text']}\n\x1dV\x00".encode()


@dataclass
class Desk:
    """A spooler with everything around it in the test's hands."""

    spool: MemorySpool
    printer: FakePrinter
    spooler: Spooler
    told: list[PrintEvent]

    def state(self, job_id: str) -> JobState:
        return self.spool.jobs[job_id].state


@pytest.fixture
def desk() -> Desk:
    return desk_with("a")


def desk_with(*job_ids: str) -> Desk:
    clock, spool, told = StandingClock(), MemorySpool(*job_ids), list[PrintEvent]()
    printer = FakePrinter(clock)
    return Desk(spool, printer, Spooler(spool, printer, encode, clock, told.append, cut_off=CUT), told)


def test_a_job_is_marked_sending_before_its_first_byte_and_printed_after_the_answer(desk: Desk) -> None:
    seen_at_write: list[JobState] = []
    desk.printer.confirms = lambda: not seen_at_write.append(desk.state("a"))
    assert desk.spooler.step() == 0
    assert seen_at_write == [JobState.SENDING]
    assert desk.spool.history == [("a", JobState.SENDING), ("a", JobState.PRINTED)]
    assert desk.told == [PrinterReady(near_end=False), JobPrinted("a")]
    assert desk.printer.written == b"\x1b@a\n\x1dV\x00" + ASK_CONSUMED


def test_status_is_asked_before_and_after(desk: Desk) -> None:
    desk.spooler.step()
    assert desk.printer.questions == [1, 2, 4, 1, 4]


def test_without_a_job_the_printer_is_only_looked_at() -> None:
    desk = desk_with()
    assert desk.spooler.step() == IDLE_POLL_MS
    assert desk.told == [PrinterReady(near_end=False)]
    assert desk.printer.written == b""


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (PAPER_OUT, PrinterReason.PAPER_OUT),
        (JAMMED, PrinterReason.CUTTER),
        (SILENT, PrinterReason.SILENT),
        ({1: 0xFF}, PrinterReason.SILENT),
    ],
)
def test_a_printer_that_is_not_ready_gets_no_byte_and_the_job_waits(
    desk: Desk, status: dict[int, int | None], reason: PrinterReason
) -> None:
    desk.printer.answers = status
    assert [desk.spooler.step() for _ in range(3)] == [FAULT_POLL_MS] * 3
    assert desk.told == [PrinterFault(reason)]
    assert desk.state("a") is JobState.QUEUED
    assert desk.printer.written == b""


def test_when_paper_is_back_the_job_goes_on_by_itself(desk: Desk) -> None:
    desk.printer.answers = dict(PAPER_OUT)
    desk.spooler.step()
    desk.printer.answers = dict(WELL)
    desk.spooler.step()
    assert desk.told == [PrinterFault(PrinterReason.PAPER_OUT), PrinterReady(near_end=False), JobPrinted("a")]


def test_a_shared_printer_may_be_another_windows_for_a_while(desk: Desk) -> None:
    lent = Spooler(desk.spool, desk.printer, encode, desk.printer.clock, desk.told.append, cut_off=CUT, shared=True)
    desk.printer.answers = SILENT
    for _ in range(3):
        assert lent.step() == FAULT_POLL_MS
    assert (desk.told, desk.state("a")) == ([], JobState.QUEUED)
    desk.printer.answers = dict(WELL)
    lent.step()
    assert desk.told == [PrinterReady(near_end=False), JobPrinted("a")]
    desk.printer.refuses = True
    lent.step()
    desk.printer.clock.ms += LENT_MS
    lent.step()
    assert desk.told[-1] == PrinterFault(PrinterReason.UNREACHABLE), "that long no paper takes"


def test_a_shared_printer_is_let_go_of_whenever_there_is_nothing_to_print() -> None:
    desk = desk_with()
    lent = Spooler(desk.spool, desk.printer, encode, desk.printer.clock, desk.told.append, cut_off=CUT, shared=True)
    assert lent.step() == IDLE_POLL_MS
    assert not desk.printer.opened
    desk.spooler.step()
    assert desk.printer.opened, "a window's own printer is kept"


def test_an_absent_printer_is_told_once_and_tried_again(desk: Desk) -> None:
    desk.printer.refuses = True
    desk.spooler.step()
    desk.spooler.step()
    assert desk.told == [PrinterFault(PrinterReason.UNREACHABLE)]
    desk.printer.refuses = False
    desk.spooler.step()
    assert desk.state("a") is JobState.PRINTED


def test_a_line_that_broke_before_the_first_byte_leaves_the_job_queued(desk: Desk) -> None:
    desk.printer.breaks_after = 0
    assert desk.spooler.step() == FAULT_POLL_MS
    assert desk.state("a") is JobState.QUEUED
    assert desk.told[-1] == PrinterFault(PrinterReason.UNREACHABLE)


@pytest.mark.parametrize("accepted", [1, 5])
def test_a_line_that_broke_after_the_first_byte_leaves_the_job_unknown(desk: Desk, accepted: int) -> None:
    desk.printer.breaks_after = accepted
    desk.spooler.step()
    assert desk.state("a") is JobState.UNKNOWN
    assert desk.told[-2:] == [PrinterFault(PrinterReason.UNREACHABLE), JobUnknown("a")]


def test_a_line_that_broke_before_the_answer_leaves_the_job_unknown(desk: Desk) -> None:
    desk.printer.hangs_up = True
    desk.spooler.step()
    assert desk.state("a") is JobState.UNKNOWN


def test_nothing_overtakes_or_repeats_an_unknown_job() -> None:
    desk = desk_with("a", "b")
    desk.printer.hangs_up = True
    desk.spooler.step()
    written = desk.printer.written
    desk.printer.hangs_up = False
    for _ in range(3):
        desk.spooler.step()
    assert desk.printer.written == written
    assert desk.state("b") is JobState.QUEUED


def test_after_a_lost_paper_the_next_begins_with_a_cut_and_the_one_after_does_not() -> None:
    desk = desk_with("a", "b", "c")
    desk.spool.mark("a", JobState.LOST)
    desk.spooler.step()
    desk.spooler.step()
    assert desk.printer.written == CUT + b"\x1b@b\n\x1dV\x00" + ASK_CONSUMED + b"\x1b@c\n\x1dV\x00" + ASK_CONSUMED


@pytest.mark.parametrize(("past_the_cut", "state"), [(0, JobState.QUEUED), (1, JobState.UNKNOWN)])
def test_a_line_that_broke_in_the_cut_leaves_the_job_untouched(past_the_cut: int, state: JobState) -> None:
    desk = desk_with("a", "b")
    desk.spool.mark("a", JobState.LOST)
    desk.printer.breaks_after = len(CUT) + past_the_cut
    desk.spooler.step()
    assert desk.state("b") is state


def test_a_healthy_printer_that_never_confirms_leaves_the_job_unknown(desk: Desk) -> None:
    desk.printer.confirms = lambda: False
    desk.spooler.step()
    assert desk.state("a") is JobState.UNKNOWN
    assert not desk.printer.opened


def test_a_job_in_the_buffer_waits_for_new_paper_however_long_it_takes(desk: Desk) -> None:
    clock = desk.printer.clock

    def confirms() -> bool:
        paper_is_back = clock.ms > 600_000
        desk.printer.answers = dict(WELL if paper_is_back or not clock.ms else PAPER_OUT)
        return paper_is_back

    desk.printer.confirms = confirms
    desk.printer.clock.ms = 1
    desk.spooler.step()
    assert desk.state("a") is JobState.PRINTED
    assert desk.told[1:] == [
        PrinterFault(PrinterReason.PAPER_OUT),
        JobPrinted("a"),
        PrinterReady(near_end=False),
    ]


def test_a_document_that_cannot_be_encoded_is_left_to_a_person() -> None:
    desk = desk_with("unprintable")
    desk.spooler.step()
    assert desk.state("unprintable") is JobState.UNKNOWN
    assert desk.told[-1] == JobUnknown("unprintable")
    assert desk.printer.written == b""


def test_the_near_end_of_the_roll_is_told_and_printed_on(desk: Desk) -> None:
    desk.printer.answers[4] = 0x1E
    desk.spooler.step()
    assert desk.told == [PrinterReady(near_end=True), JobPrinted("a")]


def test_a_job_left_on_the_wire_by_a_crash_is_unknown_after_the_start(desk: Desk) -> None:
    desk.spool.mark("a", JobState.SENDING)
    desk.spooler.start()
    desk.spooler.stop()
    assert desk.state("a") is JobState.UNKNOWN
    assert desk.told[0] == JobUnknown("a")
    assert desk.printer.written == b""


def test_a_stop_gives_up_a_printer_that_stands_still() -> None:
    confirmation = Confirmation(1_000, now_ms=0)
    paper_out = PrinterStatus(PrinterReason.PAPER_OUT)
    assert confirmation.observe(60_000, paper_out) is JobState.SENDING
    assert confirmation.observe(60_500, paper_out, stopping=True) is JobState.UNKNOWN


def test_a_stop_gives_a_healthy_printer_three_seconds() -> None:
    confirmation = Confirmation(100_000, now_ms=0)
    well = PrinterStatus(None)
    assert confirmation.observe(0, well, stopping=True) is JobState.SENDING
    assert confirmation.observe(2_999, well, stopping=True) is JobState.SENDING
    assert confirmation.observe(3_000, well, stopping=True) is JobState.UNKNOWN


def test_the_time_allowed_grows_with_the_job() -> None:
    well = PrinterStatus(None)
    assert Confirmation(0, now_ms=0).observe(5_000, well) is JobState.UNKNOWN
    assert Confirmation(9_600, now_ms=0).observe(14_999, well) is JobState.SENDING
    assert Confirmation(9_600, now_ms=0).observe(15_000, well) is JobState.UNKNOWN


def test_only_an_untouched_job_may_go_again() -> None:
    assert after_break(0) is JobState.QUEUED
    assert after_break(1) is JobState.UNKNOWN


def test_a_paper_written_by_hand_in_the_last_moment_is_not_printed_as_well() -> None:
    desk = desk_with("a")
    queued = desk.spool.next_queued
    # The clerk's word comes between the look into the spool and the first byte.
    desk.spool.next_queued = lambda: _then(queued(), lambda: desk.spool.mark("a", JobState.HANDWRITTEN))

    desk.spooler.step()

    assert desk.state("a") is JobState.HANDWRITTEN
    assert desk.printer.written == b""


def _then(value: PrintJob | None, act: Callable[[], None]) -> PrintJob | None:
    act()
    return value
