"""Section 4: gap and fork."""

from typing import Any

import pytest
from answers import acked, day_opened, gap, statuses

from app.domain.link import Link
from sync.client.requests import PullPage, PushOperations, Reconnect
from sync.client.session import Session
from sync.protocol.interface import Refused


def started_anew(kit: Any) -> Session:
    """Return the dialogue of a program that begins on this store."""
    return Session(kit.replica, kit.clock, "ab" * 32)


def test_a_gap_is_refused_with_what_is_expected(hall: Any) -> None:
    """4.1 A push behind a hole is a gap with what is expected."""
    counter = hall.counter("A01")
    counter.push(day_opened(counter))
    day_opened(counter)
    with pytest.raises(Refused, match="gap") as refused:
        counter.push(day_opened(counter))
    assert (refused.value.status, refused.value.expected_seq) == (409, 2)


def test_a_gap_is_filled_from_where_the_server_says(session: Any, kit: Any, append: Any) -> None:
    """4.2 The counter goes on from `expected_seq`."""
    append(5)
    session.answered(session.next(), acked(5))
    append(1)
    session.refused(session.next(), gap(3))
    again = session.next()
    assert (again.message.first_seq, len(again.message.ops)) == (3, 4)
    assert session.status().link is not Link.ATTENTION


def test_a_gap_that_cannot_be_filled_asks_for_a_person(session: Any, kit: Any, append: Any) -> None:
    """4.3 What it no longer has it cannot fill."""
    append(2)
    session.answered(session.next(), acked(2))
    kit.clock.advance(31 * 86_400_000)
    append(1)
    session.answered(session.next(), acked(3))
    append(1)
    session.refused(session.next(), gap(1))
    assert session.status().link is Link.ATTENTION
    assert session.trouble == started_anew(kit).trouble == "gap"
    assert not isinstance(session.next(), PushOperations)


def test_another_operation_under_the_same_number_is_a_fork_and_quarantines(hall: Any) -> None:
    """4.4 Another operation under a number the server has is a fork."""
    counter = hall.counter("A01")
    counter.push(day_opened(counter))
    clone = hall.counter("A01")
    with pytest.raises(Refused, match="fork"):
        clone.push(clone.accepted())
    with pytest.raises(Refused, match="quarantined"):
        counter.push(day_opened(counter))


def test_a_broken_chain_is_a_fork(hall: Any) -> None:
    """4.5 What does not chain to the one before is a fork."""
    counter = hall.counter("A01")
    with pytest.raises(Refused, match="fork"):
        counter.push(
            counter.operation("day.opened", "window", "A01", {"business_date": "2026-11-23"}, prev_hash="f" * 64)
        )


def test_a_quarantined_device_goes_on_under_a_new_incarnation(hall: Any) -> None:
    """4.6 A fork quarantines one incarnation."""
    counter, clone = hall.counter("A01"), hall.counter("A01")
    counter.push(day_opened(counter))
    with pytest.raises(Refused, match="fork"):
        clone.push(clone.accepted())
    anew = hall.counter("A01", incarnation="store-2")
    assert statuses(anew.push(anew.accepted())) == [("applied", None)]


def test_a_fork_stops_the_push_but_not_the_feed(session: Any, kit: Any, append: Any) -> None:
    """4.7 A fork stops the push, is told, and leaves the feed."""
    append(1)
    session.refused(session.next(), Refused("fork", 409))
    assert session.trouble == "fork"
    kit.clock.advance(60_000)
    assert isinstance(session.next(), PullPage | Reconnect)


def test_a_fork_is_told_until_a_push_is_taken(session: Any, kit: Any, append: Any) -> None:
    """4.7 A fork is told on a lost line too, and beside a feed that goes on, until a push is taken."""
    append(1)
    push = session.next()
    session.refused(push, Refused("fork", 409))
    session.unreachable(push)
    assert (session.status().link, session.status().trouble) == (Link.OFFLINE, "fork")
    kit.clock.advance(10_000)
    session.answered(Reconnect(), None)
    assert (session.status().link, session.trouble) == (Link.ATTENTION, "fork")
    again = session.next()
    assert isinstance(again, PushOperations)
    session.answered(again, acked(1))
    assert session.trouble is None


@pytest.mark.parametrize("code", ["fork", "quarantined", "malformed", "unknown_device"])
def test_a_program_that_is_started_anew_tells_it_before_it_has_a_line(
    session: Any, kit: Any, append: Any, code: str
) -> None:
    """4.7 The store keeps what was said of its chain, until a push is taken."""
    append(1)
    session.refused(session.next(), Refused(code, 409))
    again = started_anew(kit)
    assert (again.status().link, again.status().trouble) == (Link.OFFLINE, code)
    push = again.next()
    again.unreachable(push)
    assert started_anew(kit).status().trouble == code
    again.answered(push, acked(1))
    assert again.trouble is None
    assert started_anew(kit).trouble is None


def test_what_is_said_of_a_feed_or_not_now_is_not_kept(session: Any, kit: Any, append: Any) -> None:
    """4.7 Only a refused chain outlives the program."""
    session.refused(PullPage("9901", 1), Refused("quarantined", 409))
    append(1)
    session.refused(session.next(), Refused("server_full", 503))
    assert session.trouble == "server_full"
    assert started_anew(kit).trouble is None
