"""All five verdicts by keyboard, and a group of which one line suffices."""

from collections.abc import Iterator
from typing import Any

import pytest
from living_counter import Living, everywhere, living
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.work.materials import Verdict

Key = Qt.Key


@pytest.fixture
def counter(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("A012"))) as opened:
        opened.press(Key.Key_F2)
        opened.until(lambda: opened.window.property("uiState") == "calling")
        opened.press(Key.Key_Return)
        opened.until(lambda: opened.window.property("uiState") == "serving")
        yield opened


def take(counter: Living, item: Any) -> None:
    counter.presenter.change_card(lambda card: card.choose_found(item))
    counter.press(Key.Key_Return)
    assert counter.window.property("currentSection") == 3


def verdict(counter: Living, material: str) -> tuple[Verdict, str] | None:
    mark = counter.state.card.marks.get(material)
    return None if mark is None else (mark.verdict, mark.reason)


def test_each_of_the_five_verdicts_has_its_key(counter: Living) -> None:
    take(counter, counter.state.catalogue.items["ITM-08"])
    assert counter.focus == "work_mat_row__1"
    counter.press(Key.Key_Return)
    assert verdict(counter, "M1") == (Verdict.OK, "")
    counter.press(Key.Key_3)
    assert verdict(counter, "M3a") == (Verdict.MISSING, "")
    counter.press(Key.Key_Slash)
    assert verdict(counter, "M3a") == (Verdict.DEFECTIVE, "检测报告过期")
    counter.press(Key.Key_Slash)
    assert verdict(counter, "M3a") == (Verdict.DEFECTIVE, "车主与申请人不一致")
    counter.press(Key.Key_Down, Key.Key_Asterisk)
    assert verdict(counter, "M4") == (Verdict.DEFERRED, "")
    counter.press(Key.Key_Period)
    assert verdict(counter, "M4") == (Verdict.EXEMPT, "")
    hints = {(each.key, each.text) for each in counter.window._view.centre.sections[2].hints}
    assert {("/", "不符"), (".", "免交"), ("*", "容缺")} <= hints


def test_a_line_that_is_not_shared_is_not_exempt_and_one_without_defects_wants_words(counter: Living) -> None:
    take(counter, counter.state.catalogue.items["ITM-11"])
    counter.press(Key.Key_Period)
    assert verdict(counter, "M1") is None
    counter.presenter.change_card(lambda card: card.mark("M6", Verdict.OK))
    counter.window.findChild(type(counter.window.focusWidget()), "work_mat_row__6").setFocus()
    counter.press(Key.Key_Slash)
    assert counter.state.message == "reason_needed"
    assert verdict(counter, "M6") == (Verdict.OK, "")


def test_one_line_of_a_group_suffices(counter: Living) -> None:
    item = counter.state.catalogue.items["ITM-03"]
    open_group = tuple(
        each if each.one_of is None else each.__class__(**{**fields_of(each), "when": None}) for each in item.materials
    )
    take(counter, item.__class__(**{**fields_of(item), "materials": open_group}))
    counter.press(Key.Key_Plus)
    assert counter.window.property("currentSection") == 3, "which of the group was handed in is the clerk's to say"
    assert counter.focus == "work_mat_row__3"
    counter.press(Key.Key_Down, Key.Key_Return)
    assert [each.waived for each in counter.state.card.materials.states()] == [False, False, True, False, True]
    assert counter.window.property("currentSection") == 4


def fields_of(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
