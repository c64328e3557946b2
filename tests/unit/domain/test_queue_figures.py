"""How often and how soon a citizen is called again, and whose a walk-in number is."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.calling import calls, may_recall, may_withdraw, suggests_miss, suggests_recall
from app.domain.visit import Admission, Visit, VisitState
from app.domain.walk_in import of_own_series, walk_in_number

CALLED = Visit("v", "t", "A012", "A", Admission.CALLED, VisitState.CALLED, called_ms=100_000)


@pytest.mark.parametrize(("waited", "suggested"), [(0, False), (19_999, False), (20_000, True), (90_000, True)])
def test_after_twenty_seconds_the_citizen_is_called_again(waited: int, suggested: Any) -> None:
    assert suggests_recall(CALLED, 100_000 + waited) is suggested
    again = replace(CALLED, recalls=1, recalled_ms=200_000)
    assert suggests_recall(again, 200_000 + waited) is suggested


def test_after_three_calls_the_citizen_is_passed_over_and_a_fourth_call_is_the_last() -> None:
    stages = [replace(CALLED, recalls=n, recalled_ms=100_000) for n in range(4)]
    assert [calls(each) for each in stages] == [1, 2, 3, 4]
    assert [suggests_miss(each) for each in stages] == [False, False, True, True]
    assert [suggests_recall(each, 900_000) for each in stages] == [True, True, False, False]
    assert [may_recall(each) for each in stages] == [True, True, True, False]


def test_nothing_is_suggested_once_the_citizen_is_here() -> None:
    served = replace(CALLED, state=VisitState.SERVING, recalls=2)
    assert not suggests_miss(served)
    assert not suggests_recall(replace(served, recalls=0), 900_000)


@pytest.mark.parametrize(("after_ms", "possible"), [(0, True), (10_000, True), (10_001, False), (-1, False)])
def test_a_call_can_be_withdrawn_for_ten_seconds(after_ms: int, possible: Any) -> None:
    assert may_withdraw(CALLED, 100_000 + after_ms) is possible


def test_a_walk_in_number_bears_the_counter() -> None:
    assert walk_in_number("0007", 1) == "W07-001"
    assert walk_in_number("0123", 1000) == "W123-1000"


@pytest.mark.parametrize("sequence", [0, -1, 10_000])
def test_a_walk_in_number_counts_from_one(sequence: int) -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        walk_in_number("0007", sequence)


@pytest.mark.parametrize("number", ["W07-000", "W08-001", "W7-001", "W007-001", "W07-0001", "A001", "W07001", ""])
def test_only_the_numbers_of_the_own_series_are_the_counters(number: str) -> None:
    assert of_own_series("W07-001", "0007")
    assert not of_own_series(number, "0007")
