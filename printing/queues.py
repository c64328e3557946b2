"""A printer behind a queue of the system: CUPS or Windows (devices.md 3.2: its own status is not available).

A document is through when the queue says that it passed all of it on. One the queue gave up or forgot is in doubt. One
that is given up here is taken back first: the paper that may follow must not lie beside it.
"""

import logging
import time
from collections.abc import Callable
from typing import Protocol

from app.ports.clock import Clock
from printing.address import QueueAddress
from printing.errors import PrinterError, PrinterReason
from printing.queue_state import Progress, QueueFault, QueueState
from printing.status import ASK_CONSUMED, PrinterStatus

log = logging.getLogger(__name__)

POLL_MS = 300
TITLE = "slip"
"""A document's name in the queue names no person and no case."""


class Queue(Protocol):
    """What CUPS and Windows have in common; each verb may raise ``QueueFault``."""

    def state(self) -> QueueState:
        """How the queue stands."""
        ...

    def submit(self, data: bytes, title: str, copies: int = 1) -> str:
        """Hand a document over; return its name in the queue."""
        ...

    def progress(self, job: str) -> Progress:
        """Where a document stands."""
        ...

    def cancel(self, job: str) -> None:
        """Take a document back."""
        ...


class QueuePrinter:
    """Implements ``printing.transport.Printer`` over a queue. One thread owns it.

    ``pause`` waits so many seconds.
    """

    def __init__(self, queue: Queue, clock: Clock, pause: Callable[[float], object]) -> None:
        self._queue = queue
        self._clock = clock
        self._pause = pause
        self._under_way: str | None = None

    def open(self) -> None:
        """There is nothing to open: every question goes to the queue anew."""

    def status(self, questions: tuple[int, ...]) -> PrinterStatus:  # noqa: ARG002 - a queue knows no DLE EOT
        """Return what the queue says; ready means that it passes on what it takes.

        Raises:
            PrinterError: no such queue, or no spooler on this computer. While a document is under way this is silence:
                a spooler that starts anew goes on with what it has.
        """
        try:
            state = self._queue.state()
        except QueueFault as fault:
            if self._under_way is not None:
                return PrinterStatus(PrinterReason.SILENT, blind=True)
            raise PrinterError(fault.reason) from fault
        return PrinterStatus(state.fault, state.near_end, blind=True)

    def write(self, data: bytes) -> None:
        """Hand the bytes over; a queue answers no ``GS r``, so it is left out.

        Raises:
            PrinterError: ``accepted`` above 0 where the queue may have taken them.
        """
        try:
            self._under_way = self._queue.submit(data.removesuffix(ASK_CONSUMED), TITLE)
        except QueueFault as fault:
            raise PrinterError(fault.reason, accepted=len(data) if fault.unsure else 0) from fault

    def await_consumed(self, timeout_ms: int) -> bool:
        """Tell whether the queue has passed all of the last write on, waiting at most so long.

        Raises:
            PrinterError: ``DROPPED``: given up, taken back or forgotten.
        """
        deadline_ms = self._clock.monotonic_ms() + timeout_ms
        while self._under_way is not None:
            progress = self._progress(self._under_way)
            if progress is Progress.DONE:
                self._under_way = None
            elif progress in (Progress.DROPPED, Progress.GONE):
                self._under_way = None
                raise PrinterError(PrinterReason.DROPPED)
            elif (left_ms := deadline_ms - self._clock.monotonic_ms()) > 0:
                self._pause(min(left_ms, POLL_MS) / 1000)
            else:
                return False
        return True

    def _progress(self, job: str) -> Progress:
        try:
            return self._queue.progress(job)
        except QueueFault:
            return Progress.WAITING

    def close(self) -> None:
        """Take back what is still under way: whoever closes has given it up."""
        job, self._under_way = self._under_way, None
        if job is not None:
            try:
                self._queue.cancel(job)
            except QueueFault as fault:
                log.warning("queue_keeps_document reason=%s", fault.reason)


def queue_printer(address: QueueAddress, clock: Clock) -> QueuePrinter:
    """Return the printer behind a queue; whether the queue is there shows when it is asked."""
    if address.windows:
        from printing.windows_queue import WindowsQueue  # noqa: PLC0415 - Windows alone has it

        return QueuePrinter(WindowsQueue(address.name), clock, time.sleep)
    from printing.cups import CupsQueue  # noqa: PLC0415 - few slip printers hang on a queue

    return QueuePrinter(CupsQueue(address.name, ("raw",)), clock, time.sleep)
