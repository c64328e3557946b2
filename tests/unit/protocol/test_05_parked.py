"""Section 5: what cannot be applied."""

from typing import Any

import pytest
from answers import HALL, acked, cards_of, statuses

from app.domain.link import Link
from sync.protocol.messages import OperationResult


def test_a_parked_operation_does_not_block_those_behind_it(hall: Any) -> None:
    """5.1 Those behind a parked operation pass."""
    counter = hall.counter("A01")
    result = counter.push(counter.presented("A999"), counter.accepted())
    assert statuses(result) == [("conflict", "unknown_ticket"), ("applied", None)]
    assert result.acked_seq == 2


def test_a_parked_operation_sent_again_is_reported_as_it_was(hall: Any) -> None:
    """5.2 Sent again it is answered as the first time."""
    counter = hall.counter("A01")
    operation = counter.presented("A999")
    assert statuses(counter.push(operation)) == statuses(counter.push(operation)) == [("conflict", "unknown_ticket")]


@pytest.mark.parametrize(
    ("clerk", "changes", "reason"),
    [
        ("0401", {}, "forbidden_actor"),
        ("9999", {}, "forbidden_actor"),
        ("0301", {"item_id": "ITM-09"}, "forbidden_actor"),
        ("0301", {"state": "granted"}, "illegal_transition"),
        ("0301", {"window": "A02"}, "malformed_payload"),
        ("0301", {"case_no": "9901-0001-20261123-0001-0"}, "malformed_payload"),
        ("0301", {"state": "no such state"}, "malformed_payload"),
    ],
)
def test_rights_and_the_state_machine_hold_on_the_server_too(
    lone_hall: Any, clerk: str, changes: dict[str, Any], reason: str
) -> None:
    """5.3 Rights, states and shapes hold at the server."""
    counter = lone_hall.counter("A01", clerk=clerk)
    [(status, found)] = statuses(counter.push(counter.accepted(**changes)))
    assert (status in {"conflict", "rejected"}, found) == (True, reason)


def test_a_ticket_another_window_has_is_taken_elsewhere(hall: Any) -> None:
    """5.4 A ticket belongs to one window."""
    hall.issue()
    called = hall.call("A02")
    counter = hall.counter("A01")
    assert statuses(counter.push(counter.presented(called.number))) == [("conflict", "taken_elsewhere")]


def test_one_case_number_belongs_to_one_case(hall: Any) -> None:
    """5.4 A case number belongs to one case."""
    counter = hall.counter("A01")
    result = counter.push(counter.accepted(), counter.accepted(case_id="case-2"))
    assert statuses(result) == [("applied", None), ("conflict", "duplicate_number")]


def test_a_clone_of_a_case_under_another_revision_is_stale(hall: Any) -> None:
    """5.4 A revision belongs to one change."""
    counter = hall.counter("A01")
    result = counter.push(counter.accepted(), counter.accepted(sequence=2))
    assert statuses(result) == [("applied", None), ("conflict", "stale_rev")]


def test_a_parked_operation_is_a_card_until_it_is_resolved(hall: Any) -> None:
    """5.5 It hangs up a card in the hall until a person has resolved it."""
    counter = hall.counter("A01")
    parked = counter.presented("A999")
    counter.push(parked)
    [card] = cards_of(hall, "parked")
    assert card.closed_ms is None
    said = {"op": parked.op_id, "seq": parked.seq, "how": "take", "reason": "unknown_ticket"}
    resolved = counter.push(counter.operation("conflict.resolved", "conflict", parked.op_id, said))
    assert statuses(resolved) == [("applied", None)]
    assert cards_of(hall, "parked")[0].closed_ms is not None


def test_parked_operations_show_and_let_the_others_pass(session: Any, append: Any) -> None:
    """5.6 The counter counts it and its outbox goes on."""
    append(2)
    parked = OperationResult(seq=1, status="conflict", reason="taken_elsewhere")
    session.answered(session.next(), acked(2, parked, OperationResult(seq=2, status="applied")))
    status = session.status()
    assert (status.link, status.pending, status.conflicts) == (Link.ATTENTION, 0, 1)


def test_a_citizen_who_came_after_all_is_served(hall: Any) -> None:
    """5.7 The window's record is believed about a miss."""
    hall.issue()
    ticket = hall.call("A01")
    hall.call("A01")
    counter = hall.counter("A01")
    served = counter.ticket_op("ticket.served", ticket)
    finished = counter.ticket_op("ticket.finished", ticket, outcome="accepted", case_id=None)
    assert statuses(counter.push(served, finished)) == [("applied", None), ("applied", None)]


def test_a_presented_ticket_goes_into_service(hall: Any) -> None:
    """5.7 A ticket that is shown at a window goes into service there."""
    number = hall.issue()
    counter = hall.counter("A01")
    assert statuses(counter.push(counter.presented(number))) == [("applied", None)]
    row = counter.server.snapshot(HALL).tables["ticket"][0]
    assert (row["state"], row["window"], row["rev"]) == ("serving", "A01", 2)


def test_a_paper_the_counter_never_heard_of_is_served_by_its_number_past_midnight(hall: Any) -> None:
    """5.7 A paper the counter never heard of is served by its number."""
    counter, number = hall.counter("A01"), hall.issue()
    hall.clock.now += 14 * 3_600_000 + 50 * 60_000
    presented = counter.presented(number)
    hall.clock.now += 20 * 60_000
    payload = {"number": number, "window": "A01", "outcome": "accepted", "case_id": None}
    finished = counter.operation("ticket.finished", "ticket", number, payload)
    assert statuses(counter.push(presented, finished)) == [("applied", None), ("applied", None)]
    assert counter.server.snapshot(HALL).tables["ticket"][0]["state"] == "done"
