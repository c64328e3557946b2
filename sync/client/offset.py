"""Measures the server's clock against this counter's with every push, and keeps the measure where it changed."""

import logging

from app.domain.clock_skew import is_skewed, measured
from app.ports.clock import Clock
from app.ports.replica import Replica

logger = logging.getLogger(__name__)

STEP_MS = 1_000
"""A smaller change is not worth a write: half a round trip varies as much."""


class ClockOffset:
    """The difference of the two clocks, as ``app.domain.clock_skew`` has it."""

    def __init__(self, replica: Replica, clock: Clock) -> None:
        self._replica = replica
        self._clock = clock
        self._asked_ms = clock.monotonic_ms()

    def asked(self) -> None:
        """A push goes out now."""
        self._asked_ms = self._clock.monotonic_ms()

    def answered(self, server_ms: int) -> None:
        """Its answer is here, written when the server's clock showed ``server_ms``."""
        offset = measured(server_ms, self._clock.now_ms(), self._clock.monotonic_ms() - self._asked_ms)
        known = self._replica.server_offset()
        if offset is None or (known is not None and abs(offset - known) < STEP_MS):
            return
        if is_skewed(offset) and not is_skewed(known):
            logger.warning("sync.clock_wrong offset_ms=%d", offset)
        self._replica.set_server_offset(offset)

    @property
    def wrong(self) -> bool:
        """Whether the difference is one a person has to mend."""
        return is_skewed(self._replica.server_offset())
