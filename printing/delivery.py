"""Decides what became of a paper and what the counter is told, without touching a printer, a clock or a thread."""

from dataclasses import dataclass

from app.ports.spool import JobState
from printing.errors import PrinterReason
from printing.status import PrinterStatus

CONFIRM_BASE_MS = 5_000
"""The way of the paper itself: 150 mm at the 50 mm/s of a slow mechanism, and the cut."""
SLOWEST_BYTES_PER_S = 960
"""A 9600-baud line behind a network box: the slowest way that is still installed."""
STOP_GRACE_MS = 3_000
"""What a job on the wire may still take when the program ends."""
_NAMED_BY_THE_PRINTER = frozenset(
    {
        PrinterReason.OFFLINE,
        PrinterReason.PAPER_OUT,
        PrinterReason.COVER_OPEN,
        PrinterReason.CUTTER,
        PrinterReason.UNRECOVERABLE,
        PrinterReason.RESTING,
        PrinterReason.QUEUE_STOPPED,
    }
)


@dataclass(frozen=True, slots=True)
class JobPrinted:
    """The printer confirmed that it consumed the whole job."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobUnknown:
    """Bytes were on their way and no confirmation came: a person must look at the printer."""

    job_id: str


@dataclass(frozen=True, slots=True)
class PrinterFault:
    """The printer cannot print; told once per change of reason. Queued jobs wait and go on by themselves."""

    reason: PrinterReason


@dataclass(frozen=True, slots=True)
class PrinterReady:
    """The printer can print (again); told once, and again when the near-end of the roll appears or goes.

    ``blind``: a queue stands between, and nobody here can see the paper.
    """

    near_end: bool
    blind: bool = False


@dataclass(frozen=True, slots=True)
class JobReturned:
    """What was sent another way could not be printed there and certainly was not: it waits at its own printer again.

    ``code`` names why, in the message table.
    """

    job_id: str
    code: str


@dataclass(frozen=True, slots=True)
class OtherPrinter:
    """What the printer of another window complains of while it has a paper of ours; None once it does no more."""

    fault: PrinterReason | None


PrintEvent = JobPrinted | JobUnknown | PrinterFault | PrinterReady
WayEvent = PrintEvent | JobReturned | OtherPrinter
"""What a counter hears of its papers, whichever way they go."""


class Watch:
    """Turns a stream of observations into one event per change."""

    def __init__(self) -> None:
        self._told: PrinterFault | PrinterReady | None = None

    def observe(self, status: PrinterStatus) -> PrinterFault | PrinterReady | None:
        """Return the event to tell, or None when nothing changed."""
        event = PrinterReady(status.near_end, status.blind) if status.fault is None else PrinterFault(status.fault)
        if event == self._told:
            return None
        self._told = event
        return event


class Confirmation:
    """What a job that has been written whole is waiting for.

    The time allowed grows with the job. It stands still while the printer itself names a fault: the data lies in its
    buffer, and it goes on when the paper is back. Silence names nothing, so it lets the time run.
    """

    def __init__(self, size: int, now_ms: int) -> None:
        self._left_ms = CONFIRM_BASE_MS + size * 1000 // SLOWEST_BYTES_PER_S
        self._last_ms = now_ms

    def observe(self, now_ms: int, status: PrinterStatus, *, stopping: bool = False) -> JobState:
        """Return ``SENDING`` to go on waiting, or ``UNKNOWN``; when ``stopping``, a printer at fault is not awaited."""
        if stopping:
            self._left_ms = 0 if status.fault else min(self._left_ms, STOP_GRACE_MS)
        if not _named(status.fault):
            self._left_ms -= now_ms - self._last_ms
        self._last_ms = now_ms
        return JobState.SENDING if self._left_ms > 0 else JobState.UNKNOWN


def after_break(accepted: int) -> JobState:
    """Tell what becomes of a job whose line broke while it was written: untouched, it may go again."""
    return JobState.UNKNOWN if accepted else JobState.QUEUED


def _named(fault: PrinterReason | None) -> bool:
    return fault in _NAMED_BY_THE_PRINTER
