"""A database from a backup begins another life: nobody is called twice, no number comes twice, nothing is lost.

What counters see of it is section 10 of the protocol (tests/unit/protocol).
"""

from typing import Any

from set_back import HALL, head_pull, refused, restore

from sync.server.service.restored import OVER_MS, awaited, release


def test_where_nobody_waits_calls_go_on_at_once(hall: Any) -> None:
    hall.counter("A01")
    restore(hall)
    assert hall.call("A01") is None
    assert hall.issue() == "A101"
    assert hall.call("A01").number == "A101"


def test_the_operator_lets_go_of_a_window_that_will_not_come(hall: Any) -> None:
    hall.counter("A01")
    hall.counter("A02")
    hall.issue()
    restore(hall)
    assert refused(lambda: release(hall.service.context, HALL, "B01")) == "not_found"
    assert release(hall.service.context, HALL, "A02") == ["A01"]
    assert release(hall.service.context, HALL) == []
    assert hall.call("A01").number == "A001"
    assert refused(lambda: release(hall.service.context, HALL)) == "not_found"


def test_after_a_day_nobody_is_waited_for(hall: Any) -> None:
    first = hall.counter("A01")
    hall.counter("A02")
    restore(hall)
    hall.clock.now += OVER_MS
    head_pull(first)
    assert awaited(hall.service.context, HALL) == []


def test_a_series_goes_on_behind_every_number_that_may_be_out(hall: Any) -> None:
    for _ in range(3):
        hall.issue()
    hall.issue("B")
    restore(hall)
    assert (hall.issue(), hall.issue(), hall.issue("B")) == ("A201", "A202", "B201")
    restore(hall)
    assert hall.issue() == "A401"


def test_the_busiest_day_says_how_many_numbers_a_morning_may_have_seen(hall: Any) -> None:
    for _ in range(130):
        hall.issue()
    hall.clock.now += 24 * 3_600_000
    restore(hall, hours_old=20)
    assert hall.issue() == "A201"


def test_a_registration_number_is_not_given_twice(hall: Any) -> None:
    last = hall.counter("A01").number
    restore(hall)
    assert int(hall.counter("A01", incarnation="store-2").number) == int(last) + 11


def test_who_holds_a_number_the_server_lost_is_served_and_stays_one_ticket(hall: Any) -> None:
    counter, other = hall.counter("A01"), hall.counter("A02")
    restore(hall)
    assert counter.push(counter.presented("A037")).results[0].status == "applied"
    rows = [row for row in counter.server.snapshot(HALL).tables["ticket"] if row["number"] == "A037"]
    assert [(row["state"], row["window"]) for row in rows] == [("serving", "A01")]
    assert other.push(other.presented("A037", "an-id-of-before")).results[0].reason == "taken_elsewhere"
    assert len([row for row in counter.server.snapshot(HALL).tables["ticket"] if row["number"] == "A037"]) == 1
    assert hall.issue() == "A101"


def test_a_counter_knows_of_more_numbers_than_were_skipped(hall: Any) -> None:
    counter = hall.counter("A01")
    restore(hall)
    counter.push(counter.presented("A237"))
    assert hall.issue() == "A301"


def test_a_number_that_never_was_is_unknown_as_before(hall: Any) -> None:
    counter = hall.counter("A01")
    restore(hall)
    head_pull(counter)
    assert counter.push(counter.presented("A137")).results[0].reason == "unknown_ticket"
    assert counter.push(counter.presented("A093")).results[0].status == "applied"
