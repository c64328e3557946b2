"""How long to leave a server alone that did not answer: longer each time, and never all counters at once."""

from app.ports.clock import Clock

FIRST_MS = 1_000
LONGEST_MS = 10_000
"""A line that was mended is used again within so long: both ends tell the same in half a minute (sync.md section 6).

The answer to a full push that went into a dead line is awaited 15 s, and then comes this pause. Sixty windows that ask
every five seconds on the average are no load for their hall.
"""
MOST_ASKED_MS = 600_000
"""Nobody on the way may silence a counter for longer."""


class Backoff:
    """Exponential from 1 s to 10 s with full jitter: a hall that comes back is not run over by its own windows."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._until_ms = 0

    def failed(self, retry_after_s: float | None = None) -> None:
        """Count a failure and choose the next moment; not before the seconds the server asked for.

        The chance comes on top of them: whoever was told the same number does not come back at the same moment.
        """
        span = min(LONGEST_MS, FIRST_MS << min(self._failures, 16))
        self._failures += 1
        chance = int.from_bytes(self._clock.random_bytes(4), "big")
        asked_ms = min(int(max(retry_after_s or 0, 0) * 1000), MOST_ASKED_MS)
        self._until_ms = self._clock.monotonic_ms() + asked_ms + chance % (span + 1)

    def succeeded(self) -> None:
        """Begin anew."""
        self._failures = 0
        self._until_ms = 0

    def remaining_ms(self) -> int:
        """Return how long to wait still; 0 when a new try is due."""
        return max(0, self._until_ms - self._clock.monotonic_ms())
