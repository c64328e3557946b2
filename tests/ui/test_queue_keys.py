"""The keys of the queue in the living window, with their counts (flows.md section 7)."""

from collections.abc import Iterator
from typing import Any

import pytest
from living_counter import Living, living, person_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from queue_hands import CARD, at_window, kinds, serve

from app.domain.clerk import Clerk
from app.domain.visit import HoldReason, VisitState
from app.domain.work.card import Section

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SECOND = 1000


@pytest.fixture
def waiting(queue: Any, ticket: Any) -> Any:
    """A012 to A014 wait."""
    return queue(*(ticket(f"A01{n}") for n in (2, 3, 4)))


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, waiting: Any) -> Iterator[Living]:
    """The living window A01."""
    with living(qtbot, clock, kit, clerk, authority=waiting) as counter:
        yield counter


def key(counter: Living, name: str) -> str:
    cap = counter.window.findChild(QWidget, f"key_{name}")
    assert cap is not None
    return str(cap.property("state"))


def test_a_recall_is_one_key(counter: Living) -> None:
    counter.press(Key.Key_F2)
    counter.keys = 0
    counter.press(Key.Key_F3)
    assert (counter.keys, counter.state.visit.recalls, kinds(counter)[-1]) == (1, 1, "ticket.recalled")


def test_a_no_show_is_four_keys(counter: Living) -> None:
    counter.press(Key.Key_F2)
    assert (key(counter, "F3"), key(counter, "F4")) == ("normal", "normal")
    counter.press(Key.Key_F3, Key.Key_F3)
    assert (key(counter, "F3"), key(counter, "F4")) == ("normal", "suggested")
    counter.press(Key.Key_F4)
    assert (counter.keys, counter.state.visit, kinds(counter)[-1]) == (4, None, "ticket.missed")


def test_twenty_seconds_after_the_call_the_recall_is_suggested(counter: Living) -> None:
    counter.press(Key.Key_F2)
    counter.kit.clock.advance(20 * SECOND)
    counter.presenter._on_tick()
    assert key(counter, "F3") == "suggested"


def test_a_mistaken_call_is_withdrawn_with_one_key(counter: Living) -> None:
    counter.press(Key.Key_F2)
    counter.keys = 0
    counter.press(Key.Key_F3, modifier=SHIFT)
    assert (counter.keys, counter.state.visit, kinds(counter)[-1]) == (1, None, "ticket.withdrawn")
    counter.press(Key.Key_F2)
    counter.kit.clock.advance(11 * SECOND)
    counter.press(Key.Key_F3, modifier=SHIFT)
    assert (counter.state.message, at_window(counter)) == ("call_too_old", "A013")


def test_a_no_show_by_a_slip_of_a_key_is_taken_back(counter: Living) -> None:
    counter.press(Key.Key_F2, Key.Key_F4)
    assert counter.state.message == "miss_recorded"
    counter.press(Key.Key_Z, modifier=CONTROL)
    assert (at_window(counter), counter.state.visit.state) == ("A012", VisitState.CALLED)
    counter.press(Key.Key_F4)
    counter.kit.clock.advance(11 * SECOND)
    counter.press(Key.Key_Z, modifier=CONTROL)
    assert (counter.state.message, counter.state.visit) == ("miss_too_old", None)


def test_holding_is_two_keys_and_taking_back_one(counter: Living) -> None:
    serve(counter)
    counter.keys = 0
    counter.press(Key.Key_F5, Key.Key_1)
    assert (counter.keys, counter.state.visit, counter.state.ask) == (2, None, None)
    (held,) = counter.state.held
    assert (held.visit.number, held.visit.hold_reason) == ("A012", HoldReason.PHOTO)
    assert counter.window.findChild(QWidget, "rail_held_item__A012") is not None
    counter.keys = 0
    counter.press(Key.Key_F5)
    assert (counter.keys, at_window(counter), counter.state.held) == (1, "A012", ())


def test_a_held_page_goes_on_where_it_stopped(counter: Living) -> None:
    serve(counter)
    counter.lay(CARD)
    counter.press(Key.Key_2)
    card = counter.state.card
    assert card.item is not None
    counter.press(Key.Key_F5, Key.Key_Return)
    counter.press(Key.Key_F2)
    assert at_window(counter) == "A013"
    counter.press(Key.Key_F4)
    counter.press(Key.Key_F5)
    assert (at_window(counter), counter.state.card) == ("A012", card)


def test_whom_to_take_back_is_chosen_with_a_digit(counter: Living) -> None:
    for reason in (Key.Key_1, Key.Key_2):
        serve(counter)
        counter.press(Key.Key_F5, reason)
    counter.keys = 0
    counter.press(Key.Key_F5, modifier=SHIFT)
    assert [each.title for each in counter.state.ask.view.options] == ["A012", "A013"]
    counter.press(Key.Key_2)
    assert (counter.keys, at_window(counter)) == (2, "A013")


def test_escape_leaves_the_question_and_holds_nobody(counter: Living) -> None:
    serve(counter)
    counter.press(Key.Key_F5)
    counter.press(Key.Key_7)
    assert counter.state.ask is not None
    counter.press(Key.Key_Escape)
    assert (counter.state.ask, at_window(counter), counter.state.held) == (None, "A012", ())


def test_keys_of_the_queue_are_on_as_the_table_says(counter: Living) -> None:
    names = ("F3", "F4", "F5", "F8")
    table = {"idle": [key(counter, each) != "disabled" for each in names]}
    counter.press(Key.Key_F2)
    table["calling"] = [key(counter, each) != "disabled" for each in names]
    counter.press(Key.Key_Return)
    table["serving"] = [key(counter, each) != "disabled" for each in names]
    counter.lay(CARD)
    counter.until(lambda: person_of(counter) is not None)
    table["first data"] = [key(counter, each) != "disabled" for each in names]
    counter.press(Key.Key_F5, Key.Key_4)
    table["idle, held"] = [key(counter, each) != "disabled" for each in names]
    assert table == {
        "idle": [False, False, False, True],
        "calling": [True, True, True, True],
        "serving": [True, True, True, True],
        "first data": [True, False, True, True],
        "idle, held": [False, False, True, True],
    }


def test_the_manager_is_called_from_everywhere_and_once(counter: Living) -> None:
    counter.press(Key.Key_H, modifier=CONTROL)
    assert (counter.state.message, kinds(counter)[-1]) == ("help_asked", "help.asked")
    serve(counter)
    counter.press(Key.Key_H, modifier=CONTROL)
    assert (counter.state.message, kinds(counter).count("help.asked")) == ("help_asked_already", 1)


def test_a_question_takes_digits_even_from_a_text_field_and_gives_the_keyboard_back(
    counter: Living, ready_card: Any
) -> None:
    serve(counter)
    counter.presenter.change_card(lambda _: ready_card("ITM-02").open_section(Section.FORM))
    field = counter.focus
    assert field.startswith("work_form_field__")
    counter.write("某某")
    counter.press(Key.Key_F5)
    counter.press(Key.Key_Escape)
    assert counter.focus == field
    counter.keys = 0
    counter.press(Key.Key_F5, Key.Key_2)
    assert (counter.keys, counter.state.visit, counter.state.held[0].item) == (2, None, "食品经营许可（新办）")
    counter.press(Key.Key_F5)
    assert any("某某" in each for each in counter.state.card.typed.values())
