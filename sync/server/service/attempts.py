"""Slows down who guesses: so many wrong answers per case and per address in an hour, then no more answers."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from app.ports.clock import Clock
from sync.server.service.refusals import refusal

WINDOW_MS = 60 * 60 * 1000
PER_CASE = 10
"""A code has 32^4 values: at ten guesses an hour half of them take six years."""
PER_ADDRESS = 30
_KEPT = 100_000
"""Cases and addresses remembered at most; the one longest quiet goes first."""


class Attempts:
    """Wrong answers of the last hour, in this process; right ones cost nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._taken: OrderedDict[str, list[int]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, keys: Sequence[tuple[str, int]]) -> None:
        """Count one attempt under every key, before anything is compared: at once, so that many at a time gain nothing.

        Raises:
            Refused: ``rate_limited`` when a key had its fill, whether or not what is asked for exists.
        """
        now_ms = self._clock.now_ms()
        with self._lock:
            recent = {key: self._recent(key, now_ms) for key, _limit in keys}
            if any(len(recent[key]) >= limit for key, limit in keys):
                raise refusal("rate_limited")
            for key, moments in recent.items():
                self._taken[key] = [*moments, now_ms]
                self._taken.move_to_end(key)
            while len(self._taken) > _KEPT:
                self._taken.popitem(last=False)

    def give_back(self, keys: Sequence[tuple[str, int]]) -> None:
        """Forget the last attempt under every key: it was right."""
        with self._lock:
            for key, _limit in keys:
                del self._taken.get(key, [0])[-1:]

    def _recent(self, key: str, now_ms: int) -> list[int]:
        return [moment for moment in self._taken.get(key, ()) if moment > now_ms - WINDOW_MS]
