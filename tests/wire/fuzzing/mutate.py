"""Frames made from good ones: left whole, flipped, cut, torn, doubled, joined, or replaced by noise; seeded."""

import random
from collections.abc import Callable, Sequence

LONGEST_NOISE = 24
MOST_AT_ONCE = 8
MARKS = bytes((0x00, 0x04, 0x0A, 0x0D, 0x10, 0x1B, 0x1C, 0x1D, 0x12, 0x3A, 0x7F, 0x80, 0xAA, 0xFF))
"""Bytes that mean something to one of the parsers."""


class Mutator:
    """Makes frames of a corpus; the same seed makes the same frames."""

    def __init__(self, corpus: Sequence[bytes], seed: int) -> None:
        self._corpus = corpus
        self._dice = random.Random(seed)
        ways: dict[Callable[[bytes, int], bytes], int] = {
            self._whole: 4,
            self._flipped: 4,
            self._marked: 2,
            self._cut: 1,
            self._torn: 1,
            self._disturbed: 1,
            self._doubled: 1,
            self._joined: 1,
            self._noise: 1,
        }
        self._ways = [way for way, weight in ways.items() for _ in range(weight)]

    def frames(self, count: int) -> list[bytes]:
        """Return the next frames."""
        roll, corpus, ways = self._dice.random, self._corpus, self._ways
        made = []
        for _ in range(count):
            frame = corpus[int(roll() * len(corpus))]
            made.append(ways[int(roll() * len(ways))](frame, int(roll() * len(frame))))
        return made

    def _whole(self, frame: bytes, _at: int) -> bytes:
        return frame

    def _flipped(self, frame: bytes, at: int) -> bytes:
        return frame[:at] + bytes((int(self._dice.random() * 256),)) + frame[at + 1 :]

    def _marked(self, frame: bytes, at: int) -> bytes:
        mark = int(self._dice.random() * len(MARKS))
        return frame[:at] + MARKS[mark : mark + 1] + frame[at + 1 :]

    def _cut(self, frame: bytes, at: int) -> bytes:
        return frame[:at]

    def _torn(self, frame: bytes, at: int) -> bytes:
        return frame[:at] + frame[at + self._width() :]

    def _disturbed(self, frame: bytes, at: int) -> bytes:
        return frame[:at] + self._dice.randbytes(self._width()) + frame[at:]

    def _doubled(self, frame: bytes, at: int) -> bytes:
        width = self._width()
        return frame[:at] + frame[at : at + width] * 2 + frame[at + width :]

    def _joined(self, frame: bytes, at: int) -> bytes:
        return frame[:at] + self._corpus[int(self._dice.random() * len(self._corpus))][at:]

    def _noise(self, _frame: bytes, _at: int) -> bytes:
        return self._dice.randbytes(int(self._dice.random() * LONGEST_NOISE))

    def _width(self) -> int:
        return 1 + int(self._dice.random() * MOST_AT_ONCE)
