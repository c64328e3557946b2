from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.business_day import business_date, start_of_day_ms


@pytest.mark.parametrize(
    ("instant", "expected"),
    [("2026-11-22T15:59:59.999+00:00", date(2026, 11, 22)), ("2026-11-22T16:00:00+00:00", date(2026, 11, 23))],
)
def test_the_business_date_turns_at_midnight_in_china(instant: str, expected: date) -> None:
    assert business_date(round(datetime.fromisoformat(instant).timestamp() * 1000)) == expected


@given(st.dates(date(1992, 1, 1), date(2199, 12, 31)))
def test_the_fixed_offset_agrees_with_the_time_zone_database(day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert start_of_day_ms(day) == midnight.timestamp() * 1000


@given(st.dates(date(1949, 10, 1), date(2199, 12, 31)), st.integers(0, 24 * 3_600_000 - 1))
def test_every_instant_of_a_day_belongs_to_it(day: date, ms: int) -> None:
    assert business_date(start_of_day_ms(day) + ms) == day
