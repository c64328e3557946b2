"""Back with a notice, still short: the same list only; one more line needs the floor manager (flows.md section 3)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ending_hands import call, come_back, outcome, screens_of
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk
from app.domain.link import Link, LinkStatus
from app.domain.rights import Role
from app.domain.work.materials import Verdict
from app.ports.clerk_authority import SignInRefused
from app.usecases.acting import ActRefusal, ActRefused

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window A01; beside the clerk stands the floor manager 0901 or the clerk 0302."""
    people = {
        "0901": replace(clerk, number="0901", roles=frozenset({Role.FLOOR_MANAGER})),
        "0302": replace(clerk, number="0302"),
    }

    def vouch(number: str, password: str) -> Clerk:
        if password == "offline":
            raise ActRefused(ActRefusal.OFFLINE_UNKNOWN)
        if number not in people or password != "right":
            raise SignInRefused("unauthorised")
        return people[number]

    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("A012"))) as counter:
        counter.parts = replace(counter.parts, vouch=vouch)
        counter.presenter._parts = counter.parts
        yield counter


def type_in(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def error(counter: Living) -> str:
    found = counter.window.findChild(QLabel, "consent_error")
    return found.text() if isinstance(found, QLabel) else ""


def ask(counter: Living) -> None:
    """Ctrl+G, the first material that is left, 上次告知有遗漏."""
    counter.press(Key.Key_G, modifier=CTRL)
    counter.press(Key.Key_1, Key.Key_3)
    counter.until(lambda: counter.focus == "consent_number")


def test_still_short_is_the_same_list_again_in_three_keys(counter: Living) -> None:
    case = come_back(counter)
    counter.press(Key.Key_3, Key.Key_F9)
    counter.until(lambda: outcome(counter) == "noticed")
    again = counter.state.issued
    assert again is not None
    assert again.notice is not None
    assert case.notice is not None
    assert [each["material"] for each in again.notice["lines"]] == [each["material"] for each in case.notice["lines"]]
    assert again.notice["count"] == 2
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 3


@pytest.mark.parametrize("link", [Link.SYNCED, Link.OFFLINE])
def test_a_new_line_is_blocked_with_and_without_the_network(counter: Living, link: Link) -> None:
    come_back(counter)
    counter.bridge.link.emit(LinkStatus(link))
    counter.press(Key.Key_4)
    assert counter.state.message == "not_in_notice"
    assert counter.state.card is not None
    assert counter.state.card.marks["M4"].verdict is Verdict.OK


def test_with_the_managers_consent_the_line_is_added_and_the_reason_is_on_record(counter: Living, screens: Any) -> None:
    come_back(counter)
    ask(counter)
    screens_of(counter, screens, "consent")
    type_in("0901")
    counter.press(Key.Key_Return)
    type_in("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.message == "material_added")
    operation = counter.kit.operations()[-1]
    assert operation.kind == "notice.extended"
    assert (operation.payload["material"], operation.payload["manager"]) == ("M1", "0901")
    assert operation.payload["reason"] == "overlooked"
    assert operation.actor.clerk == "0301"
    counter.press(Key.Key_1, Key.Key_3, Key.Key_F9)
    counter.until(lambda: outcome(counter) == "noticed")
    case = counter.state.issued
    assert case is not None
    assert [each["material"] for each in case.notice["lines"]] == ["M3", "M1"]
    assert [(each["manager"], each["reason"]) for each in case.notice["added"]] == [("0901", "overlooked")]


def test_nobody_but_a_manager_with_the_right_password_adds_a_line(counter: Living) -> None:
    come_back(counter)
    before = len(counter.kit.operations())
    ask(counter)
    for number, password, says in (
        ("0302", "right", "这个工号不是值班经理"),
        ("0901", "wrong", "口令不对"),
        ("0901", "offline", "断网时"),
    ):
        field = counter.window.findChild(QWidget, "consent_number")
        assert field is not None
        field.setFocus()
        field.clear()
        type_in(number)
        counter.press(Key.Key_Return)
        type_in(password)
        counter.press(Key.Key_Return)
        counter.until(lambda says=says: says in error(counter))
    counter.press(Key.Key_Escape)
    assert (counter.state.over, len(counter.kit.operations())) == (None, before)
    counter.press(Key.Key_1)
    assert counter.state.message == "not_in_notice"


def test_esc_in_the_question_leads_back_to_the_page(counter: Living) -> None:
    come_back(counter)
    focus = counter.focus
    counter.press(Key.Key_G, modifier=CTRL)
    counter.press(Key.Key_1, Key.Key_Escape)
    assert (counter.state.ask, counter.focus) == (None, focus)


def test_the_key_is_off_without_a_notice(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_2, Key.Key_Return)
    counter.press(Key.Key_G, modifier=CTRL)
    assert counter.state.ask is None
