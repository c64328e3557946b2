"""Section 11: a store made anew."""

from typing import Any

import pytest
from answers import statuses

from app.domain.operation import operation_hash
from sync.protocol.interface import Refused


@pytest.fixture
def hall(lone_hall: Any) -> Any:
    """What is said here does not depend on the database."""
    return lone_hall


@pytest.fixture
def lives(hall: Any) -> tuple[Any, Any, Any]:
    """A counter's life before, its second operation that the server never got, and its life now."""
    before = hall.counter("A01")
    before.push(before.operation("day.opened", "window", "A01", {"business_date": "2026-11-23"}))
    before.seq += 1
    lost = before.accepted()
    return before, lost, hall.counter("A01", incarnation="store-2")


def anew(now: Any, lost: Any, **more: Any) -> Any:
    """Sign a lost operation again, in the life that is now."""
    was = {"incarnation": lost.incarnation, "seq": lost.seq, "hash": operation_hash(lost), **more}
    return now.operation(lost.kind, lost.entity, lost.entity_id, lost.payload, extra={"former": was})


def test_what_was_lost_behind_a_hole_is_applied_as_of_its_chain(hall: Any, lives: Any) -> None:
    """11.1 A case keeps the number its counter drew in the life before."""
    before, lost, now = lives
    assert now.number != before.number
    assert statuses(now.push(anew(now, lost))) == [("applied", None)]
    [row] = now.server.snapshot("9901").tables["case"]
    assert row["case_no"] == lost.payload["case_no"]
    assert row["counter"] == before.number


def test_a_day_that_was_closed_in_the_life_before_is_taken_though_its_chain_is_gone(hall: Any) -> None:
    """11.1 Its head is of the chain before, and is kept as it was told."""
    before = hall.counter("A01")
    before.push(before.operation("day.opened", "window", "A01", {"business_date": "2026-11-23"}))
    before.seq += 1
    told = {"business_date": "2026-11-23", "first": None, "last": None, "count": 0, "head": "e" * 64}
    lost = before.operation("day.closed", "window", "A01", told)
    now = hall.counter("A01", incarnation="store-2")
    assert statuses(now.push(anew(now, lost))) == [("applied", None)]
    assert statuses(now.push(now.operation("day.closed", "window", "A01", told))) == [("rejected", "malformed_payload")]


def test_what_the_server_has_of_that_chain_changes_nothing(hall: Any) -> None:
    """11.1 It is looked for by chain, number and hash."""
    before = hall.counter("A01")
    held = before.accepted()
    before.push(held)
    now = hall.counter("A01", incarnation="store-2")
    cases = now.server.digest("9901").tables["case"]
    assert statuses(now.push(anew(now, held))) == [("applied", None)]
    assert now.server.digest("9901").tables["case"] == cases


@pytest.mark.parametrize("more", [{"seq": "2"}, {"incarnation": "store-2"}, {"colour": 1, "hash": 2}])
def test_a_chain_that_cannot_be_is_parked(lives: Any, more: dict[str, Any]) -> None:
    """11.1 What the envelope says of it has to have its shape."""
    _, lost, now = lives
    assert statuses(now.push(anew(now, lost, **more))) == [("rejected", "malformed_payload")]


def test_the_earlier_chain_is_closed(lives: Any) -> None:
    """11.2 Nothing comes that way a second time."""
    before, lost, now = lives
    now.push(anew(now, lost))
    with pytest.raises(Refused, match="quarantined"):
        before.push(lost, first_seq=lost.seq)
