"""Push as sync.md section 1 has it: duplicates, gaps, forks, signatures, and that a parked operation blocks nobody."""

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.interface import Refused

HALL = "9901"


def statuses(result: Any) -> list[tuple[str, str | None]]:
    return [(each.status, each.reason) for each in result.results]


def day_opened(counter: Any, day: str = "2026-11-23") -> Any:
    return counter.operation("day.opened", "window", counter.window, {"business_date": day})


def test_a_registration_number_is_given_once_and_kept(hall: Any) -> None:
    first, again, other = hall.counter("A01"), hall.counter("A01"), hall.counter("A02")
    assert (first.number, again.number, other.number) == ("0001", "0001", "0002")


def test_a_reinstalled_counter_gets_a_new_number(hall: Any) -> None:
    hall.counter("A01")
    assert hall.counter("A01", incarnation="store-2").number == "0002"


def test_operations_are_applied_and_acknowledged(hall: Any) -> None:
    counter = hall.counter("A01")
    result = counter.push(day_opened(counter), counter.accepted())
    assert (result.acked_seq, statuses(result)) == (2, [("applied", None), ("applied", None)])


def test_what_was_sent_twice_is_applied_once(hall: Any) -> None:
    counter = hall.counter("A01")
    operation = counter.accepted()
    counter.push(operation)
    before = counter.server.digest(HALL)
    result = counter.push(operation)
    assert (result.acked_seq, statuses(result)) == (1, [("duplicate", None)])
    assert counter.server.digest(HALL) == before


def test_a_batch_may_begin_with_what_the_server_has(hall: Any) -> None:
    counter = hall.counter("A01")
    first, second = day_opened(counter), counter.accepted()
    counter.push(first)
    assert statuses(counter.push(first, second)) == [("duplicate", None), ("applied", None)]


def test_a_gap_is_refused_with_what_is_expected(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.push(day_opened(counter))
    day_opened(counter)
    with pytest.raises(Refused, match="gap") as refused:
        counter.push(day_opened(counter))
    assert (refused.value.status, refused.value.expected_seq) == (409, 2)


def test_another_operation_under_the_same_number_is_a_fork_and_quarantines(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.push(day_opened(counter))
    clone = hall.counter("A01")
    with pytest.raises(Refused, match="fork"):
        clone.push(clone.accepted())
    with pytest.raises(Refused, match="quarantined"):
        counter.push(day_opened(counter))


def test_a_broken_chain_is_a_fork(hall: Any) -> None:
    counter = hall.counter("A01")
    with pytest.raises(Refused, match="fork"):
        counter.push(
            counter.operation("day.opened", "window", "A01", {"business_date": "2026-11-23"}, prev_hash="f" * 64)
        )


def test_two_stores_may_not_claim_one_incarnation(hall: Any) -> None:
    hall.counter("A01")
    with pytest.raises(Refused, match="fork"):
        hall.counter("A01", key=Ed25519PrivateKey.from_private_bytes(b"o" * 32))


def test_a_foreign_signature_refuses_the_push_and_changes_nothing(hall: Any) -> None:
    counter = hall.counter("A01")
    operation = day_opened(counter)
    with pytest.raises(Refused, match="malformed"):
        counter.push(replace(operation, signature="0" * 128))
    assert counter.push(operation).acked_seq == 1


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"business_date": "2026-11-24"}},
        {"device": "B01"},
        {"hall": "9902"},
        {"entity_id": "a\u0000b"},
        {"kind": "Day Opened"},
        {"signature": "x"},
    ],
)
def test_what_does_not_fit_its_hash_or_its_sender_is_malformed(hall: Any, change: dict[str, Any]) -> None:
    counter = hall.counter("A01")
    with pytest.raises(Refused, match="malformed"):
        counter.push(replace(day_opened(counter), **change))


def test_a_counter_pushes_only_for_itself(hall: Any) -> None:
    counter, other = hall.counter("A01"), hall.counter("A02")
    counter.server = other.server
    with pytest.raises(Refused, match="forbidden"):
        counter.push(day_opened(counter))


