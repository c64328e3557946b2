"""A scanner that types like a keyboard at the living window: keys with scripted times enter where real ones do."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import CARD, at_window
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from test_notice_keys import call, notice
from typing_extensions import override

from app.domain.clerk import Clerk
from app.domain.visit import VisitState
from app.domain.wedge import Pace
from ui.wedge.window_keys import WindowKeys

NONE, SHIFT, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PRESS, RELEASE, OVERRIDE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride
NAMED = {"\r": Key.Key_Return, "\t": Key.Key_Tab}


class Keyboard:
    """Keys with times of their own, at the door where the display hands them over."""

    def __init__(self, counter: Living, clock: Any) -> None:
        self.counter = counter
        self.at = 5_000
        counter.bridge.wedge.emit(Pace(), clock)
        handle = counter.window.windowHandle()
        assert handle is not None
        self.handle = handle
        (self.filter,) = handle.findChildren(WindowKeys)

    def send(self, kind: QEvent.Type, key: int, text: str, modifiers: Any = NONE, *, repeat: bool = False) -> QKeyEvent:
        event = QKeyEvent(kind, key, modifiers, text, repeat)
        event.setTimestamp(self.at)
        QCoreApplication.sendEvent(self.handle, event)
        return event

    def press(self, letter: str, gap: int, hold: int = 0) -> None:
        """One key as the display tells it: may a shortcut take it, down, and up after ``hold`` ms."""
        self.at += gap
        key = NAMED.get(letter, ord(letter.upper()))
        modifiers = SHIFT if letter.isupper() or letter == ":" else NONE
        if modifiers is SHIFT:
            self.send(PRESS, Key.Key_Shift, "", SHIFT)
        self.send(OVERRIDE, key, letter, modifiers)
        self.send(PRESS, key, letter, modifiers)
        self.at += hold
        self.send(RELEASE, key, letter, modifiers)

    def scan(self, text: str, end: str = "\r", gap: int = 4) -> None:
        for letter in text + end:
            self.press(letter, gap)

    def type(self, text: str, *gaps: int) -> None:
        for at, letter in enumerate(text):
            self.press(letter, gaps[at % len(gaps)])

    def rest(self) -> None:
        """Wait until nothing is held any more."""
        self.counter.until(lambda: self.filter._hearing.holds is False)


@pytest.fixture
def counter(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window B01, which does 残疾人证新办."""
    at_window(kit, "B01")
    authority = queue(ticket("B012"), ticket("B013"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority, number="B01") as opened:
        yield opened


@pytest.fixture
def keyboard(counter: Living, clock: Any) -> Keyboard:
    return Keyboard(counter, clock)


def said(counter: Living, code: str) -> None:
    counter.until(lambda: counter.state.message == code)


def field_of_a_form(counter: Living) -> QLineEdit:
    """Serve a citizen and put the keyboard into the first field of a person."""
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    counter.press(Key.Key_7, modifier=ALT)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


class Counts(QObject):
    """How often a widget was told of a press."""

    presses = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.presses += isinstance(event, QKeyEvent) and event.type() is PRESS and bool(event.text())
        return False


def test_a_scanned_notice_brings_its_citizen_back_with_enter_or_without(keyboard: Keyboard, counter: Living) -> None:
    call(counter)
    notice(counter, Key.Key_2, Key.Key_3)
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
    counter.keys = 0
    keyboard.scan(f"ZW1:{case.case_no}", "")
    counter.until(lambda: counter.state.visit is not None and not counter.state.busy)
    assert (counter.window.property("currentSection"), counter.keys) == (3, 0)
    assert counter.focus == "work_mat_row__2"


def test_a_ticket_scanned_while_called_begins_the_service_by_no_other_key(keyboard: Keyboard, counter: Living) -> None:
    counter.press(Key.Key_F2)
    before = counter.kit.operations()
    keyboard.scan("ZW1N:9901-20261122-B012")
    said(counter, "ticket_of_other_day")
    assert counter.state.visit is not None
    assert counter.state.visit.state is VisitState.CALLED, "any key of a hand would mean that the citizen is here"
    assert counter.kit.operations() == before
    keyboard.scan("ZW1N:9901-20261123-B012")
    counter.until(lambda: counter.state.visit is not None and counter.state.visit.state is VisitState.SERVING)


def test_a_scan_never_lands_in_the_field_with_the_keyboard(keyboard: Keyboard, counter: Living) -> None:
    field = field_of_a_form(counter)
    keyboard.type("sun ", 90, 20, 25, 110)
    keyboard.rest()
    assert field.text() == "sun "
    for text, code in (("6901234567892", "scan_unknown"), ("91110000600037341L", "scan_credit_unasked")):
        keyboard.scan(text)
        said(counter, code)
        assert (field.text(), QApplication.focusWidget()) == ("sun ", field)
    keyboard.scan(CARD.number, "\t")
    number = counter.window.findChild(QLineEdit, "work_form_field__person_number")
    assert number is not None
    counter.until(lambda: number.text() == CARD.number)
    assert (field.text(), QApplication.focusWidget()) == ("sun ", field)


def test_fast_typing_reaches_the_field_once_and_in_order(keyboard: Keyboard, counter: Living) -> None:
    field, counts = field_of_a_form(counter), Counts()
    field.installEventFilter(counts)
    text = "Zhang San Feng 1990 zai xian"
    keyboard.type(text, 75, 12, 28, 64, 25, 120)
    keyboard.rest()
    assert (field.text(), counts.presses, counter.state.message) == (text, len(text), "")
    keyboard.type("ab", 80, 10)
    keyboard.send(OVERRIDE, Key.Key_Backspace, "\b")
    keyboard.send(PRESS, Key.Key_Backspace, "\b")
    assert field.text() == text + "a", "what was typed before a key is there before the key"


def test_a_function_key_finds_what_was_typed_before_it(keyboard: Keyboard, counter: Living) -> None:
    field = field_of_a_form(counter)
    keyboard.type("li", 80, 20)
    assert field.text() == ""
    keyboard.send(OVERRIDE, Key.Key_F1, "")
    assert field.text() == "li"
    keyboard.type("u", 80)
    event = QInputMethodEvent("zh", [])
    QCoreApplication.sendEvent(field, event)
    event = QInputMethodEvent()
    event.setCommitString("张")
    QCoreApplication.sendEvent(field, event)
    assert field.text() == "liu张"
    QTest.keyClicks(field, "abcdefgh")
    assert field.text() == "liu张abcdefgh", "what the field alone is told came past no window: no keyboard sent it"


def test_plain_keys_are_commands_all_the_same(keyboard: Keyboard, counter: Living) -> None:
    call(counter)
    keyboard.type("2", 80)
    keyboard.rest()
    assert counter.state.card is not None
    assert [each.short for each in counter.state.card.materials.states()] == [False, True, False]


def test_a_key_held_down_is_no_scanner(keyboard: Keyboard, counter: Living) -> None:
    field = field_of_a_form(counter)
    for _ in range(12):
        keyboard.at += 25
        keyboard.send(OVERRIDE, Key.Key_A, "a", repeat=True)
        keyboard.send(PRESS, Key.Key_A, "a", repeat=True)
    assert field.text() == "a" * 12


def test_a_covered_window_takes_no_scan_and_no_letter_of_it(keyboard: Keyboard, counter: Living) -> None:
    counter.press(Key.Key_L, modifier=Qt.KeyboardModifier.ControlModifier)
    counter.until(lambda: counter.state.covered)
    field = QApplication.focusWidget()
    before = len(counter.kit.operations())
    keyboard.scan("ZW1N:9901-20261123-B777")
    assert not isinstance(field, QLineEdit) or field.text() == ""
    assert (len(counter.kit.operations()), counter.state.visit) == (before, None)
