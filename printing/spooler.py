"""The one thread that owns a printer: it takes committed papers from the durable spool and tells what became of them.

A paper that may have come out is never sent again by itself; a paper that certainly has not waits and goes on.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread

from app.ports.clock import Clock
from app.ports.spool import JobState, PrintJob, Spool
from app.ports.store_fault import StoreFault
from printing.delivery import Confirmation, JobPrinted, JobUnknown, PrinterFault, PrintEvent, Watch, after_break
from printing.errors import PrinterError, PrinterReason
from printing.status import AFTERWARDS, ASK_CONSUMED, ROUTINE, PrinterStatus
from printing.transport import Printer

log = logging.getLogger(__name__)

FAULT_POLL_MS = 500
STORE_PAUSE_MS = 5_000
IDLE_POLL_MS = 5_000
"""An idle printer is looked at too, so that missing paper is seen before the next citizen needs it."""
LENT_MS = 8_000
"""So long a shared printer may be silent before that is a fault: a paper of another window takes a few seconds."""
_NOBODY_ANSWERS = frozenset({PrinterReason.SILENT, PrinterReason.UNREACHABLE, PrinterReason.BUSY})


class Spooler:
    """Prints one job after the other.

    ``encode`` turns a job into printer bytes and raises ``PrinterError(REFUSED)`` for a document it cannot
    print: that job becomes unknown, for a person to decide on.
    ``cut_off`` goes before a job whose predecessor was lost, so that no citizen gets half of another's paper.
    ``shared``: other windows print here as well, so the line is let go of whenever there is nothing to print.
    ``listener`` is called in the spooler's thread and must return quickly.
    """

    def __init__(
        self,
        spool: Spool,
        printer: Printer,
        encode: Callable[[PrintJob], bytes],
        clock: Clock,
        listener: Callable[[PrintEvent], None],
        *,
        cut_off: bytes,
        shared: bool = False,
    ) -> None:
        self._spool = spool
        self._printer = printer
        self._encode = encode
        self._clock = clock
        self._listener = listener
        self._cut_off = cut_off
        self._shared = shared
        self._unanswered_since_ms: int | None = None
        self._away = False
        self._watch = Watch()
        self._recover_due = True
        self._woken = Event()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="print-spooler", daemon=True)

    def start(self) -> None:
        """Recover what the last run left on the wire, then print."""
        self._thread.start()

    def wake(self) -> None:
        """Tell that a job was committed, or that somebody mended the printer."""
        self._woken.set()

    def stop(self) -> None:
        """End the thread and hang up.

        A job on the wire may still be confirmed, unless the printer stands still: then it becomes unknown at once.
        """
        self._stopping.set()
        self._woken.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._woken.wait(self._step_or_pause() / 1000)
                self._woken.clear()  # before the next look, so that no call is lost
        except Exception:
            log.exception("spooler_failed")
            self._listener(PrinterFault(PrinterReason.FAILED))
            raise
        finally:
            self._printer.close()

    def _step_or_pause(self) -> int:
        try:
            if self._recover_due:
                for job in self._spool.recover():
                    self._listener(JobUnknown(job.job_id))
                self._recover_due = False
            return self.step()
        except StoreFault as fault:
            # A full disk or a busy store passes; what was on the wire meanwhile is in doubt.
            log.error("spooler_store_fault reason=%s", fault.reason)  # noqa: TRY400 - the reason says it all
            self._recover_due = True
            return STORE_PAUSE_MS

    def step(self) -> int:
        """Look at the printer, print the oldest job if there is one, and return the milliseconds to wait now."""
        if self._look(ROUTINE) is not None:
            return FAULT_POLL_MS
        job = self._spool.next_queued()
        if job is None:
            if self._shared:
                self._printer.close()
            return IDLE_POLL_MS
        return self._print(job)

    def _print(self, job: PrintJob) -> int:
        try:
            data = self._encode(job)
        except PrinterError:
            log.warning("print_job_refused job=%s", job.job_id)
            self._settle(job.job_id, JobState.UNKNOWN)  # the queue must not stand behind it without anyone knowing
            return 0
        first = self._cut_off if self._spool.torn_before(job.job_id) else b""
        if not self._spool.claim(job.job_id):
            return 0  # written by hand in this very moment
        state = self._send(first, data)
        self._settle(job.job_id, state)
        return 0 if state is JobState.PRINTED else FAULT_POLL_MS

    def _send(self, first: bytes, data: bytes) -> JobState:
        try:
            self._printer.write(first + data + ASK_CONSUMED)
        except PrinterError as error:
            self._lost(error)
            return after_break(max(0, error.accepted - len(first)))
        state = self._await_confirmation(len(first + data))
        if state is JobState.UNKNOWN:
            self._printer.close()  # an answer that still comes must not confirm the next job
        return state

    def _settle(self, job_id: str, state: JobState) -> None:
        self._spool.mark(job_id, state)
        log.info("print_job job=%s state=%s", job_id, state)
        if state is JobState.PRINTED:
            self._listener(JobPrinted(job_id))
            self._look(AFTERWARDS)
        elif state is JobState.UNKNOWN:
            self._listener(JobUnknown(job_id))

    def _await_confirmation(self, size: int) -> JobState:
        confirmation = Confirmation(size, self._clock.monotonic_ms())
        state = JobState.SENDING
        while state is JobState.SENDING:
            try:
                if self._printer.await_consumed(FAULT_POLL_MS):
                    return JobState.PRINTED
                status = self._printer.status(ROUTINE)
            except PrinterError as error:
                self._lost(error)
                return JobState.UNKNOWN
            self._tell(status)
            state = confirmation.observe(self._clock.monotonic_ms(), status, stopping=self._stopping.is_set())
        return state

    def _look(self, questions: tuple[int, ...]) -> PrinterReason | None:
        try:
            self._printer.open()
            status = self._printer.status(questions)
        except PrinterError as error:
            self._lost(error)
            return error.reason
        self._tell(status)
        return status.fault

    def _lost(self, error: PrinterError) -> None:
        self._printer.close()
        self._tell(PrinterStatus(error.reason))

    def _lent(self, status: PrinterStatus) -> bool:
        """Say whether nobody answers because another window's paper may be coming out just now."""
        if not self._shared or status.fault not in _NOBODY_ANSWERS:
            self._unanswered_since_ms = None
            return False
        now_ms = self._clock.monotonic_ms()
        if self._unanswered_since_ms is None:
            self._unanswered_since_ms = now_ms
        return now_ms - self._unanswered_since_ms < LENT_MS

    def _tell(self, status: PrinterStatus) -> None:
        if self._lent(status):
            return
        event = self._watch.observe(status)
        if event is None:
            return
        if isinstance(event, PrinterFault):
            away = event.reason in _NOBODY_ANSWERS
            if not (away and self._away):  # who stays away in another manner was lost already
                log.warning("printer_fault reason=%s", event.reason)
            self._away = away
        else:
            self._away = False
            log.info("printer_ready near_end=%s", event.near_end)
        self._listener(event)
