"""The A4 role on a queue of CUPS: handed over is not printed, so the queue is asked until the paper is out."""

import threading
from collections.abc import Collection
from typing import Final

from app.ports.clock import Clock
from app.ports.originals import A4Fault, A4Reason, HandedOver
from printing.cups import CupsQueue
from printing.errors import PrinterReason
from printing.queue_state import Progress, QueueFault, QueueState

PATIENCE_MS: Final = 180_000
"""A laser that has to warm up, and two copies; behind other people's documents it may take longer."""
POLL_S: Final = 1.0

_NOT_TAKEN: Final = {
    PrinterReason.NO_DRIVER: A4Reason.NO_PROGRAM,
    PrinterReason.SILENT: A4Reason.UNANSWERED,
}


class LpPrinter:
    """Hands PDFs to a queue and waits until they are printed, given up or stuck; then they are taken back.

    What is taken back before it began has certainly not been printed; everything else is for a person to look at.
    """

    def __init__(self, queue: str, clock: Clock, *, poll_s: float = POLL_S) -> None:
        self._name = queue
        self._queue = CupsQueue(queue, ("media=A4",))
        self._clock = clock
        self._poll_s = poll_s
        self._stopping = threading.Event()

    def hand_over(self, pdf: bytes, name: str, copies: int) -> HandedOver:
        """See ``OriginalPrinter``; blocks for at most three minutes."""
        if self._stands().fault is PrinterReason.QUEUE_STOPPED:
            raise A4Fault(A4Reason.STOPPED)
        try:
            job = self._queue.submit(pdf, name, copies)
        except QueueFault as fault:
            raise A4Fault(_NOT_TAKEN.get(fault.reason, A4Reason.REFUSED), unsure=fault.unsure) from fault
        self._await(job)
        return HandedOver(f"lp:{self._name}")

    def stop_waiting(self) -> None:
        """See ``OriginalPrinter``."""
        self._stopping.set()

    def keep_only(self, names: Collection[str]) -> None:
        """See ``OriginalPrinter``: a queue keeps nothing here."""

    def _await(self, job: str) -> None:
        deadline_ms = self._clock.monotonic_ms() + PATIENCE_MS
        begun = False
        while True:
            progress = self._progress(job)
            begun = begun or progress is Progress.PRINTING
            if progress is Progress.DONE:
                return
            if progress in (Progress.DROPPED, Progress.GONE):
                raise A4Fault(A4Reason.DROPPED, unsure=True)
            fault = self._stands().fault
            if fault is PrinterReason.QUEUE_STOPPED:
                raise self._taken_back(job, A4Reason.STOPPED, A4Reason.STOPPED_MIDWAY, begun=begun)
            if self._clock.monotonic_ms() >= deadline_ms:
                empty = fault is PrinterReason.PAPER_OUT
                sure, unsure = (A4Reason.NO_PAPER, A4Reason.NO_PAPER_MIDWAY) if empty else _STUCK
                raise self._taken_back(job, sure, unsure, begun=begun)
            if self._stopping.wait(self._poll_s):
                raise self._taken_back(job, A4Reason.INTERRUPTED, A4Reason.INTERRUPTED, begun=True)

    def _taken_back(self, job: str, sure: A4Reason, unsure: A4Reason, *, begun: bool) -> A4Fault:
        """Take the document back, and return the fault that says whether any of it may have come out."""
        try:
            self._queue.cancel(job)
        except QueueFault:
            begun = True
        return A4Fault(unsure, unsure=True) if begun else A4Fault(sure)

    def _progress(self, job: str) -> Progress:
        """Return where it stands; a scheduler that does not answer is asked again."""
        try:
            return self._queue.progress(job)
        except QueueFault:
            return Progress.WAITING

    def _stands(self) -> QueueState:
        try:
            return self._queue.state()
        except QueueFault as fault:
            return QueueState(fault.reason)


_STUCK: Final = (A4Reason.UNFINISHED, A4Reason.UNFINISHED_MIDWAY)
