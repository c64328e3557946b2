"""Where a citizen goes once the step here is done: read from what the items published, never invented."""

from dataclasses import fields
from typing import Any

import pytest

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.referral import Goal, chosen_window, goal_of
from app.domain.transfer import WindowLine


def case_of(item_id: str, state: CaseState = CaseState.ACCEPTED, notice: Any = None) -> Case:
    """Return a case of which nothing but item, state and notice matters here."""
    blank = {each.name: "" for each in fields(Case)}
    return Case(**{**blank, "item_id": item_id, "state": state, "notice": notice})  # type: ignore[arg-type]


def test_what_holds_for_everybody_comes_first_and_the_rest_with_its_condition(
    demo_catalogue: Catalogue,
) -> None:
    goal = goal_of(case_of("ITM-01", CaseState.DELIVERED), demo_catalogue, "A03")
    after = "A03窗口 食品经营许可（经营餐饮或散装食品等）"
    assert goal == Goal("B07", "D", "税务信息确认（按需）", after)


@pytest.mark.parametrize("item", ["ITM-02", "ITM-11"])
def test_a_step_without_a_window_leads_nowhere(demo_catalogue: Catalogue, item: str) -> None:
    assert goal_of(case_of(item), demo_catalogue, "A01") is None


def test_what_this_window_does_itself_needs_no_referral(demo_catalogue: Catalogue) -> None:
    assert goal_of(case_of("ITM-10"), demo_catalogue, "E01") is None
    assert goal_of(case_of("ITM-10"), demo_catalogue, "D02") is None


def test_a_step_that_hangs_on_a_condition_takes_no_number_yet(demo_catalogue: Catalogue) -> None:
    goal = goal_of(case_of("ITM-07"), demo_catalogue, "C01")
    assert goal == Goal("B01", "B", "资助参加居民医保（批准后）", queue=False)


@pytest.mark.parametrize(
    ("state", "count", "window"),
    [
        (CaseState.REFUSED, 0, "D01"),
        (CaseState.SUPPLEMENT_NOTICED, 1, None),
        (CaseState.SUPPLEMENT_NOTICED, 2, "D01"),
        (CaseState.WITHDRAWN, 0, None),
        (CaseState.VOIDED, 0, None),
    ],
)
def test_refused_or_told_twice_is_shown_where_to_say_so(
    demo_catalogue: Catalogue, state: CaseState, count: int, window: str | None
) -> None:
    goal = goal_of(case_of("ITM-01", state, notice={"count": count, "lines": []}), demo_catalogue, "A01")
    assert (goal and goal.window) == window


def test_nobody_is_sent_to_the_window_they_sit_at(demo_catalogue: Catalogue) -> None:
    assert goal_of(case_of("ITM-01", CaseState.REFUSED), demo_catalogue, "D01") is None
    assert goal_of(None, demo_catalogue, "A01") is None


@pytest.mark.parametrize(
    ("open_ones", "chosen"),
    [(("B07", "B08"), "B07"), (("B08", "B09"), "B09"), (("A01", "A02"), "B07"), ((), "B07")],
)
def test_where_the_published_window_stands_still_the_shortest_line_of_its_business_is_taken(
    open_ones: tuple[str, ...], chosen: str
) -> None:
    waiting = {"B07": 9, "B08": 4, "B09": 1}
    lines = [WindowLine(each, (each[0].replace("B", "D"),), waiting.get(each, 0), open=True) for each in open_ones]
    closed = [WindowLine("B07", ("D",), 0, open=False)] if "B07" not in open_ones else []
    assert chosen_window([*lines, *closed], Goal("B07", "D", "税务"), "A01") == chosen
