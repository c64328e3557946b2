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
from printing.status import (
    AFTERWARDS,
    ASK_CONSUMED,
    CAUSE,
    ROUTINE,
    PrinterStatus,
    has_error,
    is_unexplained,
    read_status,
)
from printing.transport import Printer

log = logging.getLogger(__name__)

FAULT_POLL_MS = 500
STORE_PAUSE_MS = 5_000
IDLE_POLL_MS = 5_000
"""An idle printer is looked at too, so that missing paper is seen before the next citizen needs it."""


class Spooler:
    """Prints one job after the other.

    ``encode`` turns a job into printer bytes and raises ``PrinterError(REFUSED)`` for a document it cannot
    print: that job becomes unknown, for a person to decide on.
    ``cut_off`` goes before a job whose predecessor was lost, so that no citizen gets half of another's paper.
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
    ) -> None:
        self._spool = spool
        self._printer = printer
        self._encode = encode
        self._clock = clock
        self._listener = listener
        self._cut_off = cut_off
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
            return IDLE_POLL_MS
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
                status = self._ask(ROUTINE)
            except PrinterError as error:
                self._lost(error)
                return JobState.UNKNOWN
            self._tell(status)
            state = confirmation.observe(self._clock.monotonic_ms(), status, stopping=self._stopping.is_set())
        return state

    def _look(self, questions: tuple[int, ...]) -> PrinterReason | None:
        try:
            self._printer.open()
            status = self._ask(questions)
        except PrinterError as error:
            self._lost(error)
            return error.reason
        self._tell(status)
        return status.fault

    def _ask(self, questions: tuple[int, ...]) -> PrinterStatus:
        answers: dict[int, int | None] = {}
        for n in questions:
            answers[n] = self._printer.ask_status(n)
            if answers[n] is None:
                break
        if has_error(answers):
            answers[CAUSE] = self._printer.ask_status(CAUSE)
        if is_unexplained(answers):
            answers[1] = self._printer.ask_status(1)
        return read_status(answers)

    def _lost(self, error: PrinterError) -> None:
        self._printer.close()
        self._tell(PrinterStatus(error.reason))

    def _tell(self, status: PrinterStatus) -> None:
        event = self._watch.observe(status)
        if event is None:
            return
        if isinstance(event, PrinterFault):
            log.warning("printer_fault reason=%s", event.reason)
        else:
            log.info("printer_ready near_end=%s", event.near_end)
        self._listener(event)
