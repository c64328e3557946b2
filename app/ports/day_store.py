"""What the end of a day needs of the counter's store."""

from datetime import date
from typing import Protocol

from app.domain.day_close import DayNumbers


class DayReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def day_numbers(self, business_date: date) -> DayNumbers:
        """Return the case numbers this counter gave out on that day, and the end of its log as it stands."""
        ...
