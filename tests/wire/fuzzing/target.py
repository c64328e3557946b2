"""What is fuzzed: parsers of streams, which must not care where the bytes were split, and parsers of single frames."""

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from types import ModuleType
from typing import Any, Protocol

Events = list[Any]
ROW = 4
"""So many good frames at a time are split at every byte."""


class Broken(Exception):  # noqa: N818 - it is the parser that is broken
    """A parser did what it must not."""


class Stream(Protocol):
    """One life of a parser of a stream."""

    def feed(self, data: bytes) -> Events:
        """Take bytes and return what they complete."""
        ...

    def held(self) -> int:
        """How many bytes it keeps for later."""
        ...


class Target(ABC):
    """A parser under fire. ``corpus`` are the good frames everything is made of."""

    name: str
    code: tuple[ModuleType | type, ...]
    """The modules and classes of the parser: when one of them changes, what was fired before counts no more."""
    corpus: Sequence[bytes]
    lines_a_byte = 60
    """More lines of Python than this for one byte count as a hang."""
    memory_a_byte = 200
    """More bytes of memory than this for one byte count as a leak."""

    @abstractmethod
    def swallow(self, frames: Sequence[bytes]) -> None:
        """Let the parser take the frames.

        Raises:
            Broken: it did what it must not; any other exception counts as a crash.
        """

    def check(self, frames: Sequence[bytes], dice: random.Random) -> None:
        """Swallow the frames, and more where there is more to be promised."""
        self.swallow(frames)

    def check_good(self) -> None:
        """Check what is promised of good frames alone."""
        self.swallow(self.corpus)


class StreamTarget(Target):
    """A parser that finds frames in a stream."""

    most_held: int
    quiet: bytes = b""
    """What ends any frame a parser may be waiting for."""

    @abstractmethod
    def fresh(self) -> Stream:
        """Begin a new life."""

    def judge(self, events: Events) -> None:
        """Do with the events what the product does with them."""

    def swallow(self, frames: Sequence[bytes]) -> None:
        """See ``Target``."""
        self._judged(b"".join(frames))

    def check(self, frames: Sequence[bytes], dice: random.Random) -> None:
        """See ``Target``: the same events in any pieces, and the next good frame is found again."""
        stream = b"".join(frames)
        whole = self._judged(stream)
        cuts = sorted(dice.randrange(len(stream) + 1) for _ in range(6))
        pieces = [stream[a:b] for a, b in pairwise((0, *cuts, len(stream)))]
        if self._in_pieces(pieces) != whole:
            raise Broken(f"other events when split at {cuts}")
        if self.quiet:
            self._recover(stream, self.corpus[dice.randrange(len(self.corpus))])

    def check_good(self) -> None:
        """See ``Target``: every good stream gives its frames' events, one after the other, wherever it is split."""
        for first in range(0, len(self.corpus), ROW - 1):
            self._check_row(self.corpus[first : first + ROW])

    def _check_row(self, row: Sequence[bytes]) -> None:
        stream = b"".join(row)
        whole = self._judged(stream)
        if whole != [event for frame in row for event in self._judged(frame)]:
            raise Broken("good frames in a row are not the good frames")
        for at in range(len(stream) + 1):
            if self._in_pieces((stream[:at], stream[at:])) != whole:
                raise Broken(f"other events when split at {at}")
        if self._in_pieces([stream[at : at + 1] for at in range(len(stream))]) != whole:
            raise Broken("other events byte by byte")

    def _judged(self, stream: bytes) -> Events:
        events = self._in_pieces((stream,))
        self.judge(events)
        return events

    def _in_pieces(self, pieces: Sequence[bytes]) -> Events:
        parser, events = self.fresh(), []
        for piece in pieces:
            events += parser.feed(piece)
            if parser.held() > self.most_held:
                raise Broken(f"holds {parser.held()} bytes")
        return events

    def _recover(self, stream: bytes, good: bytes) -> None:
        parser = self.fresh()
        parser.feed(stream + self.quiet)
        expected = self._in_pieces((good,))
        if parser.feed(good)[-len(expected) :] != expected:  # before them, what the noise was
            raise Broken("a good frame after the others is not found")


class FrameTarget(Target):
    """A parser of whole frames. ``refusals`` are the errors it may raise."""

    refusals: tuple[type[Exception], ...] = ()

    @abstractmethod
    def take(self, frame: bytes) -> object:
        """Parse one frame."""

    def swallow(self, frames: Sequence[bytes]) -> None:
        """See ``Target``."""
        take, refusals = self.take, self.refusals
        for frame in frames:
            with suppress(*refusals):
                take(frame)

    def check_good(self) -> None:
        """See ``Target``: a good frame is taken."""
        for frame in self.corpus:
            self.take(frame)
