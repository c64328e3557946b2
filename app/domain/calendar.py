"""The working-day calendar: without it no limit of the Licensing Law (art. 82) can be computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class YearStatus(StrEnum):
    """Whether the State Council has announced the year's holidays (已公布) or not yet (暂定)."""

    PUBLISHED = "published"
    PROVISIONAL = "provisional"


class CalendarFault(StrEnum):
    """Why a calendar cannot be built."""

    DAY_OUTSIDE_YEAR = "calendar_day_outside_year"
    REST_AND_WORK = "calendar_rest_and_work"
    DUPLICATE_YEAR = "calendar_duplicate_year"


class InvalidCalendarError(ValueError):
    """The tables contradict themselves; ``reason`` and ``year`` say where."""

    def __init__(self, reason: CalendarFault, year: int) -> None:
        super().__init__(f"{reason} ({year})")
        self.reason = reason
        self.year = year


@dataclass(frozen=True, slots=True)
class Source:
    """What a table was made from: the State Council's notice with its number and day, or a data set by its name."""

    title: str
    number: str | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class YearTable:
    """What one year changes in the Monday-to-Friday week.

    ``rest_days`` are the days of a feast (休), weekends among them included; ``make_up_workdays`` are
    the weekend days worked in exchange (班). ``version`` counts the editions of the table, from 1;
    0 is a year nobody has announced.
    """

    year: int
    status: YearStatus
    rest_days: frozenset[date]
    make_up_workdays: frozenset[date]
    source: Source | None
    version: int

    def __post_init__(self) -> None:
        """Refuse a table that cannot be true.

        Raises:
            InvalidCalendarError: a day of another year, or a day both rested and worked.
        """
        if any(day.year != self.year for day in self.rest_days | self.make_up_workdays):
            raise InvalidCalendarError(CalendarFault.DAY_OUTSIDE_YEAR, self.year)
        if self.rest_days & self.make_up_workdays:
            raise InvalidCalendarError(CalendarFault.REST_AND_WORK, self.year)

    def is_workday(self, day: date) -> bool:
        """Tell whether offices work on a day of this year."""
        if day.weekday() >= SATURDAY:
            return day in self.make_up_workdays
        return day not in self.rest_days


@cache
def unannounced(year: int) -> YearTable:
    """Return the table to reckon with before the notice: only the feasts with a fixed date are known."""
    feasts = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    return YearTable(
        year=year,
        status=YearStatus.PROVISIONAL,
        rest_days=frozenset(date(year, month, day) for month, day in feasts),
        make_up_workdays=frozenset(),
        source=None,
        version=0,
    )


class WorkCalendar:
    """All year tables together; immutable, and it answers for every year there is."""

    def __init__(self, tables: Iterable[YearTable] = ()) -> None:
        """Gather the tables.

        Raises:
            InvalidCalendarError: two tables for one year.
        """
        self._tables: dict[int, YearTable] = {}
        for table in tables:
            if table.year in self._tables:
                raise InvalidCalendarError(CalendarFault.DUPLICATE_YEAR, table.year)
            self._tables[table.year] = table

    def table(self, year: int) -> YearTable:
        """Return the table in force for a year: the announced one or the provisional reckoning."""
        return self._tables.get(year) or unannounced(year)

    def is_workday(self, day: date) -> bool:
        """Tell whether offices work on that day."""
        return self.table(day.year).is_workday(day)

    def next_workday(self, day: date) -> date:
        """Return the first working day after ``day``."""
        day += ONE_DAY
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def is_provisional(self, first: date, last: date) -> bool:
        """Tell whether the days from ``first`` to ``last`` touch a year that is not announced."""
        return any(table.status is YearStatus.PROVISIONAL for table in self._spanned(first, last))

    def version(self, first: date, last: date) -> str:
        """Name the tables behind those days, as ``2026.1 2027.0``: year and edition.

        A date stored with this text can be found again when one of its tables changes.
        """
        return " ".join(f"{table.year}.{table.version}" for table in self._spanned(first, last))

    def _spanned(self, first: date, last: date) -> Iterable[YearTable]:
        return map(self.table, range(first.year, last.year + 1))
