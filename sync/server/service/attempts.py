"""Slows down who guesses: so many wrong answers from an address in an hour, then no more; a guessed case is slow.

Nobody can lock a case's citizen out by guessing: from another address it stays open, one look every half minute.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from app.ports.clock import Clock
from sync.server.service.refusals import refusal

WINDOW_MS = 60 * 60 * 1000
PER_CASE = 10
"""From one address."""
SLOW_AFTER, SLOW_MS = 10, 30_000
"""Wrong answers of an hour from anywhere, and from then on the time between two looks.

A code has 32^4 values: at 120 guesses an hour half of them take half a year, day and night, from a dozen addresses.
"""
PER_ADDRESS = 30
_KEPT = 100_000
"""Cases and addresses remembered at most; the one longest quiet goes first."""


class Attempts:
    """Wrong answers of the last hour, in this process; right ones cost nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._taken: OrderedDict[str, list[int]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, keys: Sequence[tuple[str, int | None]]) -> None:
        """Count one attempt under every key, before anything is compared: at once, so that many at a time gain nothing.

        A key without a limit is only slowed down. What is refused is not counted.

        Raises:
            Refused: ``rate_limited`` when a key had its fill, whether or not what is asked for exists.
        """
        now_ms = self._clock.now_ms()
        with self._lock:
            recent = {key: self._recent(key, now_ms) for key, _limit in keys}
            if any(_full(recent[key], limit, now_ms) for key, limit in keys):
                raise refusal("rate_limited")
            for key, moments in recent.items():
                self._taken[key] = [*moments, now_ms]
                self._taken.move_to_end(key)
            while len(self._taken) > _KEPT:
                self._taken.popitem(last=False)

    def give_back(self, keys: Sequence[tuple[str, int | None]]) -> None:
        """Forget the last attempt under every key: it was right."""
        with self._lock:
            for key, _limit in keys:
                del self._taken.get(key, [0])[-1:]

    def _recent(self, key: str, now_ms: int) -> list[int]:
        return [moment for moment in self._taken.get(key, ()) if moment > now_ms - WINDOW_MS]


def _full(moments: Sequence[int], limit: int | None, now_ms: int) -> bool:
    if limit is not None:
        return len(moments) >= limit
    return len(moments) >= SLOW_AFTER and now_ms - moments[-1] < SLOW_MS