def test_an_unregistered_store_is_unknown(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.incarnation = "never-registered"
    with pytest.raises(Refused, match="unknown_device"):
        counter.push(day_opened(counter))


def test_a_parked_operation_does_not_block_those_behind_it(hall: Any) -> None:
    counter = hall.counter("A01")
    result = counter.push(counter.presented("A999"), counter.accepted())
    assert statuses(result) == [("conflict", "unknown_ticket"), ("applied", None)]
    assert result.acked_seq == 2


def test_one_case_number_belongs_to_one_case(hall: Any) -> None:
    counter = hall.counter("A01")
    result = counter.push(counter.accepted(), counter.accepted(case_id="case-2"))
    assert statuses(result) == [("applied", None), ("conflict", "duplicate_number")]


def test_a_ticket_another_window_has_is_taken_elsewhere(hall: Any) -> None:
    hall.issue()
    called = hall.call("A02")
    counter = hall.counter("A01")
    assert statuses(counter.push(counter.presented(called.number))) == [("conflict", "taken_elsewhere")]


def test_a_presented_ticket_goes_into_service(hall: Any) -> None:
    number = hall.issue()
    counter = hall.counter("A01")
    assert statuses(counter.push(counter.presented(number))) == [("applied", None)]
    row = counter.server.snapshot(HALL).tables["ticket"][0]
    assert (row["state"], row["window"], row["rev"]) == ("serving", "A01", 2)


def test_a_citizen_who_came_after_all_is_served(hall: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    hall.call("A01")
    counter = hall.counter("A01")
    served = counter.ticket_op("ticket.served", ticket)
    finished = counter.ticket_op("ticket.finished", ticket, outcome="accepted", case_id=None)
    assert statuses(counter.push(served, finished)) == [("applied", None), ("applied", None)]


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
    hall: Any, clerk: str, changes: dict[str, Any], reason: str
) -> None:
    counter = hall.counter("A01", clerk=clerk)
    [(status, found)] = statuses(counter.push(counter.accepted(**changes)))
    assert (status in {"conflict", "rejected"}, found) == (True, reason)


def test_an_unknown_kind_is_kept_for_a_person(hall: Any) -> None:
    counter = hall.counter("A01")
    operation = counter.operation("case.imagined", "case", "c", {})
    assert statuses(counter.push(operation)) == [("rejected", "unknown_kind")]


def test_unknown_fields_of_a_newer_counter_pass(hall: Any) -> None:
    counter = hall.counter("A01")
    operation = counter.operation(
        "day.opened", "window", "A01", {"business_date": "2026-11-23", "mood": "fine"}, extra={"weather": "rain"}
    )
    assert statuses(counter.push(operation)) == [("applied", None)]


def test_the_business_day_never_goes_backwards(hall: Any) -> None:
    counter = hall.counter("A01")
    result = counter.push(day_opened(counter), day_opened(counter, "2026-11-22"))
    assert statuses(result) == [("applied", None), ("conflict", "illegal_transition")]


def test_a_float_has_no_canonical_form(hall: Any) -> None:
    counter = hall.counter("A01")
    operation = day_opened(counter)
    with pytest.raises(Refused, match="malformed"):
        counter.push(replace(operation, extra={"x": 0.5}))


def test_a_clone_of_a_case_under_another_revision_is_stale(hall: Any) -> None:
    counter = hall.counter("A01")
    result = counter.push(counter.accepted(), counter.accepted(sequence=2))
    assert statuses(result) == [("applied", None), ("conflict", "stale_rev")]


def test_a_parked_operation_sent_again_is_reported_as_it_was(hall: Any) -> None:
    counter = hall.counter("A01")
    operation = counter.presented("A999")
    assert statuses(counter.push(operation)) == statuses(counter.push(operation)) == [("conflict", "unknown_ticket")]


def test_a_paper_the_counter_never_heard_of_is_served_by_its_number_past_midnight(hall: Any) -> None:
    counter, number = hall.counter("A01"), hall.issue()
    hall.clock.now += 14 * 3_600_000 + 50 * 60_000
    presented = counter.presented(number)
    hall.clock.now += 20 * 60_000
    payload = {"number": number, "window": "A01", "outcome": "accepted", "case_id": None}
    finished = counter.operation("ticket.finished", "ticket", number, payload)
    assert statuses(counter.push(presented, finished)) == [("applied", None), ("applied", None)]
    assert counter.server.snapshot(HALL).tables["ticket"][0]["state"] == "done"


@pytest.mark.parametrize("wall_ms", [2**63 - 1, 10**17])
def test_an_impossible_wall_time_is_parked(hall: Any, wall_ms: int) -> None:
    counter = hall.counter("A01")
    payload = {"number": "A001", "window": "A01", "ticket_id": None}
    operation = counter.operation("ticket.presented", "ticket", "A001", payload, wall_ms=wall_ms)
    assert statuses(counter.push(operation)) == [("rejected", "malformed_payload")]
