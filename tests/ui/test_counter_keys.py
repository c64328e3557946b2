"""Real key events at the counter: the right intents, text that stays text, a hasty second press that does nothing."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.work.materials import Verdict
from ui.intents import (
    Accept,
    AcceptDefaults,
    AnswerSituation,
    Arrived,
    Back,
    CallNext,
    ChooseEnding,
    ConfirmItem,
    EditField,
    EnterTicketMode,
    FaultOptionChosen,
    Finish,
    JumpSection,
    MarkDefective,
    MarkRestOk,
    NoShow,
    NoticeDone,
    PresentTicket,
    ReadCard,
    Recall,
    Reprint,
    Reveal,
    SearchItems,
    SetVerdict,
    ToggleMissing,
    Undo,
    WithdrawCall,
)
from ui.screens.counter.view import CounterWindow
from ui.screens.counter.view_model import CapState, KeyState

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE, PAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier


def press(window: CounterWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("idle", Key.Key_F2, NONE), CallNext()),
        (("idle", Key.Key_F2, SHIFT), EnterTicketMode()),
        (("idle", Key.Key_1, CTRL), NoticeDone(1)),
        (("entry", Key.Key_Escape, NONE), Back()),
        (("calling", Key.Key_F3, NONE), Recall()),
        (("calling", Key.Key_F4, NONE), NoShow()),
        (("calling", Key.Key_F3, SHIFT), WithdrawCall()),
        (("calling", Key.Key_Space, NONE), None),
        (("calling", Key.Key_A, NONE), Arrived()),
        (("choosing_item", Key.Key_Return, NONE), ConfirmItem(0)),
        (("choosing_item", Key.Key_2, NONE), ConfirmItem(1)),
        (("asking", Key.Key_3, NONE), AnswerSituation(0, 2)),
        (("asking", Key.Key_Enter, PAD), AcceptDefaults()),
        (("asking", Key.Key_Z, CTRL), Undo()),
        (("checking", Key.Key_3, NONE), ToggleMissing(2)),
        (("checking", Key.Key_5, PAD), ToggleMissing(4)),
        (("checking", Key.Key_End, PAD), ToggleMissing(0)),
        (("checking", Key.Key_Plus, NONE), MarkRestOk()),
        (("checking", Key.Key_Plus, PAD), MarkRestOk()),
        (("checking", Key.Key_Minus, PAD), SetVerdict(2, Verdict.MISSING)),
        (("checking", Key.Key_Asterisk, NONE), SetVerdict(2, Verdict.DEFERRED)),
        (("checking", Key.Key_Slash, NONE), MarkDefective(2)),
        (("checking", Key.Key_Slash, PAD), MarkDefective(2)),
        (("checking", Key.Key_Period, NONE), None),
        (("checking", Key.Key_Backspace, NONE), SetVerdict(2, None)),
        (("choosing_item", Key.Key_G, NONE), SearchItems("g")),
        (("checking", Key.Key_Return, NONE), SetVerdict(2, Verdict.OK)),
        (("checking", Key.Key_F8, NONE), ReadCard()),
        (("checking", Key.Key_F12, NONE), Finish()),
        (("checking", Key.Key_2, ALT), JumpSection(2)),
        (("ending", Key.Key_3, NONE), ChooseEnding(2)),
        (("issued", Key.Key_F2, NONE), CallNext()),
        (("issued", Key.Key_F12, NONE), Finish()),
        (("issued", Key.Key_P, CTRL), Reprint()),
        (("offline_fault", Key.Key_2, NONE), FaultOptionChosen(2)),
        (("offline_fault", Key.Key_3, CTRL), FaultOptionChosen(3)),
        (("unknown_print", Key.Key_1, NONE), FaultOptionChosen(1)),
    ],
)
def test_a_key_says_what_the_clerk_means(
    window: CounterWindow,
    intents: list[object],
    samples: Any,
    typed: tuple[str, Qt.Key, Qt.KeyboardModifier],
    said: object,
) -> None:
    scene, key, modifier = typed
    window.show_view(getattr(samples, scene)())
    press(window, key, modifier)
    assert intents == ([said] if said is not None else [])


def test_a_line_that_may_not_be_deferred_ignores_the_star(
    window: CounterWindow, intents: list[object], samples: Any
) -> None:
    window.show_view(samples.checking(Verdict.OK, None, Verdict.OK, Verdict.OK, Verdict.OK))
    press(window, Key.Key_Asterisk)
    assert intents == []


def test_enter_on_a_shared_material_says_exempt_and_goes_on(
    window: CounterWindow, intents: list[object], samples: Any
) -> None:
    window.show_view(samples.checking(None, None, None, None, None))
    press(window, Key.Key_Return)
    press(window, Key.Key_Return)
    assert intents == [SetVerdict(0, Verdict.OK), SetVerdict(1, Verdict.EXEMPT)]
    assert window.focusPath.endswith("work_mat_row__3")


def test_the_arrows_walk_the_rows(window: CounterWindow, intents: list[object], samples: Any) -> None:
    window.show_view(samples.checking())
    press(window, Key.Key_Down)
    assert window.focusPath.endswith("work_mat_row__4")
    press(window, Key.Key_Up)
    assert window.focusPath.endswith("work_mat_row__3")
    assert intents == []


def test_signs_and_digits_in_a_text_field_are_text(window: CounterWindow, intents: list[object], samples: Any) -> None:
    window.show_view(samples.filling())
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "1+*-2")
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "1+*-2"
    assert intents[-1] == EditField("scope", "1+*-2")
    assert all(isinstance(each, EditField) for each in intents)


def test_enter_goes_to_the_next_empty_required_field(window: CounterWindow, samples: Any) -> None:
    window.show_view(samples.filling(area="86"))
    assert window.focusPath.endswith("work_form_field__scope")
    QTest.keyClicks(QApplication.focusWidget(), "x")
    press(window, Key.Key_Return)
    assert window.focusPath.endswith("work_form_field__phone")


def test_f10_works_from_inside_a_field(window: CounterWindow, intents: list[object], samples: Any) -> None:
    view = samples.filling()
    window.show_view(replace(view, keys=(*view.keys, KeyState("act_accept", CapState.PRIMARY))))
    press(window, Key.Key_F10)
    assert intents == [Accept()]


def test_f10_on_a_grey_button_leads_to_the_first_error(
    window: CounterWindow, intents: list[object], samples: Any
) -> None:
    window.show_view(samples.filling(phone="1380000000", error="手机号要 11 位，现在 10 位"))
    field = window.findChild(QLineEdit, "work_form_field__remark")
    assert field is not None
    field.setFocus()
    press(window, Key.Key_F10)
    assert window.focusPath.endswith("work_form_field__phone")
    assert intents == []


def test_what_is_being_typed_is_not_overwritten_by_a_late_view(window: CounterWindow, samples: Any) -> None:
    window.show_view(samples.filling())
    editor = window.findChild(QLineEdit, "work_form_field__phone")
    assert editor is not None
    editor.setFocus()
    QTest.keyClicks(editor, "139")
    window.show_view(samples.filling(phone="13"))
    assert editor.text() == "139"


def test_fields_for_numbers_take_no_input_method(window: CounterWindow, samples: Any) -> None:
    window.show_view(samples.filling())
    input_method = Qt.WidgetAttribute.WA_InputMethodEnabled
    for name, wanted in (("scope", True), ("phone", False), ("area", False), ("idno", False)):
        editor = window.findChild(QLineEdit, f"work_form_field__{name}")
        assert editor is not None
        assert editor.testAttribute(input_method) is wanted, name


def test_a_presented_ticket_is_handed_over_as_typed_on_the_slip(
    window: CounterWindow, intents: list[object], samples: Any
) -> None:
    window.show_view(samples.entry())
    QTest.keyClicks(QApplication.focusWidget(), "a023")
    press(window, Key.Key_Return)
    assert intents == [PresentTicket("A023")]


def test_the_same_key_within_400_ms_is_one_press(
    window: CounterWindow, intents: list[object], samples: Any, clock: Any
) -> None:
    view = samples.calling()
    window.show_view(view)
    press(window, Key.Key_F3)
    window.show_view(view)
    clock.ms += 399
    press(window, Key.Key_F3)
    assert intents == [Recall()]
    clock.ms += 1
    press(window, Key.Key_F3)
    assert intents == [Recall(), Recall()]


def test_a_pressed_action_stays_shut_until_it_is_answered(
    window: CounterWindow, intents: list[object], samples: Any, clock: Any
) -> None:
    view = samples.calling()
    window.show_view(view)
    press(window, Key.Key_F3)
    window.show_view(replace(view, busy=True))
    clock.ms += 5_000
    press(window, Key.Key_F3)
    assert intents == [Recall()]
    window.show_view(view)
    press(window, Key.Key_F3)
    assert intents == [Recall(), Recall()]


def test_holding_a_function_key_is_one_press(window: CounterWindow, samples: Any) -> None:
    window.show_view(samples.calling())
    assert all(not action.autoRepeat() for action in window.actions())


def test_a_click_on_a_key_is_the_key(window: CounterWindow, intents: list[object], samples: Any) -> None:
    window.show_view(samples.idle())
    cap = window.findChild(QWidget, "key_F2")
    assert cap is not None
    QTest.mouseClick(cap, Qt.MouseButton.LeftButton)
    assert intents == [CallNext()]


def test_the_big_button_repeats_its_key(window: CounterWindow, intents: list[object], samples: Any) -> None:
    window.show_view(samples.issued())
    button = window.findChild(QWidget, "slip_primary")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert intents == [CallNext()]


def test_alt_held_alone_reveals_and_letting_go_masks(
    window: CounterWindow, intents: list[object], samples: Any, qtbot: QtBot
) -> None:
    window.show_view(samples.checking())
    target = QApplication.focusWidget()
    QTest.keyPress(target, Key.Key_Alt, ALT)
    assert intents == []
    qtbot.waitUntil(lambda: intents == [Reveal(on=True)], timeout=2_000)
    QTest.keyRelease(target, Key.Key_Alt)
    assert intents == [Reveal(on=True), Reveal(on=False)]


def test_alt_with_a_digit_jumps_and_reveals_nothing(window: CounterWindow, intents: list[object], samples: Any) -> None:
    window.show_view(samples.checking())
    target = QApplication.focusWidget()
    QTest.keyPress(target, Key.Key_Alt, ALT)
    QTest.keyClick(target, Key.Key_1, ALT)
    QTest.qWait(450)
    QTest.keyRelease(target, Key.Key_Alt)
    assert intents == [JumpSection(1)]


def test_the_keyboard_is_never_lost(window: CounterWindow, samples: Any) -> None:
    order = (
        "idle", "entry", "idle", "calling", "choosing_item", "asking", "checking", "filling", "issued", "offline_fault",
        "ending", "unknown_print", "idle",
    )  # fmt: skip
    for scene in order:
        window.show_view(getattr(samples, scene)())
        focus = QApplication.focusWidget()
        assert focus is not None, scene
        assert focus.isVisible(), scene
        assert focus.isEnabled(), scene
    for current in range(3):
        window.show_view(samples.asking(current))
        assert window.focusPath.endswith("work_sit_list")


def test_a_fault_that_appears_does_not_take_the_keyboard(window: CounterWindow, samples: Any) -> None:
    view = samples.checking()
    window.show_view(view)
    before = QApplication.focusWidget()
    window.show_view(replace(view, right=replace(view.right, fault=samples.offline_fault().right.fault)))
    assert QApplication.focusWidget() is before


def test_the_window_tells_its_state(window: CounterWindow, samples: Any) -> None:
    window.show_view(samples.offline_fault())
    names = ("uiState", "outcome", "currentTicket", "currentSection", "pendingSync", "deviceFaults", "slipKind")
    assert [window.property(name) for name in names] == ["issuing", "", "A023", 5, 7, ["printer"], "SL-01"]


def test_ctrl_tab_goes_from_the_card_to_the_big_button_and_back(window: CounterWindow, samples: Any) -> None:
    window.show_view(samples.issued())
    press(window, Key.Key_Tab, CTRL)
    assert window.focusPath.endswith("slip_primary")
    press(window, Key.Key_Tab, CTRL)
    assert window.focusPath.endswith("work_out")
