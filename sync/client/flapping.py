"""Whether the link to the server flaps: then a window asks for a few numbers of its own (sync.md section 2, rule 3)."""

from collections import deque

from app.domain.link import Course
from app.ports.clock import Clock

MINUTE_MS = 60_000
LOSSES = 3
"""So many losses of the link..."""
WITHIN_MS = 5 * MINUTE_MS
"""...within so long, and it flaps."""
STEADY_MS = 5 * MINUTE_MS
"""A link that was there for so long without a break is steady."""


class Flapping:
    """Told of every loss and of every return of the link; measured by the monotonic clock.

    A link that flapped goes on to until it was steady: a window that gave its numbers back after every minute of calm
    would ask for them anew all day. A program that only started knows of no steadiness yet.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._losses: deque[int] = deque(maxlen=LOSSES)
        self._there_since_ms: int | None = None
        self._flapped = False

    def lost(self) -> None:
        """Take note that the link went."""
        now = self._clock.monotonic_ms()
        if self._steady():
            self._flapped = False
        self._losses.append(now)
        self._there_since_ms = None
        if len(self._losses) == LOSSES and now - self._losses[0] <= WITHIN_MS:
            self._flapped = True

    def back(self) -> None:
        """Take note that the link is there again, or for the first time."""
        self._there_since_ms = self._clock.monotonic_ms()

    def course(self) -> Course:
        """Return how the link has held up to now."""
        if self._steady():
            return Course.STEADY
        return Course.FLAPPING if self._flapped else Course.UNSETTLED

    def _steady(self) -> bool:
        since = self._there_since_ms
        return since is not None and self._clock.monotonic_ms() - since >= STEADY_MS
