"""Section 1 by keyboard: letters find an item, the window learns, and the counts of flows.md hold."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from living_counter import Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES

from app.domain.id_card import CardType, IdCard, Sex

Key = Qt.Key
CARD = IdCard(
    CardType.RESIDENT, "陈某某", Sex.MALE, date(1955, 3, 7), "990101195503070013", date(2020, 1, 1), None, "01",
    "示范县东街道1号",
)  # fmt: skip


@pytest.fixture
def at(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Callable[..., Living]]:
    """Open a window of some number with the tickets that wait for it."""
    opened = []

    def make(window: str, *numbers: str) -> Living:
        counter = kit.replica.counter()
        kit.replica.register(
            counter.__class__(counter.device, counter.incarnation, "0003", "9901", "9901", window), "server-1"
        )
        manager = living(
            qtbot, clock, kit, everywhere(clerk), authority=queue(*(ticket(each) for each in numbers)), number=window
        )
        opened.append(manager)
        return manager.__enter__()

    yield make
    for manager in opened:
        manager.__exit__(None, None, None)


def called(counter: Living) -> Living:
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.window.property("uiState") == "calling")
    counter.lay(CARD)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    return counter


def warmed(counter: Living) -> Living:
    counter.until(lambda: counter.state.item_index is not None)
    return counter


def options(counter: Living) -> list[tuple[str, bool, bool]]:
    view = counter.window.findChild(QWidget, "work_item_list")._view
    return [(each.text, each.enabled, each.suggested) for each in view.options]


def test_letters_find_items_and_arrows_and_enter_take_one(at: Any) -> None:
    counter = warmed(called(at("E01", "E001")))
    counter.letters("xk")
    shown = options(counter)
    assert [each[0] for each in shown[:2]] == ["建设工程规划许可证核发", "建筑工程施工许可证核发"]
    assert [each[1] for each in shown] == [True, True, *([False] * (len(shown) - 2))]
    counter.press(Key.Key_Down)
    assert [each[2] for each in options(counter)][:2] == [False, True]
    counter.press(Key.Key_Return)
    assert counter.state.card is not None
    assert counter.state.card.item is not None
    assert counter.state.card.item.id == "ITM-11"


def test_an_item_of_another_window_is_shown_and_cannot_be_taken(at: Any) -> None:
    counter = warmed(called(at("A07", "F001")))
    counter.letters("jzz")
    assert [(each[0], each[1]) for each in options(counter)] == [("居住证申领（首次）", False)]
    counter.press(Key.Key_Return, Key.Key_1)
    assert counter.state.card is not None
    assert counter.state.card.item is None
    assert counter.window.property("currentSection") == 1


def test_backspace_and_esc_lead_back_to_the_tickets_items(at: Any) -> None:
    counter = warmed(called(at("A07", "F001")))
    counter.letters("jz")
    counter.press(Key.Key_Backspace, Key.Key_Backspace)
    assert counter.state.item_search is None
    counter.letters("qqq")
    assert options(counter) == []
    counter.press(Key.Key_Escape)
    assert [each[0] for each in options(counter)] == ["道路货物运输经营许可（普通货运）"]


def test_the_window_learns_what_is_taken_for_these_letters(at: Any, kit: Any) -> None:
    counter = warmed(called(at("E01", "E001")))
    counter.letters("xk")
    counter.press(Key.Key_2)
    counter.press(Key.Key_1, modifier=Qt.KeyboardModifier.AltModifier)
    counter.letters("xk")
    assert options(counter)[0][0] == "建筑工程施工许可证核发"

    def kept() -> bool:
        with kit.store.read() as view:
            return view.item_choices("E01") == {("xk", "ITM-11"): 1} and not view.item_choices("E02")

    counter.until(kept)


def test_a_closed_section_is_searched_by_alt_1(at: Any) -> None:
    counter = warmed(called(at("E01", "E001")))
    counter.press(Key.Key_Return)
    counter.press(Key.Key_1, modifier=Qt.KeyboardModifier.AltModifier)
    counter.letters("xmba")
    counter.press(Key.Key_Return)
    assert counter.state.card is not None
    assert counter.state.card.item is not None
    assert counter.state.card.item.id == "ITM-12"


def test_the_search_is_whole_in_every_layout_class(at: Any, screens: Screens) -> None:
    counter = warmed(called(at("E01", "E001")))
    counter.letters("xk")
    for density, size in SIZES.items():
        counter.window.resize(*size)
        counter.whole()
        screens.keep(counter.window, f"item-search-{density}.png")


def accepted(counter: Living) -> None:
    counter.until(lambda: counter.state.issued is not None)
    counter.printed()
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.window.property("uiState") == "calling")


def road_freight(counter: Living) -> None:
    """Four situations, the papers, two fields, F10 and the next: from section 2 of ITM-08 on."""
    counter.press(Key.Key_1, Key.Key_1, Key.Key_1, Key.Key_1, Key.Key_Plus)
    assert counter.focus == "work_form_field__org_name"
    counter.write("示范货运有限公司")
    counter.press(Key.Key_Return)
    assert counter.focus == "work_form_field__org_uscc"
    counter.write("91990101MA0DEM101A")
    counter.press(Key.Key_F10)
    accepted(counter)


def test_acceptance_with_the_item_on_the_ticket_is_ten_keys(at: Any) -> None:
    counter = called(at("A07", "F001", "F002"))
    counter.press(Key.Key_Return)
    road_freight(counter)
    assert counter.keys == 10


def test_acceptance_with_the_item_by_pinyin_is_twelve_keys(at: Any) -> None:
    counter = warmed(called(at("A07", "F001", "F002")))
    counter.letters("dl")
    counter.press(Key.Key_Return)
    road_freight(counter)
    assert counter.keys == 12


def test_completion_on_the_spot_is_six_keys(at: Any) -> None:
    counter = called(at("B01", "B001", "B002"))
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_Plus, Key.Key_F10)
    accepted(counter)
    assert counter.keys == 6


@pytest.mark.parametrize(
    ("letters", "item", "rows", "short"),
    [
        ("sp", "ITM-02", (Key.Key_3, Key.Key_4), ["M3", "M4"]),  # 食品经营许可（新办）: lines 3 and 4, as in flows.md
        ("gt", "ITM-01", (Key.Key_1, Key.Key_3), ["M1", "M3"]),  # 个体工商户设立登记 asks for three papers only
    ],
)
def test_a_notice_with_the_item_by_pinyin_is_ten_keys(
    at: Any, letters: str, item: str, rows: tuple[Qt.Key, ...], short: list[str]
) -> None:
    """flows.md section 2: F2, two letters, Enter Enter, two lines, + F9 F12; the search field is never focused."""
    counter = warmed(called(at("A01", "A001", "A002")))
    counter.letters(letters)
    counter.press(Key.Key_Return)
    assert counter.state.card is not None
    assert counter.state.card.item is not None
    assert counter.state.card.item.id == item
    counter.press(Key.Key_Return, *rows, Key.Key_Plus, Key.Key_F9)
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 10
    assert counter.state.visit is None
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
    assert (case.item_id, [each["material"] for each in case.notice["lines"]]) == (item, short)


@pytest.mark.parametrize("place", ["slip", "rail", "keys", "window"])
def test_letters_find_items_wherever_the_keyboard_is(at: Any, place: str) -> None:
    counter = warmed(called(at("A01", "A001")))
    window = counter.window
    match place:
        case "slip":
            counter.press(Key.Key_Tab)
        case "rail":
            press_on(counter, "rail")
        case "keys":
            press_on(counter, "key_F10")
        case _:
            window.setFocus()
    counter.letters("gt")
    assert [each[0] for each in options(counter)][:1] == ["个体工商户设立登记"]
    counter.press(Key.Key_Escape, Key.Key_2)
    assert counter.state.card is not None
    assert counter.state.card.item is not None
    assert counter.state.card.item.id == "ITM-02"


def press_on(counter: Living, name: str) -> None:
    """A click somewhere else than into the work."""
    part = counter.window.findChild(QWidget, name)
    assert part is not None, name
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
