"""Section 3: push."""

from typing import Any

import pytest
from answers import HALL, acked, day_opened, statuses

from sync.client.requests import PullPage, PushOperations
from sync.protocol.interface import Refused
from sync.protocol.messages import MAX_OPERATIONS, MAX_PUSH_BYTES


def test_operations_are_applied_and_acknowledged(hall: Any) -> None:
    """3.1 What is new is applied and acknowledged."""
    counter = hall.counter("A01")
    result = counter.push(day_opened(counter), counter.accepted())
    assert (result.acked_seq, statuses(result)) == (2, [("applied", None), ("applied", None)])


def test_what_was_sent_twice_is_applied_once(hall: Any) -> None:
    """3.2 A repetition is answered `duplicate` and changes nothing."""
    counter = hall.counter("A01")
    operation = counter.accepted()
    counter.push(operation)
    before = counter.server.digest(HALL)
    result = counter.push(operation)
    assert (result.acked_seq, statuses(result)) == (1, [("duplicate", None)])
    assert counter.server.digest(HALL) == before


def test_a_batch_may_begin_with_what_the_server_has(hall: Any) -> None:
    """3.3 A push may begin with what the server has."""
    counter = hall.counter("A01")
    first, second = day_opened(counter), counter.accepted()
    counter.push(first)
    assert statuses(counter.push(first, second)) == [("duplicate", None), ("applied", None)]


def test_a_counter_pushes_only_for_itself(hall: Any) -> None:
    """3.4 A counter pushes for itself."""
    counter, other = hall.counter("A01"), hall.counter("A02")
    counter.server = other.server
    with pytest.raises(Refused, match="forbidden"):
        counter.push(day_opened(counter))


def test_an_unregistered_store_is_unknown(hall: Any) -> None:
    """3.4 A store pushes once it is registered."""
    counter = hall.counter("A01")
    counter.incarnation = "never-registered"
    with pytest.raises(Refused, match="unknown_device"):
        counter.push(day_opened(counter))


def test_operations_go_first_and_one_push_at_a_time(session: Any, append: Any) -> None:
    """3.5 Operations go before anything is pulled, and the same push until it is answered."""
    operations = append(2)
    request = session.next()
    assert isinstance(request, PushOperations)
    assert request.message.first_seq == 1
    assert [each["op_id"] for each in request.message.ops] == [each.op_id for each in operations]
    assert session.next() == request
    session.answered(request, acked(2))
    assert session.next() == PullPage("9901", 1)


def test_a_push_is_bounded_in_number(session: Any, append: Any) -> None:
    """3.6 A counter pushes at most 200 operations at a time."""
    append(MAX_OPERATIONS + 1)
    assert len(session.next().message.ops) == MAX_OPERATIONS


def test_a_push_is_bounded_in_bytes(session: Any, append: Any) -> None:
    """3.6 A counter pushes at most 1 MiB at a time."""
    append(5, text="x" * (MAX_PUSH_BYTES // 4))
    assert len(session.next().message.ops) == 3


def test_more_than_a_push_holds_is_too_large(hall: Any) -> None:
    """3.6 The server takes no more than that."""
    counter = hall.counter("A01")
    with pytest.raises(Refused, match="too_large"):
        counter.push(*(day_opened(counter) for _ in range(MAX_OPERATIONS + 1)))
    long = hall.counter("A02")
    with pytest.raises(Refused, match="too_large") as refused:
        long.push(long.operation("day.opened", "window", "A02", {"text": "x" * MAX_PUSH_BYTES}))
    assert refused.value.status == 413


def test_a_server_that_wants_less_gets_half(session: Any, append: Any) -> None:
    """3.7 A counter told `too_large` halves its pushes."""
    append(300)
    for expected in (200, 100, 50):
        request = session.next()
        assert len(request.message.ops) == expected
        session.refused(request, Refused("too_large", 413))
    session.answered(session.next(), acked(25))
    assert len(session.next().message.ops) == MAX_OPERATIONS


def test_what_was_pushed_is_in_the_feed_and_told(hall: Any) -> None:
    """3.8 The events are there when the push is answered, and the hall's listeners are told."""
    counter = hall.counter("A01")
    cursor = counter.server.snapshot(HALL).cursor
    counter.push(counter.accepted())
    assert [each.entity_id for each in counter.server.pull(HALL, cursor, 10).events] == ["case-1"]
    assert hall.changed == [HALL]


def test_an_answer_to_another_question_is_a_bug(session: Any) -> None:
    """3.5 Nothing but the answer to the push ends it."""
    with pytest.raises(TypeError):
        session.answered(PullPage("9901", 1), acked(1))
