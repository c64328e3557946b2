from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import resources
from app.domain.business_day import start_of_day_ms
from app.domain.deadline import (
    Light,
    LimitFault,
    LimitRefusedError,
    Suspension,
    deemed_accepted,
    due,
    light,
    remaining_workdays,
)
from app.domain.limit_unit import LimitUnit
from app.storage.calendar_file import load_calendar

WD, CD, H, NOW = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS, LimitUnit.HOURS, LimitUnit.NOW
CALENDAR = load_calendar(Path(resources.__path__[0]) / "calendar")

# The demo data's clock_vectors and the total of its case C09.
VECTORS = [
    ("2024-02-02", 5, "2024-02-08"),
    ("2025-01-24", 5, "2025-02-07"),
    ("2025-09-26", 3, "2025-09-30"),
    ("2026-02-13", 3, "2026-02-25"),
    ("2026-04-30", 20, "2026-06-01"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-24", 10, "2026-10-15"),
    ("2026-11-23", 5, "2026-11-30"),
    ("2026-11-23", 20, "2026-12-21"),
    ("2026-03-02", 3, "2026-03-05"),
    ("2026-03-02", 63, "2026-06-02"),
]

# Loading a machine is no reason to fail, so no example has a time limit.
patient = settings(deadline=None)
starts = st.dates(date(2006, 1, 1), date(2025, 12, 31))
lengths = st.integers(1, 120)


@st.composite
def suspended_starts(draw: st.DrawFn) -> tuple[date, list[Suspension]]:
    """A start and up to four suspensions around it, which may overlap."""
    start = draw(st.dates(date(2006, 1, 1), date(2024, 12, 31)))
    pairs = draw(st.lists(st.tuples(st.integers(-20, 90), st.integers(0, 30)), max_size=4))
    return start, [(start + timedelta(first), start + timedelta(first + length)) for first, length in pairs]


def is_covered(day: date, suspensions: list[Suspension]) -> bool:
    return any(first <= day <= last for first, last in suspensions)


@pytest.mark.parametrize(("start", "days", "expected"), VECTORS)
def test_the_nth_working_day_after_the_start_is_due(start: str, days: int, expected: str) -> None:
    answer = due(date.fromisoformat(start), days, WD, CALENDAR)
    assert (answer.date.isoformat(), answer.provisional) == (expected, False)


def test_a_date_in_a_year_not_announced_is_provisional() -> None:
    answer = due(date(2026, 12, 28), 5, WD, CALENDAR)
    assert answer.provisional
    assert answer.calendar_version == "2026.1 2027.0"


def test_a_start_on_the_last_day_of_an_unknown_year_does_not_make_the_answer_provisional() -> None:
    assert not due(date(2005, 12, 31), 5, WD, CALENDAR).provisional


def test_silence_accepts_from_the_day_of_receipt_c03() -> None:
    answer = deemed_accepted(date(2026, 9, 24), CALENDAR)
    assert answer.notice_due.date == date(2026, 10, 9)
    assert answer.flips_on == date(2026, 10, 10)
    assert answer.accepted_on == date(2026, 9, 24)
    assert start_of_day_ms(answer.flips_on) == 1_791_561_600_000  # 2026-10-09T16:00Z
    assert due(answer.accepted_on, 7, WD, CALENDAR).date == date(2026, 10, 12)


def test_an_expert_review_moves_the_due_date_by_its_working_days_c04() -> None:
    accepted, review = date(2026, 11, 2), (date(2026, 11, 9), date(2026, 11, 20))
    assert due(accepted, 20, WD, CALENDAR).date == date(2026, 11, 30)
    assert due(accepted, 20, WD, CALENDAR, [review]).date == date(2026, 12, 14)


def test_an_extension_into_an_unannounced_year_is_provisional_c08() -> None:
    first = due(date(2026, 11, 23), 20, WD, CALENDAR)
    assert (first.date, first.provisional) == (date(2026, 12, 21), False)
    for extended in (due(first.date, 10, WD, CALENDAR), due(date(2026, 11, 23), 30, WD, CALENDAR)):
        assert (extended.date, extended.provisional) == (date(2027, 1, 5), True)


def test_a_calendar_day_limit_that_ends_on_a_workday_stays() -> None:
    assert due(date(2026, 11, 2), 15, CD, CALENDAR).date == date(2026, 11, 17)


def test_a_calendar_day_limit_that_ends_at_rest_moves_to_the_next_workday() -> None:
    assert due(date(2026, 9, 21), 15, CD, CALENDAR).date == date(2026, 10, 8)  # ends on 10-06, a feast
    assert due(date(2026, 9, 25), 15, CD, CALENDAR).date == date(2026, 10, 10)  # a Saturday worked in exchange


def test_a_suspended_calendar_day_is_not_counted() -> None:
    suspension = (date(2026, 11, 3), date(2026, 11, 12))
    assert due(date(2026, 11, 2), 5, CD, CALENDAR, [suspension]).date == date(2026, 11, 17)


def test_a_limit_never_ends_while_the_clock_stands_still() -> None:
    saturday, pause = date(2026, 11, 7), (date(2026, 11, 9), date(2026, 11, 10))
    assert due(saturday - timedelta(5), 5, CD, CALENDAR, [pause]).date == date(2026, 11, 11)


def test_on_the_spot_is_due_on_the_day_itself() -> None:
    assert due(date(2026, 11, 22), 0, NOW, CALENDAR).date == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("start", "days", "unit", "suspensions", "reason"),
    [
        (date(2026, 11, 23), 0, WD, [], LimitFault.NOT_POSITIVE),
        (date(2026, 11, 23), -1, CD, [], LimitFault.NOT_POSITIVE),
        (date(2026, 11, 23), 3661, WD, [], LimitFault.TOO_LONG),
        (date(2026, 11, 23), 1, NOW, [], LimitFault.NOW_HAS_NO_LENGTH),
        (date(2026, 11, 23), 4, H, [], LimitFault.HOURS_HAVE_NO_DATE),
        (date.min, 5, WD, [], LimitFault.DATE_OUT_OF_RANGE),
        (date(2026, 11, 23), 5, WD, [(date(2026, 11, 23), date.max)], LimitFault.DATE_OUT_OF_RANGE),
        (date(2026, 11, 23), 5, WD, [(date(2026, 12, 2), date(2026, 12, 1))], LimitFault.SUSPENSION_REVERSED),
    ],
)
def test_nonsense_is_refused_with_its_reason(
    start: date, days: int, unit: LimitUnit, suspensions: list[Suspension], reason: LimitFault
) -> None:
    with pytest.raises(LimitRefusedError) as refused:
        due(start, days, unit, CALENDAR, suspensions)
    assert refused.value.reason is reason


