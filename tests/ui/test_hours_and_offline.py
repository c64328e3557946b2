"""What the time of day and a lost link change in the view (design/design.md sections 8.1 and 9)."""

from dataclasses import fields, replace
from typing import Any

import pytest
from drawn_hall import at, drawn_clerk, the_moment, waiting

from app.domain.link import Link, LinkStatus
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.open_day import open_day
from ui.screens.counter.build import build
from ui.screens.counter.facts import read_facts
from ui.screens.counter.state import CounterState
from ui.widgets.work_views import Ability, OutcomeView

GONE = LinkStatus(Link.OFFLINE, pending=7, since_ms=at("11-18 14:00"))


def facts(kit: Any, **given: Any) -> CounterState:
    found = read_facts(kit.store, "A03", kit.clock.now_ms())
    known = {each.name: getattr(found, each.name) for each in fields(found)}
    state = CounterState(window="A03", now_ms=kit.clock.now_ms(), link=LinkStatus(Link.SYNCED), **known)
    return replace(state, **given)


@pytest.fixture
def state(kit: Any, clerk: Any) -> CounterState:
    """Three people wait for the window of the drawings; nobody sits there."""
    the_moment(kit)
    open_day(kit.store, kit.clock, drawn_clerk(clerk))
    waiting(kit, 3)
    return facts(kit, clerk=drawn_clerk(clerk))


@pytest.mark.parametrize(
    ("moment", "mean", "words"),
    [
        ("08:42", 9, "09:00 开门"),
        ("14:26", 9, "距下班 2 小时 34 分"),
        ("16:30", 9, "距下班 30 分"),
        ("16:32", 9, "距下班 28 分 · 还有 3 人，约 27 分"),
        ("16:32", 0, "距下班 28 分 · 还有 3 人"),
        ("17:00", 9, "17:00 已下班"),
    ],
)
def test_the_time_chip_says_what_matters_at_the_hour(state: CounterState, moment: str, mean: int, words: str) -> None:
    done = (4, mean * 60_000) if mean else (0, 0)
    view = build(replace(state, now_ms=at(f"11-18 {moment}"), done_today=done))
    assert (view.top.closing, view.top.closing_amber) == (words, False)


def test_nobody_is_counted_offline_or_when_nobody_waits(state: CounterState) -> None:
    late = replace(state, now_ms=at("11-18 16:32"), done_today=(4, 540_000))
    for changed in (replace(late, link=GONE), replace(late, waiting=())):
        assert build(changed).top.closing == "距下班 28 分"


def test_after_closing_the_rail_says_that_all_are_served(state: CounterState) -> None:
    assert build(state).rail.note is None
    late = replace(state, now_ms=at("11-18 17:00"))
    note = build(late).rail.note
    assert note is not None
    assert note.lines == (("17:00 已停止取号，已取号的都办完。",),)
    assert build(replace(late, waiting=())).rail.note is None


def test_offline_the_result_stands_with_the_journal_and_what_works(
    kit: Any, clerk: Any, ready_card: Any, queue: Any, *, state: CounterState
) -> None:
    who = drawn_clerk(clerk)
    call_next(kit.store, kit.clock, queue(*state.waiting), who)
    arrive(kit.store, kit.clock, who)
    case = accept_case(kit.store, kit.clock, load_templates(), ready_card("ITM-02"), who).case
    body = outcome(facts(kit, clerk=who))
    assert (body.journal, body.abilities) == (None, None)
    body = outcome(facts(kit, clerk=who, link=GONE))
    assert body.journal is not None
    assert body.abilities is not None
    assert (body.journal.count.text, [each.number for each in body.journal.rows]) == ("7 件", [case.case_no])
    assert [kind for kind, _ in body.abilities.lines].count(Ability.WORKS) == 2


def outcome(state: CounterState) -> OutcomeView:
    body = build(state).centre.sections[4].body
    assert isinstance(body, OutcomeView)
    return body
