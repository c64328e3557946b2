"""Tells what a scanner types from what a clerk types, by pace alone (devices.md section 4).

A scanner that stands in for a keyboard sends six characters or more within a few milliseconds each; a hand needs 60 to
120 ms a key and rolls over two or three keys at most. Pure: whoever feeds the keys brings their times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Generic, TypeVar

Event = TypeVar("Event")
MAX_TEXT = 1024
"""What is longer is no code the counter reads; it ends there, and the rest is another burst."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Figures of a burst: characters and milliseconds.

    The first ``shortest`` characters decide: no gap among them above ``hold_ms``, and their median below ``gap_ms``.
    From then on the burst lasts until Enter, Tab or ``idle_ms`` without a key.
    """

    shortest: int = 6
    gap_ms: int = 30
    hold_ms: int = 50
    idle_ms: int = 90


@dataclass(frozen=True, slots=True)
class Typed(Generic[Event]):
    """Keys of a hand, in their order, with what belongs to them: they go on to where the keyboard is."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Burst:
    """What was scanned, without its terminator; no repr, for it may be a person's number."""

    text: str


@dataclass(frozen=True, slots=True)
class _Stroke(Generic[Event]):
    at_ms: int
    text: str
    events: list[Event]


class Wedge(Generic[Event]):
    """Holds the keys that may begin a burst; every key that came in goes out once, as typed or as part of a burst.

    Each method returns what is settled by now, in order. While ``wait_ms`` is a number, ``silent`` is to be called when
    no key came for so long.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._strokes: list[_Stroke[Event]] = []
        self._proven = False

    @property
    def proven(self) -> bool:
        """Whether what is held is a burst, however it goes on."""
        return self._proven

    @property
    def wait_ms(self) -> int | None:
        """How long to wait for the next key; None while nothing is held."""
        if not self._strokes:
            return None
        return self._pace.idle_ms if self._proven else self._pace.hold_ms

    def key(self, at_ms: int, text: str, event: Event) -> Sequence[Typed[Event] | Burst]:
        """Take one printable character that was pressed at ``at_ms``, by a clock that only goes on."""
        settled = self._broken(at_ms)
        self._strokes.append(_Stroke(at_ms, text, [event]))
        if not self._proven and len(self._strokes) >= self._pace.shortest:
            self._judge(settled)
        if self._proven and len(self._strokes) >= MAX_TEXT:
            settled += self.silent()
        return settled

    def ended_by(self, at_ms: int) -> bool:
        """Whether Enter or Tab pressed now ends a burst and is no key of its own."""
        return self._proven and 0 <= at_ms - self._strokes[-1].at_ms <= self._pace.idle_ms

    def beside(self, event: Event) -> bool:
        """Keep what belongs to a held key, such as its release, behind it; False where nothing is held."""
        if self._strokes:
            self._strokes[-1].events.append(event)
        return bool(self._strokes)

    def silent(self) -> list[Typed[Event] | Burst]:
        """No key came for ``wait_ms``, or one that is part of no burst: settle what is held."""
        held, proven = self._strokes, self._proven
        self._strokes, self._proven = [], False
        if not held:
            return []
        if proven:
            return [Burst("".join(each.text for each in held))]
        return [_typed(held)]

    def _broken(self, at_ms: int) -> list[Typed[Event] | Burst]:
        wait = self.wait_ms
        if wait is None or 0 <= at_ms - self._strokes[-1].at_ms <= wait:
            return []
        return self.silent()

    def _judge(self, settled: list[Typed[Event] | Burst]) -> None:
        """Decide by the first six; when a hand typed them, the oldest is let go and the next six are looked at."""
        times = [each.at_ms for each in self._strokes]
        gaps = [later - sooner for sooner, later in pairwise(times)]
        if median(gaps) < self._pace.gap_ms:
            self._proven = True
            return
        settled.append(_typed(self._strokes[:1]))
        del self._strokes[0]


def _typed(strokes: Sequence[_Stroke[Event]]) -> Typed[Event]:
    return Typed(tuple(event for stroke in strokes for event in stroke.events))
