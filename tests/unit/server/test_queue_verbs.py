"""What the authority makes of a window's recalls, no-shows, held tickets, walk-ins and calls for help."""

from typing import Any

import pytest

from app.domain.ticket import TicketState
from sync.server.service.help_ops import list_help
from sync.server.service.mirror import help_change
from sync.server.storage import help_calls, tickets

HALL = "9901"


def ticket(hall: Any, number: str) -> Any:
    def read(connection: Any) -> Any:
        return tickets.by_number(connection, HALL, "2026-11-23", number)

    return hall.storage.read(read)


def result(counter: Any, *operations: Any) -> list[tuple[str, str | None]]:
    return [(each.status, each.reason) for each in counter.push(*operations).results]


APPLIED = [("applied", None)]


@pytest.fixture
def counter(hall: Any) -> Any:
    return hall.counter("A01")


@pytest.fixture
def called(hall: Any, counter: Any) -> Any:
    """A001 is called to A01; A002 waits behind it."""
    hall.issue()
    hall.issue()
    return hall.call("A01")


def test_a_recall_is_counted_and_is_the_time_of_the_last_call(hall: Any, counter: Any, called: Any) -> None:
    assert ticket(hall, "A001").calls == 1
    again = counter.ticket_op("ticket.recalled", called, calls=2, called_ms=called.called_ms + 20_000)
    assert result(counter, again) == APPLIED
    after = ticket(hall, "A001")
    assert (after.state, after.calls, after.called_ms) == (TicketState.CALLED, 2, called.called_ms + 20_000)
    assert after.rev == called.rev + 1


def test_a_recall_in_service_leaves_the_length_of_service_alone(hall: Any, counter: Any, called: Any) -> None:
    counter.push(counter.ticket_op("ticket.served", called))
    counter.push(counter.ticket_op("ticket.recalled", called, calls=2, called_ms=called.called_ms + 20_000))
    after = ticket(hall, "A001")
    assert (after.state, after.calls, after.called_ms) == (TicketState.SERVING, 2, called.called_ms)


def test_a_no_show_counts_once_whoever_says_it_first(hall: Any, counter: Any, called: Any) -> None:
    missed = counter.ticket_op("ticket.missed", called)
    assert hall.call("A01").number == "A002"
    assert ticket(hall, "A001").misses == 1
    assert result(counter, missed) == APPLIED
    assert (ticket(hall, "A001").state, ticket(hall, "A001").misses) == (TicketState.MISSED, 1)


def test_a_recall_of_whom_the_next_call_passed_over_changes_nothing_and_they_may_come(
    hall: Any, counter: Any, called: Any
) -> None:
    again = counter.ticket_op("ticket.recalled", called, calls=2, called_ms=called.called_ms + 20_000)
    hall.call("A01")
    before = ticket(hall, "A001")
    assert result(counter, again) == APPLIED
    assert ticket(hall, "A001") == before
    assert result(counter, counter.ticket_op("ticket.served", called)) == APPLIED
    assert ticket(hall, "A001").state is TicketState.SERVING


def test_the_third_no_show_voids_the_ticket_and_taking_it_back_gives_it_its_life_again(
    hall: Any, counter: Any, called: Any
) -> None:
    for misses in (1, 2):
        counter.push(counter.ticket_op("ticket.missed", called))
        assert (ticket(hall, "A001").state, ticket(hall, "A001").misses) == (TicketState.MISSED, misses)
        counter.push(counter.ticket_op("ticket.served", called))
    counter.push(counter.ticket_op("ticket.missed", called))
    assert (ticket(hall, "A001").state, ticket(hall, "A001").misses) == (TicketState.VOID, 3)
    assert result(counter, counter.ticket_op("ticket.unmissed", called)) == APPLIED
    assert (ticket(hall, "A001").state, ticket(hall, "A001").misses) == (TicketState.CALLED, 2)


