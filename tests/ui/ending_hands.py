"""What the tests of the endings do at the living counter."""

from datetime import date
from typing import Any

from living_counter import WAIT_MS, Key, Living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from screens_kept import Screens
from sqlalchemy import update
from test_counter_screens import SIZES, cut_texts, low_controls, overlaps, sunk_below_the_edge

from app.domain.case import Case
from app.domain.id_card import CardType, IdCard, Sex
from app.domain.visit import Outcome
from app.storage.tables import COUNTER_STATE
from ui.intents import PresentPaper
from ui.widgets.slip_views import SlipView

CARD = IdCard(
    CardType.RESIDENT,
    "陈某某",
    Sex.MALE,
    date(1990, 3, 7),
    "990101199003070015",
    date(2020, 1, 1),
    None,
    address="示范县东街道1号",
)


def at_window(kit: Any, number: str) -> None:
    with kit.database.write() as connection:
        connection.execute(update(COUNTER_STATE).values(window=number))


def call(counter: Living) -> None:
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)


def explain(text: str) -> None:
    """Free text into the reason: not counted."""
    editor = QApplication.focusWidget()
    assert isinstance(editor, QPlainTextEdit), editor
    editor.insertPlainText(text)


def right(counter: Living) -> SlipView:
    view = counter.window._view
    assert view is not None
    assert isinstance(view.right, SlipView)
    return view.right


def outcome(counter: Living) -> str:
    return str(counter.window.property("outcome"))


def ended_in(counter: Living, wanted: Outcome) -> None:
    """Whoever sat here has left, with this outcome."""
    counter.until(lambda: counter.state.visit is None)
    with counter.kit.store.read() as view:
        last = view.last_ended()
    assert last is not None
    assert last.outcome is wanted


def decide(counter: Living, item: Qt.Key) -> None:
    """A citizen is served to F10: the item, the usual answers, all papers there, the form filled."""
    call(counter)
    counter.press(item, Key.Key_Return, Key.Key_Plus)
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for field in card.form.to_fill():
        counter.write("15400000001" if field.name == "phone" else "5" if field.pattern else "某某经营")
        counter.press(Key.Key_Return)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)


def come_back(counter: Living) -> Case:
    """A notice about line 3 of the food licence, and the citizen is back with it; returns the case."""
    call(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_3, Key.Key_Plus, Key.Key_F9)
    counter.until(lambda: outcome(counter) == "noticed")
    counter.printed()
    counter.press(Key.Key_F12)
    counter.kit.clock.advance(1_000)  # two visits that end within one millisecond have no order
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
    counter.window.intent.emit(PresentPaper(f"ZW1:{case.case_no}"))
    counter.until(lambda: counter.state.card is not None and counter.state.card.supplement is not None)
    counter.keys = 0
    told: Case = case
    return told


def accept(counter: Living) -> str:
    """A citizen is served to the printed acceptance notice; returns the case number."""
    decide(counter, Key.Key_2)
    counter.printed()
    assert counter.state.issued is not None
    return counter.state.issued.case_no


def screens_of(counter: Living, screens: Screens, name: str) -> None:
    """The page as it stands is whole in every layout class."""
    for density, size in SIZES.items():
        counter.window.resize(*size)
        counter.qtbot.waitUntil(lambda: [*overlaps(counter.window), *cut_texts(counter.window)] == [], timeout=WAIT_MS)
        screens.keep(counter.window, f"{name}-{density}.png")
        assert cut_texts(counter.window) == [], density
        assert low_controls(counter.window) == [], density
        assert sunk_below_the_edge(counter.window) == [], density
