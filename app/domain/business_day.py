"""The date an instant belongs to: stored time is UTC, the law counts days in China."""

from datetime import date, datetime, timedelta, timezone

# China has had one zone and no summer time since 1991, so a fixed offset spares a time-zone database that
# Windows does not ship.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")

_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, 8, tzinfo=CHINA)


def business_date(utc_ms: int) -> date:
    """Return the date in Asia/Shanghai at an instant in UTC milliseconds."""
    return (_EPOCH + utc_ms * _MILLISECOND).date()


def start_of_day_ms(day: date) -> int:
    """Return the UTC milliseconds of 00:00 of that date in Asia/Shanghai."""
    return (datetime(day.year, day.month, day.day, tzinfo=CHINA) - _EPOCH) // _MILLISECOND
