"""The clock of the rules: a hall's day begins at nine, and time goes on when a test says so."""

import random
from dataclasses import dataclass, field
from datetime import date

from app.domain.business_day import start_of_day_ms


@dataclass
class Clock:
    """Stands at nine o'clock of a day until it is set to another."""

    now: int = start_of_day_ms(date(2026, 11, 23)) + 9 * 3_600_000
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def now_ms(self) -> int:
        return self.now

    def monotonic_ms(self) -> int:
        return self.now

    def random_bytes(self, count: int) -> bytes:
        return self.chance.randbytes(count)

    def set(self, day: str, hour: int = 9) -> None:
        self.now = start_of_day_ms(date.fromisoformat(day)) + hour * 3_600_000
