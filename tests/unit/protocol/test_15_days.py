"""Section 15: days."""

from typing import Any

import pytest
from answers import HALL, cards_of, day_opened, statuses

from sync.server.storage import day_closes


def test_the_business_day_never_goes_backwards(lone_hall: Any) -> None:
    """15.1 The business day never goes backwards."""
    counter = lone_hall.counter("A01")
    result = counter.push(day_opened(counter), day_opened(counter, "2026-11-22"))
    assert statuses(result) == [("applied", None), ("conflict", "illegal_transition")]


def day_closed(counter: Any, upto: int | None, **changes: Any) -> Any:
    payload = {
        "business_date": "2026-11-23",
        "first": upto and 1,
        "last": upto,
        "count": upto or 0,
        "head": counter.head,
        **changes,
    }
    return counter.operation("day.closed", "window", counter.window, payload)


def test_a_day_is_closed_with_every_number_in_place(hall: Any) -> None:
    """15.2 The day's numbers are told with its close."""
    counter = hall.counter("A01")
    taken = [counter.accepted(case_id=f"case-{each}", sequence=each) for each in (1, 2)]
    assert [each.status for each in counter.push(*taken, day_closed(counter, 2)).results] == ["applied"] * 3
    kept = hall.storage.read(lambda connection: day_closes.get(connection, HALL, counter.number, "2026-11-23"))
    assert (kept.first, kept.last, kept.count, kept.missing) == (1, 2, 2, 0)
    assert cards_of(hall, "day_gap") == []


def test_a_day_without_numbers_is_closed_too_and_none_twice(hall: Any) -> None:
    """15.2 Each day closes once, also one without numbers."""
    counter = hall.counter("A01")
    results = counter.push(day_closed(counter, None)).results + counter.push(day_closed(counter, None)).results
    assert [each.reason for each in results] == [None, "illegal_transition"]


def test_a_number_without_a_case_hangs_up_a_card_that_names_it(hall: Any) -> None:
    """15.3 A number without a case hangs up a card that names it."""
    counter = hall.counter("A01")
    counter.push(counter.accepted(), day_closed(counter, 3))
    [card] = cards_of(hall, "day_gap")
    assert card.subject.startswith(f"9901-{counter.number}-20261123-0002-")


@pytest.mark.parametrize("changes", [{"head": "0" * 64}, {"first": 2}, {"count": 9}, {"last": None}, {"last": 10_000}])
def test_a_close_that_no_counter_can_mean_is_parked(lone_hall: Any, changes: dict[str, Any]) -> None:
    """15.4 A close that no counter can mean is parked."""
    counter = lone_hall.counter("A01")
    counter.push(counter.accepted())
    [result] = counter.push(day_closed(counter, 1, **changes)).results
    assert result.reason == "malformed_payload"
