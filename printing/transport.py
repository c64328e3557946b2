"""The way of bytes to a printer: one line with its own short timeouts, opened again when it was lost."""

from collections.abc import Callable
from typing import Protocol

from app.ports.clock import Clock
from printing.address import QueueAddress, parse_printer
from printing.errors import PrinterError, PrinterReason
from printing.status import PrinterStatus, ask_all, ask_status, is_consumed_answer, is_status_answer
from printing.streams import Stream, stream_to

STATUS_TIMEOUT_MS = 500


class Printer(Protocol):
    """What the spooler needs of a printer."""

    def open(self) -> None:
        """Connect, or connect again if the other end hung up meanwhile."""
        ...

    def status(self, questions: tuple[int, ...]) -> PrinterStatus:
        """Ask ``DLE EOT n`` for each n, and what explains the answers."""
        ...

    def write(self, data: bytes) -> None:
        """Hand over every byte; the error tells how many were taken."""
        ...

    def await_consumed(self, timeout_ms: int) -> bool:
        """Wait for the answer to the ``GS r`` that ended the last write, or for the word of the queue."""
        ...

    def close(self) -> None:
        """Let go of the line; ``open`` takes it again."""
        ...


class PrinterLine:
    """Questions and answers over a stream. One thread owns it."""

    def __init__(self, connect: Callable[[], Stream], clock: Clock) -> None:
        self._connect = connect
        self._clock = clock
        self._stream: Stream | None = None
        self._status: int | None = None
        self._consumed = False

    def open(self) -> None:
        """Connect if there is no connection, or the one there is has ended.

        Raises:
            PrinterError: nobody answers at the address.
        """
        if self._stream is not None:
            try:
                self._take(self._stream.receive(0))
            except PrinterError:
                self.close()
        if self._stream is None:
            self._stream = self._connect()

    def ask_status(self, n: int) -> int | None:
        """Ask ``DLE EOT n`` and return the one byte answered within 500 ms, or None.

        Raises:
            PrinterError: the line was lost.
        """
        stream = self._opened()
        self._take(stream.receive(0))  # an answer that came too late must not answer this question
        self._status = None
        _send_all(stream, ask_status(n))
        self._pump(lambda: self._status is not None, STATUS_TIMEOUT_MS)
        return self._status

    def status(self, questions: tuple[int, ...]) -> PrinterStatus:
        """See ``Printer``.

        Raises:
            PrinterError: the line was lost.
        """
        return ask_all(self.ask_status, questions)

    def write(self, data: bytes) -> None:
        """Hand over every byte.

        Raises:
            PrinterError: the line was lost or stalled; ``accepted`` bytes had been taken.
        """
        self._consumed = False
        _send_all(self._opened(), data)

    def await_consumed(self, timeout_ms: int) -> bool:
        """Tell whether the printer has answered ``GS r`` since the last write, waiting at most so long.

        Raises:
            PrinterError: the line was lost.
        """
        self._pump(lambda: self._consumed, timeout_ms)
        return self._consumed

    def close(self) -> None:
        """Hang up."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _opened(self) -> Stream:
        if self._stream is None:
            raise PrinterError(PrinterReason.UNREACHABLE, "the line is not open")
        return self._stream

    def _pump(self, done: Callable[[], bool], timeout_ms: int) -> None:
        stream = self._opened()
        deadline_ms = self._clock.monotonic_ms() + timeout_ms
        while not done() and (left_ms := deadline_ms - self._clock.monotonic_ms()) > 0:
            self._take(stream.receive(left_ms))

    def _take(self, data: bytes) -> None:
        for byte in data:
            if is_status_answer(byte):
                self._status = byte
            elif is_consumed_answer(byte):
                self._consumed = True


def _send_all(stream: Stream, data: bytes) -> None:
    accepted = 0
    while accepted < len(data):
        try:
            accepted += stream.send(data[accepted:])
        except PrinterError as error:
            raise PrinterError(error.reason, str(error), accepted=accepted + error.accepted) from error


def open_printer(url: str, clock: Clock) -> Printer:
    """Return the printer at an address (``printing.address``); the line opens when it is first needed.

    Raises:
        PrinterError: ``REFUSED``: it is no address.
    """
    try:
        address = parse_printer(url)
    except ValueError as error:
        raise PrinterError(PrinterReason.REFUSED, str(error)) from error
    if isinstance(address, QueueAddress):
        from printing.queues import queue_printer  # noqa: PLC0415 - few counters print through a queue

        return queue_printer(address, clock)
    return PrinterLine(stream_to(address), clock)
