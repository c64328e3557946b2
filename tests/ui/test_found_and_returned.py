"""Cases found by search and corrected, citizens back with a notice, and the previews of F12; by real keys."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ending_hands import accept, call, come_back, ended_in, explain, outcome, right
from living_counter import Key, Living, everywhere, living
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.visit import Outcome
from app.ports.spool import JobState

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def drawn() -> list[str]:
    """The papers the right pane had drawn, in words."""
    return []


@pytest.fixture
def counter(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any, drawn: list[str]
) -> Iterator[Living]:
    """Window A01."""

    def render(document: Any, _reprint: int) -> Image.Image:
        drawn.append(f"{document.slip} {document.blocks}")
        return Image.new("1", (576, 100), 1)

    authority = queue(ticket("A012"), ticket("A013"), ticket("A014"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority) as counter:
        counter.parts = replace(counter.parts, render=render)
        counter.presenter._parts = counter.parts
        yield counter


def left_with_paper(counter: Living) -> str:
    number = accept(counter)
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    counter.kit.clock.advance(1_000)  # two visits that end within one millisecond have no order
    return number


def find(counter: Living, number: str) -> None:
    """F7, the serial of the day, and the hit is marked."""
    counter.press(Key.Key_F7)
    counter.letters(number.split("-")[2])
    counter.until(lambda: bool(counter.state.over.hits))


def jobs_of(counter: Living, number: str) -> list[tuple[str, JobState]]:
    with counter.kit.store.read() as view:
        [case] = view.cases_named(number)
        return [(each.slip, each.state) for each in view.print_jobs_of(case.case_id)]


def test_a_case_of_days_ago_is_corrected_from_the_search_and_both_papers_are_kept(
    counter: Living, screens: Any
) -> None:
    number = left_with_paper(counter)
    find(counter, number)
    screens.keep(counter.window, "search-correct.png")
    counter.keys = 0
    counter.press(Key.Key_E, modifier=CTRL)
    assert counter.state.ask is not None
    assert counter.state.ask.view.detail == number
    counter.press(Key.Key_1, Key.Key_1)
    counter.until(lambda: counter.state.card is not None and bool(counter.state.card.corrects))
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 5
    ended_in(counter, Outcome.CORRECTED)
    assert jobs_of(counter, number) == [("SL-05", JobState.VOIDED), ("SL-05", JobState.PRINTED)]
    kinds = [each.kind for each in counter.kit.operations()]
    assert kinds[-3:] == ["ticket.walked_in", "case.corrected", "ticket.finished"]


def test_a_found_case_is_voided_while_somebody_else_is_served(counter: Living) -> None:
    number = left_with_paper(counter)
    call(counter)
    page = counter.state.card
    find(counter, number)
    counter.keys = 0
    counter.press(Key.Key_E, modifier=CTRL)
    counter.press(Key.Key_1)
    assert counter.state.message == "correct_when_free"  # a correction needs the window for itself
    counter.press(Key.Key_2, Key.Key_4)
    counter.until(lambda: counter.state.message == "case_voided_found")
    assert counter.keys == 4
    assert counter.state.place == number
    assert counter.state.card == page
    with counter.kit.store.read() as view:
        [case] = view.cases_named(number)
    assert case.state is CaseState.VOIDED
    assert jobs_of(counter, number) == [("SL-05", JobState.VOIDED)]
    operation = counter.kit.operations()[-1]
    assert (operation.kind, operation.payload["voiding"]["reason"]) == ("case.voided", "printed_in_error")


def test_esc_leads_back_to_the_search_and_nothing_changed(counter: Living) -> None:
    number = left_with_paper(counter)
    find(counter, number)
    before = len(counter.kit.operations())
    search = counter.state.over
    counter.press(Key.Key_E, modifier=CTRL)
    counter.press(Key.Key_2, Key.Key_Escape)
    assert counter.state.over == search
    assert (counter.state.ask, counter.state.found) == (None, None)
    assert len(counter.kit.operations()) == before


def test_a_correction_of_a_found_case_may_be_left(counter: Living) -> None:
    number = left_with_paper(counter)
    find(counter, number)
    counter.press(Key.Key_E, modifier=CTRL)
    counter.press(Key.Key_1, Key.Key_2)
    counter.until(lambda: counter.state.card is not None and bool(counter.state.card.corrects))
    counter.press(Key.Key_F12)
    ended_in(counter, Outcome.ANSWERED)
    assert jobs_of(counter, number) == [("SL-05", JobState.PRINTED)]


def test_a_voided_case_says_so_in_the_search_and_is_not_touched_again(counter: Living) -> None:
    number = left_with_paper(counter)
    for _ in range(2):
        find(counter, number)
        counter.press(Key.Key_E, modifier=CTRL)
        if counter.state.ask is not None:
            counter.press(Key.Key_2, Key.Key_1)
            counter.until(lambda: counter.state.message == "case_voided_found")
    assert counter.state.over.message == "not_correctable"
    counter.until(lambda: counter.state.over.looked is not None)
    view = counter.window._view
    assert view is not None
    assert [each.title for each in view.page.detail.steps] == ["已作废", "单据已作废，留档"]


def test_the_papers_of_f12_stand_in_the_pane_before_they_print(counter: Living, drawn: list[str], screens: Any) -> None:
    number = left_with_paper(counter)
    call(counter)
    counter.press(Key.Key_F12, Key.Key_2)
    counter.write("农村宅基地上建房怎么报批")
    counter.until(lambda: bool(drawn) and "SL-02" in drawn[-1] and "农村宅基地上建房怎么报批" in drawn[-1])
    counter.until(lambda: right(counter).paper is not None)
    assert right(counter).kind == "首问登记回执"
    counter.press(Key.Key_Escape, Key.Key_5)
    counter.until(lambda: right(counter).paper is None)
    counter.write(number)
    counter.until(lambda: "SL-08" in drawn[-1])
    assert number in drawn[-1]
    assert "陈某某" not in drawn[-1]
    counter.until(lambda: right(counter).paper is not None)


def test_who_came_back_with_a_notice_is_refused_under_their_number(counter: Living) -> None:
    number = come_back(counter).case_no
    counter.press(Key.Key_F11, Key.Key_1, Key.Key_Tab)
    explain("只卖预包装食品，备案就可以")
    counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)
    counter.press(Key.Key_F11)
    counter.until(lambda: outcome(counter) == "rejected")
    assert counter.state.issued is not None
    assert (counter.state.issued.case_no, counter.state.issued.state) == (number, CaseState.REFUSED)
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 5
    ended_in(counter, Outcome.REFUSED)


def test_who_came_back_with_a_notice_takes_it_back_without_typing_the_number(counter: Living) -> None:
    number = come_back(counter).case_no
    counter.press(Key.Key_F12, Key.Key_5, Key.Key_Return)
    counter.until(lambda: outcome(counter) == "withdrawn")
    assert counter.state.issued is not None
    assert (counter.state.issued.case_no, counter.state.issued.state) == (number, CaseState.WITHDRAWN)
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 4
    ended_in(counter, Outcome.WITHDRAWN)
