"""告示牌: a window pauses with a reason, says when it is back, and the running case waits untouched (domain.md I13)."""

from dataclasses import dataclass
from enum import StrEnum

MINUTES = (5, 15, 30, 60)
"""What the sign offers; 15 is suggested."""
SUGGESTED_MINUTES = 15
MOST_MINUTES = 8 * 60
MINUTE_MS = 60_000
MAX_TEXT = 80


class PauseReason(StrEnum):
    """Why a window pauses, in the order of the digits."""

    MATERIALS = "materials"
    SPECIAL_CARE = "special_care"
    DEVICE = "device"
    NETWORK = "network"
    MEAL = "meal"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause of this window. Times are UTC milliseconds; ``ended_ms`` is None while it lasts.

    ``text`` is what the sign says under the time.
    """

    started_ms: int
    reason: PauseReason
    minutes: int
    text: str
    ended_ms: int | None = None

    @property
    def until_ms(self) -> int:
        """When the window said it would be back."""
        return self.started_ms + self.minutes * MINUTE_MS

    def overrun(self, now_ms: int) -> bool:
        """Say whether the window should be back by now."""
        return self.ended_ms is None and now_ms > self.until_ms

    def lasted_ms(self, now_ms: int) -> int:
        """Return how long it has lasted, or lasted in all."""
        return max(0, (self.ended_ms if self.ended_ms is not None else now_ms) - self.started_ms)
