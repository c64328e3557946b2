"""The line to a printer: addresses, late answers, silence, a device file."""

import os
import sys
import threading
from dataclasses import dataclass, field

import pytest

from printing.errors import PrinterError, PrinterReason
from printing.simulator.charset import Charset
from printing.simulator.mechanism import Mechanism
from printing.simulator.tray import Tray
from printing.status import ASK_CONSUMED
from printing.transport import PrinterLine, open_printer


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
class ScriptedStream:
    """Gives the next of ``arrivals`` at each look; an empty one lets the time asked for pass."""

    clock: StandingClock
    arrivals: list[bytes] = field(default_factory=list)
    takes: int = 1_000
    sent: bytes = b""
    closed: bool = False

    def send(self, data: bytes) -> int:
        taken = data[: self.takes - len(self.sent)][:4]
        if not taken:
            raise PrinterError(PrinterReason.UNREACHABLE)
        self.sent += taken
        return len(taken)

    def receive(self, timeout_ms: int) -> bytes:
        arrived = self.arrivals.pop(0) if self.arrivals else b""
        if arrived == b"EOF":
            raise PrinterError(PrinterReason.UNREACHABLE)
        if not arrived:
            self.clock.ms += timeout_ms
        return arrived

    def close(self) -> None:
        self.closed = True


def line_over(*arrivals: bytes, takes: int = 1_000) -> tuple[PrinterLine, ScriptedStream, StandingClock]:
    clock = StandingClock()
    stream = ScriptedStream(clock, list(arrivals), takes)
    line = PrinterLine(lambda: stream, clock)
    line.open()
    return line, stream, clock


def test_a_status_question_is_answered_by_the_byte_that_follows_it() -> None:
    line, stream, _ = line_over(b"", b"\x1a")
    assert line.ask_status(1) == 0x1A
    assert stream.sent == b"\x10\x04\x01"


def test_an_answer_that_came_too_late_answers_no_later_question() -> None:
    line, _, _ = line_over(b"\x12", b"\x32")
    assert line.ask_status(2) == 0x32


def test_silence_takes_half_a_second_and_is_none() -> None:
    line, _, clock = line_over()
    assert line.ask_status(1) is None
    assert clock.ms == 500


def test_a_status_answer_does_not_confirm_a_job() -> None:
    line, _, _ = line_over(b"\x12", b"\x12", b"")
    line.write(b"job" + ASK_CONSUMED)
    assert not line.await_consumed(500)


def test_a_confirmation_heard_while_asking_for_status_is_kept() -> None:
    line, _, _ = line_over(b"", b"\x00", b"\x12")
    line.write(b"job" + ASK_CONSUMED)
    assert line.ask_status(1) == 0x12
    assert line.await_consumed(500)


def test_the_confirmation_of_a_job_does_not_confirm_the_next() -> None:
    line, _, _ = line_over(b"\x00")
    line.write(b"a")
    assert line.await_consumed(500)
    line.write(b"b")
    assert not line.await_consumed(500)


def test_a_broken_write_tells_how_many_bytes_were_taken() -> None:
    line, _, _ = line_over(takes=6)
    with pytest.raises(PrinterError) as caught:
        line.write(b"0123456789")
    assert caught.value.accepted == 6


def test_an_idle_line_that_was_hung_up_is_opened_again() -> None:
    clock = StandingClock()
    streams = [ScriptedStream(clock, [b"EOF"]), ScriptedStream(clock)]
    waiting = list(streams)
    line = PrinterLine(lambda: waiting.pop(0), clock)
    line.open()
    line.open()
    assert streams[0].closed
    line.write(b"x")
    assert streams[1].sent == b"x"


@pytest.mark.parametrize("url", ["", "tcp://", "tcp://host:99999", "http://host", "file:", "tcp://[::1"])
def test_a_wrong_address_is_refused(url: str) -> None:
    with pytest.raises(PrinterError) as caught:
        open_printer(url, StandingClock())
    assert caught.value.reason is PrinterReason.REFUSED


def test_nobody_at_the_address_is_unreachable() -> None:
    printer = open_printer("file:/dev/there-is-no-such-printer", StandingClock())
    with pytest.raises(PrinterError) as caught:
        printer.open()
    assert caught.value.reason is PrinterReason.UNREACHABLE


@pytest.mark.skipif(sys.platform == "win32", reason="device files are a POSIX thing")
def test_a_device_file_carries_questions_and_answers() -> None:
    import tty  # noqa: PLC0415 - not on Windows

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    mechanism = Mechanism(576, Charset.GBK, Tray())

    def answer_one_question() -> None:
        os.write(ours, mechanism.receive(os.read(ours, 3)))

    other_end = threading.Thread(target=answer_one_question)
    other_end.start()
    printer = open_printer(f"file:{os.ttyname(theirs)}", StandingClock())
    try:
        printer.open()
        assert printer.ask_status(1) == 0x12
    finally:
        printer.close()
        other_end.join()
        os.close(ours)
        os.close(theirs)
