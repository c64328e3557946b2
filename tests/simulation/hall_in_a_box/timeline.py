"""Virtual time, one source of chance, and the trace: the same seed gives the same run, byte for byte."""

import hashlib
import heapq
import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

MONDAY_0900 = 1_795_395_600_000
"""2026-11-23 09:00 in China, in UTC milliseconds."""
SECOND = 1_000
TRACE_LINES = 120


class Violation(AssertionError):  # noqa: N818 - a promise that was broken, not a mistake of the test
    """A promise was broken; the message says which."""


def require(kept: bool, promise: str) -> None:  # noqa: FBT001 - reads like an assertion
    if not kept:
        raise Violation(promise)


@dataclass
class Trace:
    """What happened: the newest lines to read, and a hash over all of them."""

    lines: deque[str] = field(default_factory=lambda: deque(maxlen=TRACE_LINES))
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def note(self, now_ms: int, party: str, what: str) -> None:
        line = f"{now_ms / SECOND:10.3f}  {party:7}  {what}"
        self.lines.append(line)
        self._hash.update(line.encode())

    def digest(self) -> str:
        return self._hash.hexdigest()


IDLE = False
"""What an act returns that found nothing to do; it is not counted as an event."""
Act = Callable[[], bool | None]


class Timeline:
    """Events in the order of their moment; those of one moment in the order in which they were made."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.trace = Trace()
        self.now_ms = 0
        self.events = 0
        self.seen: Counter[str] = Counter()
        """How often each misfortune, and each answer to one, happened: none may be there in name only."""
        self._heap: list[tuple[int, int, Act]] = []
        self._made = 0

    def after(self, delay_ms: int, act: Act) -> None:
        self._made += 1
        heapq.heappush(self._heap, (self.now_ms + delay_ms, self._made, act))

    def step(self) -> None:
        self.now_ms, _, act = heapq.heappop(self._heap)
        if act() is not IDLE:
            self.events += 1

    def note(self, party: str, what: str) -> None:
        self.trace.note(self.now_ms, party, what)

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def between(self, least_ms: int, most_ms: int) -> int:
        return self.chance.randint(least_ms, most_ms)


class PartyClock:
    """The clock of one machine: a wall clock that is wrong by some minutes, and a monotonic one since the boot."""

    def __init__(self, timeline: Timeline, skew_ms: int) -> None:
        self._timeline = timeline
        self._booted_ms = 0
        self.skew_ms = skew_ms

    def reboot(self) -> None:
        self._booted_ms = self._timeline.now_ms

    def now_ms(self) -> int:
        return MONDAY_0900 + self._timeline.now_ms + self.skew_ms

    def monotonic_ms(self) -> int:
        return self._timeline.now_ms - self._booted_ms

    def random_bytes(self, count: int) -> bytes:
        return self._timeline.chance.randbytes(count)