def test_a_no_show_taken_back_is_called_as_before(hall: Any, counter: Any, called: Any) -> None:
    before = ticket(hall, "A001")
    counter.push(counter.ticket_op("ticket.missed", called), counter.ticket_op("ticket.unmissed", called))
    after = ticket(hall, "A001")
    assert (after.state, after.misses, after.window, after.missed_ms) == (TicketState.CALLED, 0, "A01", None)
    assert (after.called_ms, after.calls) == (before.called_ms, before.calls)


def test_what_was_not_missed_cannot_be_taken_back(counter: Any, called: Any) -> None:
    assert result(counter, counter.ticket_op("ticket.unmissed", called)) == [("conflict", "illegal_transition")]


@pytest.mark.parametrize("passed_over", [False, True])
def test_a_withdrawn_ticket_waits_where_it_waited(hall: Any, counter: Any, called: Any, passed_over: Any) -> None:
    withdrawn = counter.ticket_op("ticket.withdrawn", called)
    if passed_over:  # the window's next call was faster than its report
        assert hall.call("A01").number == "A002"
    assert result(counter, withdrawn) == APPLIED
    after = ticket(hall, "A001")
    assert (after.state, after.window, after.called_ms, after.calls) == (TicketState.WAITING, None, None, 0)
    assert (after.misses, after.issued_ms) == (0, called.issued_ms)
    hall.counter("A02")
    assert hall.call("A02").number == "A001"


@pytest.mark.parametrize("came", [False, True])
def test_a_held_ticket_leaves_the_window_free_and_is_not_missed(
    hall: Any, counter: Any, called: Any, came: Any
) -> None:
    if came:
        counter.push(counter.ticket_op("ticket.served", called))
    assert result(counter, counter.ticket_op("ticket.held", called, reason="photo")) == APPLIED
    assert ticket(hall, "A001").state is TicketState.HELD
    assert hall.call("A01").number == "A002"
    after = ticket(hall, "A001")
    assert (after.state, after.window, after.misses) == (TicketState.HELD, "A01", 0)
    assert hall.call("A01") is None
    assert result(counter, counter.ticket_op("ticket.resumed", called)) == APPLIED
    assert ticket(hall, "A001").state is TicketState.SERVING
    assert result(counter, counter.ticket_op("ticket.finished", called, outcome="accepted", case_id=None)) == APPLIED


def test_a_called_ticket_held_before_its_next_call_is_not_missed(hall: Any, counter: Any, called: Any) -> None:
    held = counter.ticket_op("ticket.held", called, reason="photo")
    assert hall.call("A01").number == "A002"
    assert result(counter, held) == APPLIED
    after = ticket(hall, "A001")
    assert (after.state, after.misses, after.missed_ms) == (TicketState.HELD, 0, None)


def test_a_held_ticket_is_nobody_elses(hall: Any, counter: Any, called: Any) -> None:
    counter.push(counter.ticket_op("ticket.held", called, reason="photo"))
    other = hall.counter("A02")
    assert result(other, other.presented("A001", called.id)) == [("conflict", "taken_elsewhere")]
    other_window = other.ticket_op("ticket.resumed", called)
    assert result(other, other_window) == [("conflict", "taken_elsewhere")]


def walked_in(counter: Any, number: str, ticket_id: str = "walk-1", **changes: Any) -> Any:
    payload = {"number": number, "window": counter.window, "business_date": "2026-11-23"}
    payload = {**payload, "served_ms": counter.clock.now_ms(), **changes}
    return counter.operation("ticket.walked_in", "ticket", ticket_id, payload)


def test_a_walk_in_is_a_ticket_in_service_that_ends_like_any_other(hall: Any, counter: Any) -> None:
    assert result(counter, walked_in(counter, "W01-001")) == APPLIED
    came = ticket(hall, "W01-001")
    assert (came.state, came.window, came.business, came.rev) == (TicketState.SERVING, "A01", "", 1)
    assert came.first_clerk == counter.clerk
    (event,) = counter.server.pull(HALL, 0, 10).events[-1:]
    assert (event.entity, event.data["number"]) == ("ticket", "W01-001")
    payload = {"number": "W01-001", "window": "A01", "outcome": "accepted", "case_id": None}
    assert result(counter, counter.operation("ticket.finished", "ticket", "walk-1", payload)) == APPLIED


