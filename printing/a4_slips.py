"""A slip on A4, because the slip printer stands still: the same document, the same number, one copy on the A4 role."""

import logging
from collections.abc import Callable

from app.domain.paper.blocks import Document, document_from_json
from app.domain.paper.errors import PaperError
from app.ports.originals import A4Fault, A4Reason, OriginalPrinter
from app.ports.spool import JobState, PrintJob, WaySpool
from printing.delivery import JobPrinted, JobReturned, JobUnknown, WayEvent
from printing.fonts import FontMissing

log = logging.getLogger(__name__)

ID_TAIL = 6


class A4Slips:
    """Takes one slip after the other to the A4 printer; the thread of the originals owns that printer and calls here.

    A slip that certainly did not come out goes back to its own printer with the reason; one in doubt is asked for.
    """

    def __init__(
        self,
        spool: WaySpool,
        printer: OriginalPrinter,
        listener: Callable[[WayEvent], None],
        render: Callable[[Document, int], bytes],
    ) -> None:
        self._spool = spool
        self._printer = printer
        self._listener = listener
        self._render = render

    def recover(self) -> None:
        """Put every slip in doubt that was being handed over when the program ended."""
        for job in self._spool.recover():
            self._listener(JobUnknown(job.job_id))

    def step(self) -> bool:
        """Hand over the oldest slip that waits; False when there is none."""
        job = self._spool.next_queued()
        if job is None:
            return False
        try:
            pdf = self._render(document_from_json(job.document), job.reprint)
        except (FontMissing, PaperError):
            self._return(job, A4Reason.NOT_RENDERED)
            return True
        if self._spool.claim(job.job_id):
            self._hand_over(job, pdf)
        return True

    def _hand_over(self, job: PrintJob, pdf: bytes) -> None:
        try:
            self._printer.hand_over(pdf, f"{job.slip}-{job.job_id[-ID_TAIL:]}", 1)
        except A4Fault as fault:
            if fault.unsure:
                self._settle(job, JobState.UNKNOWN)
                self._listener(JobUnknown(job.job_id))
            else:
                self._settle(job, JobState.QUEUED)
                self._return(job, fault.reason)
            return
        self._settle(job, JobState.PRINTED)
        self._listener(JobPrinted(job.job_id))

    def _settle(self, job: PrintJob, state: JobState) -> None:
        self._spool.mark(job.job_id, state)
        log.info("slip_on_a4 job=%s state=%s", job.job_id, state)

    def _return(self, job: PrintJob, reason: A4Reason) -> None:
        if self._spool.give_back(job.job_id):
            self._listener(JobReturned(job.job_id, reason.value))
