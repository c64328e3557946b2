"""What a limit counts in: the catalogue publishes it, the due date is reckoned by it."""

from enum import StrEnum


class LimitUnit(StrEnum):
    """Working days, calendar days, working hours, on the spot; a limit without a unit does not exist."""

    WORKING_DAYS = "WD"
    CALENDAR_DAYS = "CD"
    HOURS = "H"
    NOW = "NOW"
