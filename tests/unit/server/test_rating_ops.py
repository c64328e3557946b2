"""Ratings that a counter carries: the same row as the phone's, once, and only for a paper of that window."""

from typing import Any

import pytest

from app.domain.rating import VALID_MS, Grade, rating_mark
from sync.server.service.rating import Rating, rate, rating_of
from sync.server.service.tokens import token_hash
from sync.server.storage import ratings

TOKEN = "r" * 22


def given(counter: Any, grade: Any = 2, token: str = TOKEN, **changes: Any) -> Any:
    payload = {"grade": grade, "way": "keypad", "window": counter.window, **changes.pop("payload", {})}
    return counter.operation("rating.given", "rating", rating_mark(token), payload, **changes)


def kept(hall: Any) -> Any:
    row = hall.storage.read(lambda connection: ratings.by_token(connection, token_hash(TOKEN)))
    return None if row is None else row.grade


def results(answer: Any) -> list[tuple[str, str | None]]:
    return [(each.status, each.reason) for each in answer.results]


def test_both_ends_make_the_same_of_a_token() -> None:
    assert rating_mark(TOKEN) == token_hash(TOKEN)


def test_a_carried_grade_closes_the_page_on_the_phone(hall: Any) -> None:
    counter = hall.counter("A01")
    assert results(counter.push(counter.accepted(), given(counter))) == [("applied", None)] * 2
    assert kept(hall) == Grade.DISSATISFIED
    assert rating_of(hall.service.context, TOKEN) is Rating.GIVEN
    rate(hall.service.context, TOKEN, Grade.VERY_SATISFIED, "")
    assert kept(hall) == Grade.DISSATISFIED


def test_the_first_rating_counts_whichever_way_it_came(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.push(counter.accepted())
    rate(hall.service.context, TOKEN, Grade.SATISFIED, "")
    assert results(counter.push(given(counter, 1), given(counter, 5))) == [("applied", None)] * 2
    assert kept(hall) == Grade.SATISFIED


def test_a_grade_given_without_the_network_counts_from_when_it_was_given(hall: Any) -> None:
    counter = hall.counter("A01")
    operations = [counter.accepted(), given(counter, 4)]
    hall.clock.now += VALID_MS + 1
    assert results(counter.push(*operations)) == [("applied", None)] * 2
    assert kept(hall) == Grade.SATISFIED


def test_a_grade_after_its_time_changes_nothing(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.push(counter.accepted())
    hall.clock.now += VALID_MS + 1
    assert results(counter.push(given(counter, 4))) == [("applied", None)]
    assert kept(hall) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": "unknown"},
        {"grade": 6},
        {"grade": 0},
        {"payload": {"way": "clerk"}},
        {"payload": {"window": "A02"}},
    ],
)
def test_what_no_evaluator_of_this_window_said_is_rejected(hall: Any, wrong: dict[str, Any]) -> None:
    counter = hall.counter("A01")
    counter.push(counter.accepted())
    assert results(counter.push(given(counter, **wrong))) == [("rejected", "malformed_payload")]
    assert kept(hall) is None


def test_what_another_window_handed_out_is_rated_there(hall: Any) -> None:
    counter, other = hall.counter("A01"), hall.counter("A02", incarnation="store-2")
    counter.push(counter.accepted())
    assert results(other.push(given(other))) == [("applied", None)]
    assert kept(hall) == Grade.DISSATISFIED
