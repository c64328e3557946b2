"""The one door to time and chance, so that what is simulated stays deterministic."""

from typing import Protocol

from app.domain.ids import uuid7


class Clock(Protocol):
    """Wall time, boot-monotonic time and randomness."""

    def now_ms(self) -> int:
        """Milliseconds since the Unix epoch, UTC."""
        ...

    def monotonic_ms(self) -> int:
        """Milliseconds since an arbitrary point; never goes backwards within one boot."""
        ...

    def random_bytes(self, count: int) -> bytes:
        """Return ``count`` unpredictable bytes."""
        ...


def new_id(clock: Clock) -> str:
    """Return a fresh UUIDv7 as 36 lower-case characters."""
    return uuid7(clock.now_ms(), clock.random_bytes(10))
