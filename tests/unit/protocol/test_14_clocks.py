"""Section 14: clocks."""

from typing import Any

import pytest
from answers import acked, cards_of, statuses

from app.domain.clock_skew import LIMIT_MS, OFFSET, measured, told_offset
from app.domain.link import Link
from app.domain.operation import from_wire, operation_hash, to_wire
from sync.client.session import Session


def test_operations_count_in_their_order_whatever_their_clocks_say(lone_hall: Any) -> None:
    """14.1 Operations count in their order, whatever their clocks say."""
    counter, number = lone_hall.counter("A01"), lone_hall.issue()
    later = lone_hall.clock.now + 60_000
    presented = counter.operation(
        "ticket.presented", "ticket", number, {"number": number, "window": "A01", "ticket_id": None}, wall_ms=later
    )
    payload = {"number": number, "window": "A01", "outcome": "accepted", "case_id": None}
    finished = counter.operation("ticket.finished", "ticket", number, payload)
    assert finished.wall_ms < presented.wall_ms
    assert [each.status for each in counter.push(presented, finished).results] == ["applied", "applied"]


@pytest.mark.parametrize("round_trip_ms", [-1, 10_001])
def test_an_answer_that_took_too_long_measures_nothing(round_trip_ms: int) -> None:
    """14.2 An answer that took too long measures nothing."""
    assert measured(5, 3, round_trip_ms) is None


def test_the_offset_is_measured_by_half_a_round_trip_and_borne_by_what_follows(
    session: Session, kit: Any, append: Any
) -> None:
    """14.2 14.3 Half a round trip is taken off, and what follows bears the measure."""
    assert told_offset(append()[0].extra) is None
    request = session.next()
    kit.clock.advance(400)
    session.answered(request, acked(1, server_time=kit.clock.now_ms() + 60_000))
    [bearing] = append()
    assert told_offset(bearing.extra) == 60_200
    assert operation_hash(from_wire(to_wire(bearing))) == operation_hash(bearing)
    assert kit.replica.pending(1)[0] == bearing
    assert session.trouble is None


@pytest.mark.parametrize(
    ("wall", "extra", "told"),
    [
        (0, {OFFSET: LIMIT_MS + 1}, ["A01"]),
        (0, {OFFSET: -LIMIT_MS - 1}, ["A01"]),
        (LIMIT_MS + 1, {}, ["A01"]),
        (0, {OFFSET: LIMIT_MS}, []),
        (-7 * 86_400_000, {}, []),
        (-7 * 86_400_000, {OFFSET: 0}, []),
        (0, {OFFSET: "much"}, []),
    ],
)
def test_a_clock_more_than_five_minutes_off_hangs_up_one_card_a_day(
    lone_hall: Any, wall: int, extra: dict[str, Any], told: list[str]
) -> None:
    """14.4 More than five minutes either way hang up one card a day."""
    counter = lone_hall.counter("A01")
    for _ in range(2):
        payload = {"business_date": "2026-11-23"}
        counter.push(
            counter.operation("day.opened", "window", "A01", payload, wall_ms=lone_hall.clock.now + wall, extra=extra)
        )
    assert [each.subject for each in cards_of(lone_hall, "clock_wrong")] == told


@pytest.mark.parametrize("ahead", [LIMIT_MS + 2_000, -LIMIT_MS - 2_000])
def test_a_clock_that_is_wrong_is_told_until_it_is_right(session: Session, kit: Any, append: Any, ahead: int) -> None:
    """14.4 A wrong clock is told at the counter until it is right."""
    append()
    session.answered(session.next(), acked(1, server_time=kit.clock.now_ms() + ahead))
    assert (session.trouble, session.status().link) == ("clock_wrong", Link.ATTENTION)
    append()
    session.answered(session.next(), acked(2, server_time=kit.clock.now_ms()))
    assert session.trouble is None


@pytest.mark.parametrize("wall_ms", [2**63 - 1, 10**17])
def test_an_impossible_wall_time_is_parked(hall: Any, wall_ms: int) -> None:
    """14.5 A wall time that is no time is parked."""
    counter = hall.counter("A01")
    payload = {"number": "A001", "window": "A01", "ticket_id": None}
    operation = counter.operation("ticket.presented", "ticket", "A001", payload, wall_ms=wall_ms)
    assert statuses(counter.push(operation)) == [("rejected", "malformed_payload")]