@pytest.mark.parametrize(
    ("number", "changes"),
    [("W02-001", {}), ("A001", {}), ("W01-001", {"window": "A02"}), ("W01-001", {"business_date": "yesterday"})],
)
def test_a_counter_makes_only_numbers_of_its_own_series(counter: Any, number: str, changes: dict[str, Any]) -> None:
    assert result(counter, walked_in(counter, number, **changes)) == [("rejected", "malformed_payload")]


def test_a_walk_in_number_is_given_once(counter: Any) -> None:
    counter.push(walked_in(counter, "W01-001"))
    assert result(counter, walked_in(counter, "W01-001", "walk-2")) == [("conflict", "duplicate_number")]
    assert result(counter, walked_in(counter, "W01-002")) == [("conflict", "duplicate_number")]


def test_a_second_matter_leaves_the_ticket_in_service(hall: Any, counter: Any, called: Any) -> None:
    continued = {"outcome": "accepted", "case_id": "case-1"}
    early = counter.ticket_op("ticket.continued", called, **continued)
    assert result(counter, early) == [("conflict", "illegal_transition")]
    counter.push(counter.ticket_op("ticket.served", called))
    assert result(counter, counter.ticket_op("ticket.continued", called, **continued)) == APPLIED
    assert ticket(hall, "A001").state is TicketState.SERVING


@pytest.mark.parametrize("kind", ["recalled", "withdrawn", "missed", "unmissed", "held", "resumed", "continued"])
def test_another_windows_ticket_is_left_alone(hall: Any, called: Any, kind: str) -> None:
    other = hall.counter("A02")
    more = {"calls": 2, "called_ms": 1, "reason": "photo", "outcome": None, "case_id": None}
    operation = other.ticket_op(f"ticket.{kind}", called, **more)
    assert result(other, operation) == [("conflict", "taken_elsewhere")]


def help_asked(counter: Any, help_id: str, **changes: Any) -> Any:
    payload = {"window": counter.window, "asked_ms": counter.clock.now_ms(), **changes}
    return counter.operation("help.asked", "help", help_id, payload)


def test_a_call_for_help_is_open_until_it_is_answered(hall: Any, counter: Any) -> None:
    assert result(counter, help_asked(counter, "help-1")) == APPLIED
    (call,) = hall.storage.read(lambda connection: list_help(connection, HALL))
    assert (call.window, call.clerk, call.answered_ms) == ("A01", "0301", None)
    answered = hall.storage.write(lambda connection: help_calls.answer(connection, HALL, "help-1", "manager", 5))
    assert (answered.answered_ms, answered.answered_by, answered.rev) == (5, "manager", 2)
    assert help_change(answered).data["answered_ms"] == 5
    assert hall.storage.read(lambda connection: list_help(connection, HALL)) == []
    again = hall.storage.write(lambda connection: help_calls.answer(connection, HALL, "help-1", "other", 6))
    assert again is None


def test_a_call_for_help_comes_back_with_the_feed_and_the_snapshot(hall: Any, counter: Any) -> None:
    counter.push(help_asked(counter, "help-1"))
    (event,) = counter.server.pull(HALL, 0, 10).events[-1:]
    assert (event.entity, event.entity_id, event.rev) == ("help", "help-1", 1)
    assert counter.server.snapshot(HALL).tables["help"] == [event.data]


@pytest.mark.parametrize("changes", [{"window": "A02"}, {"asked_ms": "now"}])
def test_a_call_for_help_that_does_not_fit_is_rejected(counter: Any, changes: dict[str, Any]) -> None:
    assert result(counter, help_asked(counter, "help-1", **changes)) == [("rejected", "malformed_payload")]
