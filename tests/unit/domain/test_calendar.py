from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

import resources
from app.domain.calendar import (
    CalendarFault,
    InvalidCalendarError,
    WorkCalendar,
    YearStatus,
    YearTable,
    unannounced,
)
from app.storage.calendar_file import load_calendar

FIRST, LAST = date(2006, 1, 1), date(2026, 12, 31)


@pytest.fixture(scope="module")
def shipped() -> WorkCalendar:
    return load_calendar(Path(resources.__path__[0]) / "calendar")


def table(
    year: int = 2026, rest: frozenset[date] = frozenset(), work: frozenset[date] = frozenset(), version: int = 1
) -> YearTable:
    return YearTable(year, YearStatus.PUBLISHED, rest, work, source=None, version=version)


def test_every_day_of_the_shipped_years_is_what_chinesecalendar_says(shipped: WorkCalendar) -> None:
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    assert [day for day in days if shipped.is_workday(day) is not chinese_calendar.is_workday(day)] == []
    assert not shipped.is_provisional(FIRST, LAST)


@pytest.mark.parametrize(("year", "workdays"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_workdays_as_announced(shipped: WorkCalendar, year: int, workdays: int) -> None:
    new_year = date(year, 1, 1)
    days = (new_year + timedelta(n) for n in range((date(year + 1, 1, 1) - new_year).days))
    assert sum(map(shipped.is_workday, days)) == workdays


def test_the_table_of_2026_names_its_notice(shipped: WorkCalendar) -> None:
    source = shipped.table(2026).source
    assert source is not None
    assert (source.number, source.issued) == ("国办发明电〔2025〕7号", date(2025, 11, 4))


def test_the_next_workday_jumps_the_feast_and_takes_the_saturday_worked_in_exchange(shipped: WorkCalendar) -> None:
    assert shipped.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)
    assert shipped.next_workday(date(2026, 10, 9)) == date(2026, 10, 10)


def test_a_year_without_a_table_rests_on_weekends_and_fixed_feasts_only() -> None:
    calendar = WorkCalendar()
    feasts = {date(2027, 1, 1), date(2027, 5, 1), date(2027, 5, 2), *(date(2027, 10, day) for day in (1, 2, 3))}
    for n in range(365):
        day = date(2027, 1, 1) + timedelta(n)
        assert calendar.is_workday(day) is (day.weekday() < 5 and day not in feasts)


def test_days_that_touch_an_unannounced_year_are_provisional(shipped: WorkCalendar) -> None:
    assert shipped.is_provisional(date(2026, 12, 31), date(2027, 1, 1))
    assert not shipped.is_provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert shipped.is_provisional(date(2005, 12, 31), date(2006, 1, 1))


def test_a_table_marked_provisional_makes_its_days_provisional() -> None:
    draft = YearTable(2027, YearStatus.PROVISIONAL, frozenset(), frozenset(), source=None, version=1)
    assert WorkCalendar([draft]).is_provisional(date(2027, 6, 1), date(2027, 6, 1))


def test_the_version_names_every_table_that_was_used() -> None:
    calendar = WorkCalendar([table(2026, version=3)])
    assert calendar.version(date(2026, 12, 1), date(2027, 1, 5)) == "2026.3 2027.0"


def test_an_announced_table_replaces_the_reckoning() -> None:
    saturday = date(2027, 1, 2)
    assert not unannounced(2027).is_workday(saturday)
    assert WorkCalendar([table(2027, work=frozenset({saturday}))]).is_workday(saturday)


def test_a_table_with_a_day_of_another_year_is_refused() -> None:
    with pytest.raises(InvalidCalendarError) as refused:
        table(2026, rest=frozenset({date(2027, 1, 1)}))
    assert refused.value.reason is CalendarFault.DAY_OUTSIDE_YEAR


def test_a_day_both_rested_and_worked_is_refused() -> None:
    day = frozenset({date(2026, 10, 10)})
    with pytest.raises(InvalidCalendarError) as refused:
        table(2026, rest=day, work=day)
    assert refused.value.reason is CalendarFault.REST_AND_WORK


def test_two_tables_for_one_year_are_refused() -> None:
    with pytest.raises(InvalidCalendarError) as refused:
        WorkCalendar([table(2026), table(2026, version=2)])
    assert refused.value.reason is CalendarFault.DUPLICATE_YEAR
