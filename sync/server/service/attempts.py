"""Slows down who guesses: so many wrong answers from an address in an hour, then no more; a guessed case is slow.

Nobody can lock a case's citizen out by guessing: from another address it stays open, one look every half minute.
"""

from collections.abc import Sequence

from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import attempts as kept
from sync.server.storage.engine import Transaction

WINDOW_MS = 60 * 60 * 1000
PER_CASE = 10
"""From one address."""
SLOW_AFTER, SLOW_MS = 10, 30_000
"""Wrong answers of an hour from anywhere, and from then on the time between two looks.

A code has 32^4 values: at 120 guesses an hour half of them take half a year, day and night, from a dozen addresses.
"""
PER_ADDRESS = 30
_MOMENTS = 30
"""Kept of a key at most, the newest: as many as the largest limit."""


class Attempts:
    """Wrong answers of the last hour, whichever process they came to; right ones cost nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def take(self, keys: Sequence[tuple[str, int | None]]) -> None:
        """Count one attempt under every key, before anything is compared: at once, so that many at a time gain nothing.

        A key without a limit is only slowed down. What is refused is not counted.

        Raises:
            Refused: ``rate_limited`` when a key had its fill, whether or not what is asked for exists.
        """
        now_ms = self._context.clock.now_ms()
        limits = {self._mark(key): limit for key, limit in keys}

        def work(connection: Transaction) -> None:
            found = kept.locked(connection, limits)
            recent = {mark: _recent(found.get(mark, ()), now_ms) for mark in limits}
            if any(_full(recent[mark], limit, now_ms) for mark, limit in limits.items()):
                raise refusal("rate_limited")
            kept.keep(connection, {mark: [*each, now_ms][-_MOMENTS:] for mark, each in recent.items()}, found)

        self._context.storage.write(work)

    def give_back(self, keys: Sequence[tuple[str, int | None]]) -> None:
        """Forget the last attempt under every key: it was right."""
        marks = [self._mark(key) for key, _limit in keys]

        def work(connection: Transaction) -> None:
            found = kept.locked(connection, marks)
            kept.keep(connection, {mark: each[:-1] for mark, each in found.items()}, found)

        self._context.storage.write(work)

    def _mark(self, key: str) -> str:
        return self._context.cipher.mark(key.encode("utf-8", "surrogatepass"), "attempt").hex()


def forget_attempts(context: Context) -> None:
    """Drop what is older than counts."""
    before_ms = context.clock.now_ms() - WINDOW_MS
    context.storage.write(lambda connection: kept.forget(connection, before_ms))


def _recent(moments: Sequence[int], now_ms: int) -> list[int]:
    return [moment for moment in moments if moment > now_ms - WINDOW_MS]


def _full(moments: Sequence[int], limit: int | None, now_ms: int) -> bool:
    if limit is not None:
        return len(moments) >= limit
    return len(moments) >= SLOW_AFTER and now_ms - moments[-1] < SLOW_MS
