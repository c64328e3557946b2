"""Sign-in and the start of a shift by real keys: number, password, one Enter; nothing else is taken before."""

from dataclasses import replace
from typing import Any

import pytest
from living_counter import Key, Living
from PySide6.QtCore import Qt
from screens_kept import Screens
from test_search_pause_shift import CTRL, counter, shown

from app.domain.clerk import Clerk
from app.domain.ticket import TicketState
from app.ports.clerk_authority import SignInRefused
from ui.screens.counter import sign_in
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.sign_in.state import Gate
from ui.widgets.views import DeviceState

__all__ = ["counter"]


class Door:
    """A gate whose server is the test."""

    def __init__(self, counter: Living, kit: Any, clerk: Clerk) -> None:
        self.clerk, self.asked = clerk, 0
        self.gate = Gate("A01", kit.store, kit.clock, self.sign_in, lambda _clerk: counter.parts)

    def sign_in(self, number: str, password: str) -> Clerk:
        self.asked += 1
        if (number, password) != (self.clerk.number, "right"):
            raise SignInRefused("unauthorised")
        return self.clerk


@pytest.fixture
def door(counter: Living, kit: Any, clerk: Clerk) -> Door:
    made = Door(counter, kit, clerk)
    counter.presenter.end(CounterState(window="A01", now_ms=kit.clock.now_ms()))
    counter.presenter.shift.open(made.gate, counter.presenter._preview)
    counter.until(lambda: counter.state.over is not None and counter.state.over.catalogue is not None)
    return made


def test_a_shift_starts_with_password_and_one_key_once_the_number_is_known(door: Door, counter: Living) -> None:
    counter.presenter.update(over=replace(counter.state.over, number=""))
    counter.write("0301")
    counter.press(Key.Key_Return)
    counter.until(lambda: "王某" in shown(counter, "login_greeting").text())
    counter.keys = 0
    counter.write("right")
    counter.press(Key.Key_Return)
    assert counter.keys == 1
    counter.until(lambda: counter.window.property("uiState") == "idle" and counter.state.clerk is not None)
    assert door.asked == 1


def test_a_wrong_password_is_told_and_nothing_else_is_taken(door: Door, counter: Living, screens: Screens) -> None:
    assert counter.window.property("uiState") == "locked"
    counter.write("0301")
    counter.press(Key.Key_Return)
    counter.write("wrong")
    counter.press(Key.Key_Return)
    counter.until(lambda: "工号或口令不对" in shown(counter, "login_error").text())
    counter.press(Key.Key_F2, Key.Key_F7)
    assert counter.window.property("uiState") == "locked"
    screens.keep(counter.window, "sign-in-XL.png")


def test_without_reader_and_printer_the_window_stays_shut(door: Door, counter: Living) -> None:
    broken = DeviceStatus(DeviceState.FAULT, "printer_offline", "")
    counter.presenter.update(devices={"reader": broken, "printer": broken})
    counter.write("0301")
    counter.press(Key.Key_Return)
    counter.write("right")
    counter.press(Key.Key_Return)
    assert "至少接好一样" in shown(counter, "login_error").text()
    assert door.asked == 0
    counter.presenter.update(devices={"reader": broken, "printer": DeviceStatus()})
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "idle")


def test_who_signs_out_leaves_nothing_on_the_screen(door: Door, counter: Living) -> None:
    counter.write("0301")
    counter.press(Key.Key_Return)
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "idle" and counter.state.clerk is not None)
    counter.press(Key.Key_Q, modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    counter.until(lambda: "王某" in shown(counter, "login_greeting").text())
    assert counter.window.property("uiState") == "locked"
    assert (counter.state.clerk, counter.state.cases) == (None, ())
    assert counter.presenter.parts is None


def test_who_signs_out_leaves_no_reserved_number_behind(door: Door, counter: Living, kit: Any, ticket: Any) -> None:
    counter.write("0301")
    counter.press(Key.Key_Return)
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "idle" and counter.state.clerk is not None)
    kit.hear(ticket("A012", TicketState.RESERVED, window="A01", epoch=1, rev=2))
    counter.presenter.look()
    counter.until(lambda: bool(counter.state.line.block))
    counter.press(Key.Key_Q, modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    counter.until(lambda: "留给本窗口的号已交回" in shown(counter, "login_error").text())
    assert [each.kind for each in kit.operations()][-1] == "ticket.released"


def test_after_a_handover_only_the_successors_password_is_missing(door: Door, counter: Living) -> None:
    counter.write("0301")
    counter.press(Key.Key_Return)
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "idle" and counter.state.clerk is not None)
    sign_in.leave(counter.presenter, "handed_over", "0302")
    counter.until(lambda: "李某" in shown(counter, "login_greeting").text())
    assert counter.focus == "login_password"
    assert "交接单已送打印" in shown(counter, "login_error").text()
