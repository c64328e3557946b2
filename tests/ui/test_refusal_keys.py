"""F11 in the living window, key by key as flows.md section 6 counts them."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import at_window, call, ended_in, explain, outcome, right, screens_of
from living_counter import WAIT_MS, Key, Living, everywhere, living
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens

from app.domain.clerk import Clerk
from app.domain.visit import Outcome


@pytest.fixture
def carrier(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window A07, which licenses road carriers."""
    at_window(kit, "A07")
    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("F012")), number="A07") as counter:
        yield counter


def test_not_accepted_is_ten_keys(carrier: Living, screens: Screens) -> None:
    call(carrier)
    carrier.press(Key.Key_Return)
    carrier.press(Key.Key_F11)
    assert carrier.focus == "work_refusal"
    carrier.press(Key.Key_2)
    carrier.press(Key.Key_Tab)
    assert carrier.focus == "work_refusal_office"
    carrier.write("示范市交通运输局，示例路20号，000-7654321")
    carrier.press(Key.Key_Tab, Key.Key_Y, Key.Key_Tab)
    assert carrier.focus == "work_refusal_reason"
    explain("您运的是危险货物，由市交通运输局许可，本窗口没有这项权限")
    carrier.until(lambda: right(carrier).primary is not None and right(carrier).primary.enabled)
    carrier.qtbot.waitUntil(lambda: carrier.state.paper is not None, timeout=WAIT_MS)
    keys = carrier.keys
    screens_of(carrier, screens, "not-accepted")
    carrier.keys = keys
    carrier.press(Key.Key_F11)
    carrier.until(lambda: outcome(carrier) == "rejected")
    carrier.printed()
    carrier.press(Key.Key_F12)
    assert carrier.keys == 10
    ended_in(carrier, Outcome.REFUSED)


def test_missing_papers_lead_to_the_notice_and_esc_loses_nothing(carrier: Living) -> None:
    call(carrier)
    carrier.press(Key.Key_Return, Key.Key_F11, Key.Key_3)
    assert carrier.state.message == "notice_instead"
    carrier.press(Key.Key_1, Key.Key_Tab)
    assert carrier.focus == "work_refusal_reason"
    explain("总质量不到4500千克")
    carrier.press(Key.Key_Escape)
    carrier.until(lambda: carrier.window.property("currentSection") == 2)
    carrier.press(Key.Key_F11)
    sheet = carrier.state.card.refusing if carrier.state.card else None
    assert sheet is not None
    assert (sheet.ground, sheet.reason) == (1, "总质量不到4500千克")


def test_a_refusal_that_says_too_little_or_too_much_stays_here(carrier: Living) -> None:
    call(carrier)
    carrier.press(Key.Key_Return, Key.Key_F11, Key.Key_F11)
    assert carrier.state.message == "no_ground"
    carrier.press(Key.Key_2, Key.Key_F11)
    assert carrier.state.message == "office_needed"
    carrier.press(Key.Key_1, Key.Key_Tab)
    explain("我不知道")
    carrier.press(Key.Key_F11)
    assert carrier.state.message == "say_will_ask"
    assert outcome(carrier) == ""


def test_f11_is_grey_until_an_item_is_known(carrier: Living) -> None:
    call(carrier)
    cap = carrier.window.findChild(QWidget, "key_F11")
    assert cap is not None
    assert cap.property("state") == "disabled"
    carrier.press(Key.Key_Return)
    assert cap.property("state") == "normal"
