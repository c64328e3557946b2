"""Prints on another window's printer what a clerk sent there; the printer is that window's, this one is a guest.

The line is taken for one paper and let go of again, for most printers talk to one program at a time. A paper that the
other printer cannot take goes back to its own, with the reason; nothing is tried behind the clerk's back.
"""

from collections.abc import Callable
from typing import Final

from typing_extensions import override

from app.ports.clock import Clock
from app.ports.spool import PrintJob, WaySpool
from printing.delivery import JobReturned, OtherPrinter, PrinterFault, PrinterReady, PrintEvent, WayEvent
from printing.errors import PrinterReason
from printing.spooler import FAULT_POLL_MS, IDLE_POLL_MS, Spooler
from printing.status import ROUTINE
from printing.transport import Printer

PATIENCE_MS: Final = 8_000
"""The other window's own paper may be coming out just now, and its program looks at the printer now and then."""


class GuestSpooler(Spooler):
    """A ``Spooler`` whose printer is looked at for a paper alone, and told of while it has one of ours."""

    def __init__(
        self,
        spool: WaySpool,
        printer: Printer,
        encode: Callable[[PrintJob], bytes],
        clock: Clock,
        listener: Callable[[WayEvent], None],
        *,
        cut_off: bytes,
    ) -> None:
        super().__init__(spool, printer, encode, clock, self._hear, cut_off=cut_off)
        self._ways = spool
        self._tell_counter = listener
        self._has_paper = False
        self._waits_since_ms: int | None = None

    @override
    def step(self) -> int:
        job = self._ways.next_queued()
        if job is None:
            self._waits_since_ms = None
            return IDLE_POLL_MS
        fault = self._look(ROUTINE)
        if fault is not None:
            self._printer.close()
            return self._wait_for(job, fault)
        self._waits_since_ms, self._has_paper = None, True
        try:
            return self._print(job)
        finally:
            self._has_paper = False
            self._printer.close()

    def _wait_for(self, job: PrintJob, fault: PrinterReason) -> int:
        """Return how long to wait before the next look; with the patience the paper goes back."""
        now_ms = self._clock.monotonic_ms()
        self._waits_since_ms = self._waits_since_ms or now_ms
        if now_ms - self._waits_since_ms < PATIENCE_MS:
            return FAULT_POLL_MS
        self._waits_since_ms = None
        if self._ways.give_back(job.job_id):
            self._tell_counter(JobReturned(job.job_id, fault.value))
        return 0

    def _hear(self, event: PrintEvent) -> None:
        """Pass on what concerns the paper; the state of somebody else's printer only while it has the paper.

        That this thread has ended concerns every paper that waits for it.
        """
        match event:
            case PrinterFault(reason):
                if self._has_paper or reason is PrinterReason.FAILED:
                    self._tell_counter(OtherPrinter(reason))
            case PrinterReady():
                if self._has_paper:
                    self._tell_counter(OtherPrinter(None))
            case _:
                self._tell_counter(event)
