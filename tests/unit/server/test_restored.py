"""A database from a backup begins another life: nobody is called twice, no number comes twice, nothing is lost."""

from typing import Any

import pytest

from sync.protocol.interface import Refused
from sync.server.service.restored import OVER_MS, awaited, release, renew
from sync.server.storage import waiting_operations

HALL = "9901"


def restore(hall: Any, hours_old: int = 1) -> str:
    """Go on as a database that was backed up some hours ago, in a process that has just started."""
    hall.service.context.told.clear()
    backup_ms = hall.clock.now_ms() - hours_old * 3_600_000
    name: str = hall.storage.write(lambda connection: renew(hall.service.context, connection, backup_ms))
    return name


def refused(work: Any) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.code


def head_pull(counter: Any) -> Any:
    return counter.server.pull(HALL, counter.server.snapshot(HALL).cursor, 100)


def test_no_cursor_of_before_goes_on_in_a_restored_feed(hall: Any) -> None:
    hall.issue()
    counter = hall.counter("A01")
    before = counter.server.pull(HALL, 0, 100)
    name = restore(hall)
    for cursor in range(before.head + 2):
        assert refused(lambda cursor=cursor: counter.server.pull(HALL, cursor, 100)) == "cursor_gone"
    taken = counter.server.snapshot(HALL)
    assert taken.server_incarnation == name != before.server_incarnation
    assert [row["number"] for row in taken.tables["ticket"]] == ["A001"]
    again = restore(hall)
    assert again != name
    assert refused(lambda: counter.server.pull(HALL, taken.cursor - 1, 100)) == "cursor_gone"


def test_nobody_is_called_before_every_counter_has_told_what_it_called(hall: Any) -> None:
    first, second = hall.counter("A01"), hall.counter("A02")
    hall.issue()
    restore(hall)
    assert awaited(hall.service.context, HALL) == ["A01", "A02"]
    assert refused(lambda: hall.call("A01")) == "recovering"
    head_pull(first)
    assert refused(lambda: hall.call("A01")) == "recovering"
    head_pull(second)
    assert awaited(hall.service.context, HALL) == []
    assert hall.call("A01").number == "A001"


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


def test_what_builds_on_another_counters_word_waits_for_it(hall: Any) -> None:
    giver, taker = hall.counter("A01"), hall.counter("A02")
    restore(hall)
    told = {"number": "A005", "to_window": "A02", "window": "A01"}
    given = [
        giver.presented("A005", "ticket-5"),
        giver.operation("ticket.transferred", "ticket", "ticket-5", told),
    ]
    taken = [
        taker.operation("ticket.taken", "ticket", "ticket-5", {"number": "A005", "window": "A02"}),
        taker.operation("ticket.served", "ticket", "ticket-5", {"number": "A005", "window": "A02"}),
    ]
    results = taker.push(*taken).results
    assert [each.status for each in results] == ["postponed", "postponed"]
    assert [each.status for each in taker.push(*taken).results] == ["postponed", "postponed"]
    assert [each.status for each in giver.push(*given).results] == ["applied", "applied"]
    row = next(row for row in giver.server.snapshot(HALL).tables["ticket"] if row["number"] == "A005")
    assert (row["state"], row["window"]) == ("serving", "A02")
    assert [each.status for each in taker.push(*taken).results] == ["duplicate", "duplicate"]


def test_what_never_fits_becomes_a_persons_task_when_all_have_told(hall: Any) -> None:
    counter = hall.counter("A01")
    restore(hall)
    served = counter.operation("ticket.served", "ticket", "ticket-9", {"number": "A009", "window": "A01"})
    assert counter.push(served).results[0].status == "postponed"
    assert counter.server.snapshot(HALL).tables["card"] == []
    head_pull(counter)
    assert counter.push(served).results[0].status == "conflict"
    assert [row["rule"] for row in counter.server.snapshot(HALL).tables["card"]] == ["parked"]
    assert not hall.storage.read(lambda connection: waiting_operations.of_status(connection, HALL, "postponed"))
