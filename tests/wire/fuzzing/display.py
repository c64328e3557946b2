"""The window display: frames of the two boards that are known."""

from devices.display import checks, forms, frames, parts
from devices.display.frames import Heard, known_decoder
from fuzzing.target import Events, Stream, StreamTarget

LONGEST = 7
"""Bytes of a frame of the greater board."""


class _Line:
    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Events:
        self._buffer += data
        shown: list[Heard] = []
        while (frame := DECODER.take(self._buffer)) is not None:
            shown.append(frame)
        return shown

    def held(self) -> int:
        return len(self._buffer)


DECODER = known_decoder()


class DisplayFrames(StreamTarget):
    """The line of a window display."""

    name = "display, frames"
    code = (frames, parts, forms, checks)
    most_held = LONGEST - 1
    lines_a_byte = 400
    memory_a_byte = 2_000

    def __init__(self) -> None:
        short = [bytes((each, number >> 8, number & 0xFF)) for each in (1, 5, 40) for number in (0, 23, 999)]
        long = [b"\x3a" + bytes((each, number & 0xFF, number >> 8, 1)) for each in (0, 7) for number in (1, 888, 999)]
        summed = [body + bytes((sum(body) & 0xFF,)) for body in (*short, *long)]
        self.corpus = tuple(each if len(each) < LONGEST - 1 else each + b"\n" for each in summed)

    def fresh(self) -> Stream:
        return _Line()
