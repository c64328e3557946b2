"""Due dates: when a limit ends, how much of it is left, and when silence accepts (domain.md section 5)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain, islice, takewhile

from app.domain.calendar import ONE_DAY, WorkCalendar
from app.domain.limit_unit import LimitUnit

NOTICE_WORKDAYS = 5
# Ten years: far beyond every limit in the law, and small enough to count day by day.
LONGEST_LIMIT = 3660
EARLIEST = date(1949, 10, 1)
LATEST = date(2199, 12, 31)

Suspension = tuple[date, date]


class LimitFault(StrEnum):
    """Why no due date can be given."""

    NOT_POSITIVE = "limit_not_positive"
    TOO_LONG = "limit_too_long"
    NOW_HAS_NO_LENGTH = "limit_now_has_no_length"
    HOURS_HAVE_NO_DATE = "limit_hours_have_no_date"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    SUSPENSION_REVERSED = "suspension_reversed"


class LimitRefusedError(ValueError):
    """The question has no answer; ``reason`` says why."""

    def __init__(self, reason: LimitFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit, which ends with that day's business.

    ``provisional`` (暂定): a year it depends on is not announced. ``calendar_version`` names the tables used.
    """

    date: dt.date
    provisional: bool
    calendar_version: str


@dataclass(frozen=True, slots=True)
class DeemedAcceptance:
    """What silence leads to (Licensing Law art. 32(1)(4)): told by ``notice_due``, or accepted from the start.

    ``flips_on`` is the day at whose 00:00 the case turns; ``accepted_on`` is the day of receipt, from
    which every further limit runs.
    """

    notice_due: Due
    flips_on: date
    accepted_on: date


@dataclass(frozen=True, slots=True)
class LightLimits:
    """When the clock changes its colour; all of it is configuration (``app.domain.supervision``).

    Blue once ``half_percent`` of its working days are used, yellow when ``low_percent`` are left or ``yellow_days``.
    """

    half_percent: int = 50
    low_percent: int = 20
    yellow_days: int = 1


DEFAULT_LIGHTS = LightLimits()


class Light(StrEnum):
    """The colour of the due clock."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


def due(start: date, days: int, unit: LimitUnit, calendar: WorkCalendar, suspensions: Sequence[Suspension] = ()) -> Due:
    """Return the last day of a limit of ``days``; ``start`` itself is not counted (Civil Code art. 201 by analogy).

    A day inside a suspension, both ends included, is not counted, however many suspensions cover it. A limit in
    calendar days that would end on a rest day ends on the next working day on which the clock runs (art. 203).

    Raises:
        LimitRefusedError: a length, unit, date or suspension that makes no sense.
    """
    _check_dates(start, suspensions)
    _check_length(days, unit)
    if unit is LimitUnit.NOW:
        return Due(start, provisional=False, calendar_version=calendar.version(start, start))
    running = _running_days(start, suspensions)
    if unit is LimitUnit.WORKING_DAYS:
        running = filter(calendar.is_workday, running)
    last = next(islice(running, days - 1, None))
    last = next(filter(calendar.is_workday, chain([last], running)))
    first = start + ONE_DAY
    return Due(last, calendar.is_provisional(first, last), calendar.version(first, last))


def deemed_accepted(received: date, calendar: WorkCalendar) -> DeemedAcceptance:
    """Return when an application received on that day counts as accepted if nobody tells the applicant anything."""
    notice_due = due(received, NOTICE_WORKDAYS, LimitUnit.WORKING_DAYS, calendar)
    return DeemedAcceptance(notice_due, calendar.next_workday(notice_due.date), received)


def remaining_workdays(
    today: date, due_date: date, calendar: WorkCalendar, suspensions: Sequence[Suspension] = ()
) -> int:
    """Count the working days left after today, the due day included; negative when it is past.

    Past due, a day of rest adds nothing: the Saturday after a Friday is 0, though the light is red.
    """
    if today > due_date:
        return -remaining_workdays(due_date, today, calendar)
    running = takewhile(lambda day: day <= due_date, _running_days(today, suspensions))
    return sum(map(calendar.is_workday, running))


def light(
    start: date,
    today: date,
    due_date: date,
    calendar: WorkCalendar,
    suspensions: Sequence[Suspension] = (),
    *,
    limits: LightLimits = DEFAULT_LIGHTS,
) -> Light:
    """Return the colour for a limit begun on ``start``: the share of its working days that is left.

    By default above a half green, above a fifth blue, below that or within one working day of the due day yellow; past
    it red.
    """
    if today > due_date:
        return Light.RED
    left = remaining_workdays(today, due_date, calendar, suspensions)
    whole = remaining_workdays(start, due_date, calendar, suspensions)
    if left <= limits.yellow_days or left * 100 <= whole * limits.low_percent:
        return Light.YELLOW
    return Light.BLUE if left * 100 <= whole * (100 - limits.half_percent) else Light.GREEN


def _running_days(start: date, suspensions: Sequence[Suspension]) -> Iterator[date]:
    """Yield, without end, the days after ``start`` on which the clock runs."""
    day = start
    for first, last in sorted(suspensions):
        while day + ONE_DAY < first:
            day += ONE_DAY
            yield day
        day = max(day, last)
    while True:
        day += ONE_DAY
        yield day


def _check_dates(start: date, suspensions: Sequence[Suspension]) -> None:
    if any(not EARLIEST <= day <= LATEST for day in chain([start], *suspensions)):
        raise LimitRefusedError(LimitFault.DATE_OUT_OF_RANGE)
    if any(first > last for first, last in suspensions):
        raise LimitRefusedError(LimitFault.SUSPENSION_REVERSED)


def _check_length(days: int, unit: LimitUnit) -> None:
    if unit is LimitUnit.HOURS:
        raise LimitRefusedError(LimitFault.HOURS_HAVE_NO_DATE)
    if unit is LimitUnit.NOW:
        if days != 0:
            raise LimitRefusedError(LimitFault.NOW_HAS_NO_LENGTH)
    elif days < 1:
        raise LimitRefusedError(LimitFault.NOT_POSITIVE)
    elif days > LONGEST_LIMIT:
        raise LimitRefusedError(LimitFault.TOO_LONG)
