"""A grade from the evaluator is one operation, once for each service, with the network or without."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.rating import Grade, Way, rating_mark
from app.domain.rights import Role
from app.usecases.acting import ActRefused
from app.usecases.give_rating import give_rating

TOKEN = "5f" * 11


def test_a_grade_is_one_operation_that_names_no_person(open_kit: Any, clerk: Clerk) -> None:
    assert give_rating(open_kit.store, clerk, token=TOKEN, grade=Grade.FAIRLY_SATISFIED, way=Way.KEYPAD)
    operation = open_kit.operations()[-1]
    assert (operation.kind, operation.entity, operation.entity_id) == ("rating.given", "rating", rating_mark(TOKEN))
    assert operation.payload == {"grade": 3, "way": "keypad", "window": operation.actor.window}
    assert TOKEN not in str(operation.payload)
    with open_kit.store.read() as view:
        assert (view.is_rated(rating_mark(TOKEN)), view.is_rated(rating_mark("another"))) == (True, False)


def test_a_service_is_rated_once(open_kit: Any, clerk: Clerk) -> None:
    assert give_rating(open_kit.store, clerk, token=TOKEN, grade=Grade.DISSATISFIED, way=Way.SCREEN)
    before = len(open_kit.operations())
    assert not give_rating(open_kit.store, clerk, token=TOKEN, grade=Grade.VERY_SATISFIED, way=Way.KEYPAD)
    assert len(open_kit.operations()) == before
    assert give_rating(open_kit.store, clerk, token="another", grade=Grade.SATISFIED, way=Way.SCREEN)


def test_who_serves_nobody_carries_no_rating(open_kit: Any, clerk: Clerk) -> None:
    other = replace(clerk, roles=(Role.SUPERVISOR,))
    with pytest.raises(ActRefused, match="not_allowed"):
        give_rating(open_kit.store, other, token=TOKEN, grade=Grade.SATISFIED, way=Way.SCREEN)