@patient
@given(starts, lengths)
def test_counting_agrees_with_chinesecalendar(start: date, days: int) -> None:
    day, left = start, days
    while left:
        day += timedelta(1)
        left -= chinese_calendar.is_workday(day)
    assert due(start, days, WD, CALENDAR).date == day


@patient
@given(suspended_starts(), lengths)
def test_between_start_and_due_lie_exactly_the_days_of_the_limit(
    case: tuple[date, list[Suspension]], days: int
) -> None:
    start, suspensions = case
    last = due(start, days, WD, CALENDAR, suspensions).date
    between = (start + timedelta(n) for n in range(1, (last - start).days + 1))
    counted = [day for day in between if CALENDAR.is_workday(day) and not is_covered(day, suspensions)]
    assert len(counted) == days
    assert counted[-1] == last
    assert remaining_workdays(start, last, CALENDAR, suspensions) == days


@patient
@given(suspended_starts(), lengths, st.sampled_from([WD, CD]))
def test_order_and_repetition_of_suspensions_change_nothing(
    case: tuple[date, list[Suspension]], days: int, unit: LimitUnit
) -> None:
    start, suspensions = case
    once = due(start, days, unit, CALENDAR, suspensions)
    assert due(start, days, unit, CALENDAR, [*reversed(suspensions), *suspensions]) == once


@patient
@given(suspended_starts(), lengths, st.sampled_from([WD, CD]))
def test_a_suspension_never_brings_the_due_date_forward(
    case: tuple[date, list[Suspension]], days: int, unit: LimitUnit
) -> None:
    start, suspensions = case
    assert due(start, days, unit, CALENDAR, suspensions).date >= due(start, days, unit, CALENDAR).date


@patient
@given(suspended_starts(), lengths)
def test_a_calendar_day_limit_ends_on_a_workday_on_which_the_clock_runs(
    case: tuple[date, list[Suspension]], days: int
) -> None:
    start, suspensions = case
    last = due(start, days, CD, CALENDAR, suspensions).date
    assert CALENDAR.is_workday(last)
    assert not is_covered(last, suspensions)


def test_remaining_workdays_count_down_to_zero_and_below() -> None:
    last = date(2026, 11, 30)
    days = [date(2026, 11, 26), date(2026, 11, 27), last, date(2026, 12, 1), date(2026, 12, 2)]
    assert [remaining_workdays(day, last, CALENDAR) for day in days] == [2, 1, 0, -1, -2]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-02", Light.GREEN),  # 20 left
        ("2026-11-13", Light.GREEN),  # 11
        ("2026-11-16", Light.BLUE),  # 10: a half is not above a half
        ("2026-11-23", Light.BLUE),  # 5
        ("2026-11-24", Light.YELLOW),  # 4: a fifth
        ("2026-11-30", Light.YELLOW),  # the due day
        ("2026-12-01", Light.RED),
    ],
)
def test_the_light_follows_the_share_that_is_left(today: str, expected: Light) -> None:
    assert light(date(2026, 11, 2), date.fromisoformat(today), date(2026, 11, 30), CALENDAR) is expected


def test_one_working_day_before_due_a_short_limit_is_yellow_too() -> None:
    assert light(date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25), CALENDAR) is Light.YELLOW


def test_the_saturday_after_the_due_friday_is_red() -> None:
    assert light(date(2026, 11, 2), date(2026, 11, 28), date(2026, 11, 27), CALENDAR) is Light.RED


@patient
@given(starts, lengths, st.integers(0, 150))
def test_a_light_never_turns_back(start: date, days: int, later: int) -> None:
    last = due(start, days, WD, CALENDAR).date
    today = start + timedelta(later)
    assume(today.year < 2026)
    order = list(Light)
    lights = [light(start, day, last, CALENDAR) for day in (today, today + timedelta(1))]
    assert order.index(lights[0]) <= order.index(lights[1])
