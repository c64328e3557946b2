"""The printer: the answers of a real one, and the simulated one's ESC/POS."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from fuzzing.target import Broken, Events, FrameTarget, Stream, StreamTarget
from printing import status, transport
from printing.profile import Drawer, PrinterProfile
from printing.simulator import charset, parser
from printing.simulator.charset import Charset, cells
from printing.simulator.parser import MAX_RASTER_BYTES_WIDE, MAX_RASTER_ROWS, MAX_TEXT, Kind, Parser
from printing.status import ROUTINE
from printing.thermal import drawer_kick
from printing.transport import PrinterLine

GOLDEN = Path(__file__).parents[2] / "golden" / "data"
WELL = b"\x12\x12\x12"
MOST_LOOKS = 20
"""Two for each of at most five questions, and for the last word."""
CHARSETS = (Charset.GBK, Charset.GB18030)
LONGEST_RASTER = MAX_RASTER_BYTES_WIDE * MAX_RASTER_ROWS
TOO_TALL = b"\x1dv0\x00\x48\x00\xff\xff"
"""The head of a raster that no printer takes: what follows is not waited for."""
HEAD = 8 + 255
"""The longest of any other command: a barcode with its length in a byte."""


class _Commands(Parser):
    def held(self) -> int:
        return len(self._held) + len(self._text)


class EscPos(StreamTarget):
    """The simulated printer's parser, and the character set its text is read in."""

    name = "simulated printer, ESC/POS"
    code = (parser, charset)
    most_held = LONGEST_RASTER + HEAD + MAX_TEXT

    def __init__(self) -> None:
        receipts = [(GOLDEN / f"{name}.bin").read_bytes() for name in ("SL-05", "SL-05-rare-name")]
        others = (
            b"\x1b2\x1dh\x50\x1dw\x02\x1dH\x00\x1dkI\x06{BA018\x1dVB\x03\x1bE\x01\x1c.\x1d!\x11\x1dr\x01\x10\x04\x01"
        )
        inside = b"\x1dv0\x00\x02\x00\x03\x00" + b"\x10\x04\x01\x10\x04\x02"
        drawers = b"".join(drawer_kick(PrinterProfile(drawer=each)) for each in get_args(Drawer))
        small = dict.fromkeys(each.raw for each in Parser().feed(others + drawers))
        self.corpus = (*_closed(receipts), *small, inside, TOO_TALL)
        self.quiet = b"x" * (LONGEST_RASTER + HEAD) + b"\n"

    def fresh(self) -> Stream:
        return _Commands()

    def judge(self, events: Events) -> None:
        for command in events:
            if command.kind is Kind.TEXT:
                charset = CHARSETS[len(command.args) % 2]
                if sum(columns for _, columns in cells(command.args, charset, chinese=True)) > len(command.args):
                    raise Broken("text wider than its bytes")

    def check(self, frames: Sequence[bytes], dice: random.Random) -> None:
        """See ``Target``: besides, no byte is lost or made up, and a question inside a raster is dots."""
        super().check(frames, dice)
        stream = b"".join(frames)
        parser = _Commands()
        raw = b"".join(command.raw for command in parser.feed(stream))
        if raw + stream[len(raw) :] != stream or len(raw) + parser.held() != len(stream):
            raise Broken("the commands are not the bytes")


def _closed(streams: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the distinct commands of some streams; text is one with what ends it, for only that makes it come out."""
    found: dict[bytes, None] = {}
    for stream in streams:
        text = b""
        for command in Parser().feed(stream):
            if command.kind is Kind.TEXT:
                text = command.raw
            else:
                found[text + command.raw] = None
                text = b""
    return tuple(found)


class PrinterAnswers(FrameTarget):
    """A round of questions to a printer, and what the counter makes of its answers."""

    name = "printer, answers"
    code = (status, transport)
    lines_a_byte = 600
    memory_a_byte = 4_000

    def __init__(self) -> None:
        states = (WELL, b"\x12\x12\x1e", b"\x1a\x32\x7e\x1a", b"\x1a\x16\x12", b"\x1a\x52\x12\x1a", b"\x1a\x12\x12\x12")
        self.corpus = (*states, WELL + b"\x00", b"\x12\x12\x12\x03")
        self._wire = _Wire()
        self._line = _Heard(self._wire)
        self._line.open()

    def take(self, frame: bytes) -> object:
        wire, line = self._wire, self._line
        wire.begin(frame)
        answers = line.answers = {}
        status = line.status(ROUTINE)
        if any(answer is not None and answer & 0x93 != 0x12 for answer in answers.values()):
            raise Broken(f"{answers} taken for answers")
        if status.fault is None and (None in answers.values() or len(answers) < len(ROUTINE)):
            raise Broken("silence taken for health")
        if status.fault is None and (answers[1] & 0x08 or answers[2] & 0x64 or answers[4] & 0x60):
            raise Broken(f"{answers} taken for health")
        line.write(b"")
        consumed = line.await_consumed(500)
        if wire.looks > MOST_LOOKS + len(frame):
            raise Broken(f"{wire.looks} looks at the line")
        return status, consumed


class _Heard(PrinterLine):
    """Keeps the last answer to each question."""

    def __init__(self, wire: "_Wire") -> None:
        super().__init__(lambda: wire, wire)
        self.answers: dict[int, int | None] = {}

    def ask_status(self, n: int) -> int | None:
        answer = self.answers[n] = super().ask_status(n)
        return answer


class _Wire:
    """A line on which answers lie ready, one byte after the other; time goes only while nobody speaks."""

    def __init__(self) -> None:
        self._answers = b""
        self._ms = self.looks = 0

    def begin(self, answers: bytes) -> None:
        self._answers = answers
        self.looks = 0

    def send(self, data: bytes) -> int:
        return len(data)

    def receive(self, timeout_ms: int) -> bytes:
        self.looks += 1
        if timeout_ms == 0 or not self._answers:
            self._ms += timeout_ms
            return b""
        taken, self._answers = self._answers[:1], self._answers[1:]
        return taken

    def close(self) -> None:
        self._answers = b""

    def now_ms(self) -> int:
        return self._ms

    def monotonic_ms(self) -> int:
        return self._ms

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)
