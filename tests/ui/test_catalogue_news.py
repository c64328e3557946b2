"""The guide changes while a ticket waits or a page is open: a yellow line says what, Enter goes on."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from living_counter import Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES

from app.domain.work.materials import Verdict
from app.storage.mirror_tables import TICKET
from ui.widgets.work_views import SectionState

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
MINUTE = 60_000
ROW = 66
"""Pixels of a material row at 1920 (design.md section 4)."""


@pytest.fixture
def counter(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    waiting = ticket("A012", issued_ms=kit.clock.now_ms() + MINUTE)
    kit.clock.advance(2 * MINUTE)
    row = {name: getattr(waiting, name) for name in TICKET.c.keys()}  # noqa: SIM118 - columns, not a mapping
    assert kit.replica.apply(0, [{"seq": 1, "entity": "ticket", "data": row}], 1)
    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(waiting)) as opened:
        yield opened


def publish(counter: Living, published_tables: Any, change: Any) -> None:
    """The feed brings version 2, in which ``change`` was made to the document."""
    document = copy.deepcopy(published_tables["catalogue"][0]["document"])
    document["version"] = 2
    change({each["id"]: each for each in document["items"]}, document)
    row = {"version": 2, "rev": 1, "document": document, "effective_from": document["effective_from"]}
    assert counter.kit.replica.apply(1, [{"seq": 2, "entity": "catalogue", "data": row}], 2)


def more_to_bring(items: Any, _: Any) -> None:
    items["ITM-02"]["promised_limit"]["days"] = 5
    items["ITM-02"]["materials"][2]["id"] = "M9"


def serve(counter: Living) -> None:
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.window.property("uiState") == "calling")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")


def looked(counter: Living) -> None:
    counter.presenter.look()
    counter.until(lambda: counter.state.catalogue.version == 2)


def section(counter: Living, number: int) -> Any:
    return counter.window._view.centre.sections[number - 1]


def lines(counter: Living) -> list[str]:
    note = section(counter, 1).note
    return ["".join(words) for words in note.lines] if note is not None else []


def test_a_change_after_the_ticket_was_taken_is_told_and_enter_goes_on(
    counter: Living, published_tables: Any, screens: Screens
) -> None:
    publish(counter, published_tables, more_to_bring)
    serve(counter)
    assert lines(counter)[1].startswith("食品经营许可：新增材料：与食品经营相适应")
    assert "承诺时限由8个工作日改为5个工作日" in lines(counter)[1]
    for density, size in SIZES.items():
        counter.window.resize(*size)
        counter.whole()
        screens.keep(counter.window, f"catalogue-news-{density}.png")
    counter.press(Key.Key_2)
    assert (counter.state.card.item.id, counter.state.card.known_version) == ("ITM-02", None)
    assert lines(counter) == []
    assert counter.window.property("currentSection") == 2


def test_a_change_of_other_items_is_not_told(counter: Living, published_tables: Any) -> None:
    publish(counter, published_tables, lambda items, _: items["ITM-08"]["promised_limit"].update(days=1))
    serve(counter)
    assert lines(counter) == []


def test_a_page_under_way_keeps_its_work_and_wants_one_more_look(counter: Living, published_tables: Any) -> None:
    serve(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_Plus)
    publish(counter, published_tables, more_to_bring)
    looked(counter)
    assert counter.window.property("currentSection") == 1
    assert section(counter, 1).note is not None
    assert section(counter, 3).state is SectionState.REVIEW
    counter.press(Key.Key_Return)
    assert counter.window.property("currentSection") == 3
    card = counter.state.card
    assert (card.item.id, card.item.promised_limit.days, len(card.answers)) == ("ITM-02", 5, 4)
    rows = section(counter, 3).body.rows
    assert [each.recheck for each in rows if each.verdict is Verdict.OK] == [True, True]
    assert "M3" not in card.marks
    counter.press(Key.Key_Plus)
    assert counter.window.property("currentSection") == 4


def known_version(counter: Living) -> int | None:
    """The version the draft is kept under; None before it is kept."""
    with counter.kit.store.read() as view:
        return (view.draft(counter.state.visit.visit_id) or {}).get("known_version")


def test_what_was_not_confirmed_is_told_again_after_a_restart(counter: Living, published_tables: Any) -> None:
    serve(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_Plus)
    publish(counter, published_tables, more_to_bring)
    looked(counter)
    counter.press(Key.Key_3, modifier=ALT)
    counter.press(Key.Key_1)
    counter.press(Key.Key_1, modifier=ALT)
    assert lines(counter) != []
    counter.until(lambda: known_version(counter) == 1)


def test_an_item_that_is_gone_is_told(counter: Living, published_tables: Any) -> None:
    serve(counter)
    counter.press(Key.Key_2)

    def withdraw(items: Any, document: Any) -> None:
        document["items"] = [each for each in document["items"] if each["id"] != "ITM-02"]
        for part in ("windows", "businesses", "staff"):
            for row in document[part]:
                row["items"] = [each for each in row["items"] if each != "ITM-02"]
        items["ITM-01"]["next"] = []

    publish(counter, published_tables, withdraw)
    looked(counter)
    assert lines(counter)[1:] == ["“食品经营许可（新办）”已经停办，请重新选事项"]
    assert counter.state.card.item is None


def test_another_answer_keeps_what_is_valid_and_marks_the_rest(counter: Living, screens: Screens) -> None:
    serve(counter)
    counter.press(Key.Key_1, Key.Key_Return, Key.Key_Plus)
    counter.press(Key.Key_2, modifier=ALT)
    counter.press(Key.Key_1, Key.Key_1, Key.Key_1, Key.Key_2)
    assert counter.window.property("currentSection") == 3
    counter.until(lambda: any(row.height() >= ROW for row in counter.window.findChildren(QWidget, "work_mat_row__3")))
    counter.whole()
    screens.keep(counter.window, "recheck.png")
    rows = {each.name: each for each in section(counter, 3).body.rows}
    assert rows["经营场所使用相关文件"].recheck
    assert rows["经营场所使用相关文件"].hint == "前面改过，要再看一眼"
    assert not rows["个体工商户登记（备案）申请书"].recheck
    assert counter.focus == "work_mat_row__3"
    counter.press(Key.Key_Return)
    assert counter.window.property("currentSection") == 4
