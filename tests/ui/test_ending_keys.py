"""F12 while serving and Ctrl+E in the living window, key by key (design.md decision 14)."""

from collections.abc import Iterator
from typing import Any

import pytest
from decided import lie_ready
from ending_hands import CARD, accept, call, ended_in, outcome, screens_of
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from screens_kept import Screens

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.visit import Outcome
from app.ports.spool import JobState
from ui.screens.counter.frame import CounterFrame

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window A01."""
    authority = queue(ticket("A012"), ticket("A013"), ticket("A014"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority) as counter:
        yield counter


def test_an_answered_question_ends_with_three_keys(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_F12)
    counter.press(Key.Key_1, Key.Key_2)
    ended_in(counter, Outcome.ANSWERED)


def test_an_answer_on_paper_is_the_notice(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_F12, Key.Key_1, Key.Key_1)
    counter.until(lambda: counter.state.job is not None)
    assert counter.state.job is not None
    assert counter.state.job.slip == "SL-03"
    counter.printed()
    counter.press(Key.Key_F12)
    ended_in(counter, Outcome.INFORMED)


def test_who_leaves_is_asked_why_and_esc_goes_one_step_back(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_F12, Key.Key_3, Key.Key_Escape, Key.Key_3, Key.Key_2)
    ended_in(counter, Outcome.LEFT)


def test_a_first_contact_is_registered_with_its_slip(counter: Living, screens: Screens) -> None:
    call(counter)
    counter.press(Key.Key_F12, Key.Key_2)
    assert counter.focus == "work_form_field__topic"
    counter.press(Key.Key_F12)
    assert counter.state.message == "topic_needed"
    counter.write("农村宅基地上建房怎么报批")
    screens_of(counter, screens, "first-contact")
    frame = counter.window.centralWidget()
    assert isinstance(frame, CounterFrame)
    assert not frame.slip.isVisible()  # in XS the drawer would lie over the form
    counter.press(Key.Key_Return)
    counter.until(lambda: outcome(counter) == "registered")
    counter.printed()
    counter.press(Key.Key_F12)
    ended_in(counter, Outcome.REGISTERED)


def test_an_application_is_taken_back_by_its_number(counter: Living) -> None:
    number = accept(counter)
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    counter.press(Key.Key_F12, Key.Key_5)
    counter.write(number)
    counter.press(Key.Key_Return)
    counter.until(lambda: outcome(counter) == "withdrawn")
    assert counter.state.issued is not None
    assert counter.state.issued.state is CaseState.WITHDRAWN
    counter.printed()


def test_the_title_tells_a_second_copy_from_the_first(counter: Living) -> None:
    accept(counter)
    counter.until(lambda: counter.window.windowTitle().endswith("已出单"))
    counter.press(Key.Key_P, modifier=CTRL)
    counter.until(lambda: counter.window.windowTitle().endswith("待出单"))
    counter.printed()
    counter.until(lambda: counter.window.windowTitle().endswith("已出单，补打 1"))


def test_a_result_is_handed_out_once_it_is_there(counter: Living) -> None:
    number = accept(counter)
    counter.press(Key.Key_F2)
    counter.kit.clock.advance(1_000)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    counter.press(Key.Key_F12, Key.Key_4)
    counter.write(number)
    counter.press(Key.Key_Return)
    assert counter.state.message == "not_ready_for_pickup"
    with counter.kit.store.read() as view:
        [case] = view.cases_named(number)
    lie_ready(counter.kit, case)
    counter.kit.clock.advance(1_000)
    counter.press(Key.Key_Return)
    ended_in(counter, Outcome.PICKED_UP)
    assert counter.state.message == "result_handed_out"


def test_a_paper_is_corrected_under_its_number(counter: Living) -> None:
    number = accept(counter)
    counter.press(Key.Key_E, modifier=CTRL)
    counter.press(Key.Key_1, Key.Key_1)
    counter.until(lambda: counter.state.card is not None and bool(counter.state.card.corrects))
    assert outcome(counter) == ""
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    assert counter.state.issued is not None
    assert (counter.state.issued.case_no, counter.state.issued.rev) == (number, 2)
    counter.printed()
    counter.press(Key.Key_F12)
    ended_in(counter, Outcome.ACCEPTED)


def test_a_correction_may_be_left(counter: Living) -> None:
    accept(counter)
    counter.press(Key.Key_E, modifier=CTRL)
    counter.press(Key.Key_1, Key.Key_2)
    counter.until(lambda: counter.state.card is not None and bool(counter.state.card.corrects))
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.issued is not None)
    assert counter.state.issued is not None
    assert counter.state.issued.rev == 1


def test_a_paper_is_voided_with_a_reason(counter: Living) -> None:
    accept(counter)
    counter.press(Key.Key_E, modifier=CTRL)
    counter.press(Key.Key_2, Key.Key_Return)
    assert counter.state.ask is not None
    counter.press(Key.Key_3)
    counter.until(lambda: outcome(counter) == "voided")
    assert counter.state.job is not None
    assert counter.state.job.state is JobState.VOIDED
    counter.press(Key.Key_F12)
    ended_in(counter, Outcome.VOIDED)
