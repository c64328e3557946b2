"""Notices an outbox that does not move although the server answers (sync.md section 1)."""

from app.ports.clock import Clock

STALLED_MS = 60_000


class Watchdog:
    """Watches the sequence of the oldest operation that is not acknowledged.

    ``minutes``: for how many whole minutes it has not moved while the server answered; 0 while nothing is wrong.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._head = 0
        self._since_ms = self._rebuilt_ms = clock.monotonic_ms()
        self.minutes = 0

    @property
    def stalled(self) -> bool:
        """Whether a person has to be told."""
        return self.minutes > 0

    def look(self, head: int, *, waiting: bool, online: bool) -> bool:
        """Take a look; returns True once, and again each further minute, while the head does not move."""
        now = self._clock.monotonic_ms()
        if head != self._head or not waiting or not online:
            self._head, self._since_ms, self._rebuilt_ms, self.minutes = head, now, now, 0
            return False
        self.minutes = (now - self._since_ms) // STALLED_MS
        if now - self._rebuilt_ms < STALLED_MS:
            return False
        self._rebuilt_ms = now
        return True
