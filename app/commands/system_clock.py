"""The real clock and the system's randomness behind the clock port; in demo and tests the date may be frozen."""

import os
import time
from datetime import datetime

NOW_VARIABLE = "CHUANGKOU_NOW"
"""An instant such as ``2026-11-23T09:00:00+08:00`` (design.md, decision 12)."""


class BadInstant(ValueError):  # noqa: N818 - what a person wrote, not a bug
    """``CHUANGKOU_NOW`` holds no instant with its distance from UTC."""


class SystemClock:
    """A ``Clock`` that goes."""

    def now_ms(self) -> int:
        """Milliseconds since the Unix epoch, UTC."""
        return time.time_ns() // 1_000_000

    def monotonic_ms(self) -> int:
        """Milliseconds since an arbitrary point; never goes backwards within one boot."""
        return time.monotonic_ns() // 1_000_000

    def random_bytes(self, count: int) -> bytes:
        """Return ``count`` unpredictable bytes."""
        return os.urandom(count)


class FrozenClock(SystemClock):
    """A ``Clock`` whose date stands still while waits go on as ever."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        """Return the one instant."""
        return self._now_ms


def demo_clock() -> SystemClock:
    """Return the clock of a program that runs in the demo or in a test.

    Raises:
        BadInstant: the variable is set to something else than an instant.
    """
    given = os.environ.get(NOW_VARIABLE)
    if not given:
        return SystemClock()
    try:
        instant = datetime.fromisoformat(given)
    except ValueError as error:
        raise BadInstant(given) from error
    if instant.tzinfo is None:
        raise BadInstant(given)
    return FrozenClock(round(instant.timestamp() * 1000))
