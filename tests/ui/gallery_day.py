"""Gallery: a day at the drawn window: waiting, calling, checking, telling what is missing, accepting."""

from typing import Any

from drawn_hall import at
from gallery_keeper import Drawn, drawn_counter
from living_counter import Key
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk
from app.ports.card_reader import CardUnreadable, ReaderBack, ReaderLost
from app.ports.device_fault import Advice, FaultReason

CTRL = Qt.KeyboardModifier.ControlModifier


def test_waiting_and_calling(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue) as drawn:
        counter = drawn.counter
        drawn.after(48)
        drawn.keep("idle")
        counter.press(Key.Key_F2)
        drawn.after(8)
        drawn.keep("calling")
        drawn.after(20)
        assert "再叫一遍" in second(drawn)
        drawn.keep("calling-20-seconds")
        for _ in range(2):
            counter.press(Key.Key_F3)
            drawn.after(21)
        assert "没来，记过号" in second(drawn)
        drawn.keep("calling-three-times")
        counter.press(Key.Key_F4)
        counter.until(lambda: counter.state.visit is None)
        drawn.keep("missed")


def test_checking_and_accepting(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue) as drawn:
        counter = drawn.counter
        drawn.at(at("11-18 14:22"))
        drawn.called()
        drawn.keep("choosing-item")
        counter.press(Key.Key_2)
        drawn.keep("situations")
        drawn.at(at("11-18 14:26"))
        counter.press(Key.Key_2, Key.Key_1, Key.Key_1, Key.Key_1)
        counter.until(lambda: counter.window.property("currentSection") == 3)
        counter.press(Key.Key_Return)
        drawn.keep("checking")
        counter.bridge.reader.emit(CardUnreadable(FaultReason.READ_FAILED, Advice.LAY_AGAIN))
        counter.until(lambda: bool(counter.state.message))
        drawn.keep("card-unreadable")
        drawn.at(at("11-18 14:31"))
        counter.press(Key.Key_3, Key.Key_Plus)
        drawn.keep("notice")
        counter.press(Key.Key_3)
        drawn.at(at("11-18 14:38"))
        counter.press(Key.Key_Plus)
        counter.until(lambda: counter.window.property("currentSection") == 4)
        counter.write("示例小吃店")
        counter.press(Key.Key_Return, Key.Key_Return)
        counter.write("154000")
        counter.press(Key.Key_Return, Key.Key_F10)
        assert counter.focus == "work_form_field__phone"
        drawn.keep("form-errors")
        counter.write("00001")
        counter.press(Key.Key_Return)
        assert counter.focus == "work_form_field__food_projects"
        counter.write("热食类食品制售")
        counter.press(Key.Key_Return)
        drawn.keep("form-filled")
        drawn.accept()
        counter.printed()
        drawn.keep("accepted")


def test_no_card_no_reader(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, before=False) as drawn:
        counter = drawn.counter
        counter.bridge.reader.emit(ReaderLost(FaultReason.DISCONNECTED, Advice.REPLUG))
        counter.until(lambda: "reader" in counter.window.property("deviceFaults"))
        counter.press(Key.Key_F2, Key.Key_Return)
        counter.until(lambda: counter.window.property("uiState") == "serving")
        drawn.keep("reader-unplugged")
        counter.press(Key.Key_F8, Key.Key_F8)
        drawn.keep("person-by-hand")
        counter.bridge.reader.emit(ReaderBack("SAM"))
        counter.until(lambda: counter.window.property("deviceFaults") == [])


def second(drawn: Drawn) -> str:
    view = drawn.counter.window._view.centre
    return view.hero.second.text if view.hero.second else ""
