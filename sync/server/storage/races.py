"""How long a transaction that lost a race on PostgreSQL waits before it runs again."""

import threading

from app.ports.clock import Clock

FIRST_MS = 5
ATTEMPTS = 8
"""The last one's loss is told to whoever asked; before it a request waited 0.64 s at most."""
_CHANCES = 1 << 32


def pause_ms(clock: Clock, attempt: int) -> float:
    """Return the milliseconds to wait after attempt 0, 1, …: full jitter, twice the span each time."""
    chance = int.from_bytes(clock.random_bytes(4), "big") / _CHANCES
    return chance * (FIRST_MS << attempt)


class Races:
    """Counts nothing and holds nothing; ``end`` wakes whoever waits, since the store is being closed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ended = threading.Event()

    def lost(self, attempt: int) -> None:
        """Wait a little."""
        self._ended.wait(pause_ms(self._clock, attempt) / 1000)

    def end(self) -> None:
        """Wait no more."""
        self._ended.set()
