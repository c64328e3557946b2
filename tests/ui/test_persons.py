"""Who sits here, typed by hand: each place its own, with the same checks as a card, named on the paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from living_counter import Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES

from app.domain.id_card import CardType, IdCard, Sex
from app.domain.person import PersonSource
from ui.screens.counter.acts import preview

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
OTHER = IdCard(
    CardType.RESIDENT, "孙某某", Sex.FEMALE, date(1978, 8, 25), "990101197808250049", date(2020, 1, 1), None, "01",
    "示范县西街道2号",
)  # fmt: skip
USCC = "91990101MA0DEM101A"


@pytest.fixture
def counter(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("A012"))) as opened:
        opened.press(Key.Key_F2)
        opened.until(lambda: opened.window.property("uiState") == "calling")
        opened.press(Key.Key_Return)
        opened.until(lambda: opened.window.property("uiState") == "serving")
        opened.keys = 0
        yield opened


def typed(counter: Living, name: str, number: str, phone: str = "") -> None:
    assert counter.focus == "work_form_field__person_name"
    counter.write(name)
    counter.press(Key.Key_Return)
    counter.write(number)
    counter.press(Key.Key_Return)
    if phone:
        counter.write(phone)
    counter.press(Key.Key_Return)


def errors(counter: Living) -> list[str]:
    view = counter.window._view.centre.person.entry
    return [each.error for each in view.fields if each.error]


def test_f8_twice_types_the_applicant_by_hand(counter: Living) -> None:
    counter.press(Key.Key_F8, Key.Key_F8)
    assert counter.keys == 2
    typed(counter, "陈某某", "990101199003070015", "15400000001")
    applicant = counter.state.card.applicant
    assert (applicant.name, applicant.number, applicant.phone) == ("陈某某", "990101199003070015", "15400000001")
    assert (applicant.source, applicant.card_type) == (PersonSource.MANUAL, "resident")
    assert counter.state.card.item is None, "the Enter that ends the form chooses nothing behind it"
    shown = counter.window._view.centre.person
    assert shown.entry is None
    assert shown.name == "陈**"
    assert shown.reading.startswith("手工录入")


def test_f8_twice_while_the_citizen_is_still_called_begins_the_service(
    *, qtbot: QtBot, clock: Any, kit: Any, clerk: Any, queue: Any, ticket: Any
) -> None:
    with living(qtbot, clock, kit, clerk, authority=queue(ticket("A012"))) as opened:
        opened.press(Key.Key_F2)
        opened.until(lambda: opened.window.property("uiState") == "calling")
        opened.press(Key.Key_F8, Key.Key_F8)
        opened.until(lambda: opened.focus == "work_form_field__person_name")


def test_what_is_wrong_says_what_to_do_in_its_row_and_nobody_is_seated(counter: Living) -> None:
    counter.press(Key.Key_6, modifier=ALT)
    counter.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)
    assert errors(counter) == ["要填", "要填"]
    assert counter.focus == "work_form_field__person_name"
    typed(counter, "陈某某", "99010119900307001", "1540000000")
    assert errors(counter) == [
        "证件号要 18 位，现在 17 位", "手机号要 11 位，现在 10 位；座机写成 0000-8000000",
    ]  # fmt: skip
    assert counter.focus == "work_form_field__person_number"
    assert counter.state.card.applicant is None


def test_esc_puts_the_form_away_and_keeps_what_was_typed(counter: Living) -> None:
    counter.press(Key.Key_6, modifier=ALT)
    counter.write("陈某")
    counter.press(Key.Key_Escape)
    assert counter.window._view.centre.person.entry is None
    assert counter.focus == "work_item_list"
    counter.press(Key.Key_6, modifier=ALT)
    assert counter.window._view.centre.person.entry.fields[1].value == "陈某"


def test_an_agent_never_fills_the_applicant(counter: Living) -> None:
    counter.press(Key.Key_7, modifier=ALT)
    typed(counter, "孙某某", "990101197808250049")
    assert counter.state.card.agent.name == "孙某某"
    assert counter.state.card.applicant is None
    counter.press(Key.Key_6, modifier=ALT)
    typed(counter, "孙某某", "990101197808250049")
    assert errors(counter) == ["这是已经录入的另一个人的证件号，请换成这一位的"]


def test_a_card_laid_while_a_place_is_open_goes_to_that_place(counter: Living) -> None:
    counter.press(Key.Key_8, modifier=ALT)
    counter.lay(OTHER)
    counter.until(lambda: counter.state.card.guardian is not None)
    assert counter.state.card.guardian.source is PersonSource.CARD
    assert counter.state.card.applicant is None
    assert counter.window._view.centre.person.entry is None


def drafted(counter: Living, kit: Any) -> dict[str, Any]:
    """The draft as it is kept; empty before it is."""
    with kit.store.read() as view:
        return view.draft(counter.state.visit.visit_id) or {}


def test_the_paper_names_everybody_who_is_seated(counter: Living, kit: Any) -> None:
    counter.press(Key.Key_6, modifier=ALT)
    typed(counter, "陈某某", "990101199003070015")
    counter.press(Key.Key_8, modifier=ALT)
    typed(counter, "孙某某", "990101197808250049")
    counter.press(Key.Key_9, modifier=ALT)
    counter.write("示范货运有限公司")
    counter.press(Key.Key_Return)
    counter.write(USCC.lower())
    counter.press(Key.Key_Return)
    card = counter.state.card
    assert card.organisation.uscc == USCC
    said = str(preview(counter.parts, card.accept_item().accept_answers()).blocks)
    for words in ("示范货运有限公司（办理人：陈**）", f"{USCC}（单位）", "监护人", "孙**（990***********0049）"):
        assert words in said, words
    counter.until(lambda: (drafted(counter, kit).get("organisation") or {}).get("uscc") == USCC)
    assert drafted(counter, kit)["guardian"]["name"] == "孙某某"


def test_persons_survive_an_undone_answer(counter: Living) -> None:
    counter.press(Key.Key_9, modifier=ALT)
    counter.write("示范货运有限公司")
    counter.press(Key.Key_Return)
    counter.write(USCC)
    counter.press(Key.Key_Return, Key.Key_Return)
    assert counter.state.card.item is not None
    assert counter.state.card.undo().organisation.uscc == USCC


def test_the_form_is_whole_in_every_layout_class(counter: Living, screens: Screens) -> None:
    counter.press(Key.Key_8, modifier=ALT)
    typed(counter, "孙3", "9901011978082500")
    for density, size in SIZES.items():
        counter.window.resize(*size)
        counter.whole()
        screens.keep(counter.window, f"person-entry-{density}.png")
        shown = {name: seen(counter, name) for name in ("work_person", "work_person_entry")}
        assert shown == {"work_person": False, "work_person_entry": True}


def seen(counter: Living, name: str) -> bool:
    return any(each.isVisible() for each in counter.window.findChildren(QWidget, name))
