"""Gallery: what lies over the work: search, sign, lock, handover, sign-in; and the refusal."""

from dataclasses import replace
from typing import Any

from drawn_hall import at
from ending_hands import explain
from gallery_keeper import Drawn, drawn_counter
from living_counter import Key
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk
from app.domain.link import Link, LinkStatus
from app.ports.card_reader import ReaderBack
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.sign_in.state import Gate
from ui.widgets.views import DeviceState

CTRL = Qt.KeyboardModifier.ControlModifier


def test_searching(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue) as drawn:
        counter = drawn.counter
        drawn.checking()
        drawn.at(at("11-18 14:33"))
        counter.press(Key.Key_F7)
        counter.letters("202611")
        counter.until(lambda: len(counter.state.over.hits) > 1)
        drawn.keep("search")
        counter.press(Key.Key_Return)
        counter.until(lambda: counter.state.over.slip is not None)
        counter.press(Key.Key_Space)
        drawn.keep("search-paper")


def test_the_sign(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue) as drawn:
        counter = drawn.counter
        drawn.checking()
        drawn.at(at("11-18 14:34"))
        counter.press(Key.Key_Pause, Key.Key_1)
        drawn.keep("pause-choosing")
        counter.press(Key.Key_Return)
        counter.until(lambda: counter.state.pausing is not None)
        drawn.after(20)
        drawn.keep("pause")


def test_locked_and_shaded(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, before=False) as drawn:
        drawn.checking()
        drawn.counter.presenter._parts = replace(drawn.counter.parts, cover_after_s=120)
        drawn.after(121)
        assert drawn.counter.state.shaded
        drawn.keep("shaded")
        drawn.counter.press(Key.Key_L, modifier=CTRL)
        assert drawn.counter.window.property("uiState") == "locked"
        drawn.keep("locked")


def test_handing_over(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, people=2) as drawn:
        counter = drawn.counter
        drawn.checking()
        counter.press(Key.Key_F5, Key.Key_1)
        counter.until(lambda: len(counter.state.held) == 1)
        drawn.keep("held")
        drawn.at(at("11-18 17:34"))
        counter.press(Key.Key_F7)
        counter.letters("jj")
        counter.press(Key.Key_Return)
        counter.until(lambda: counter.window.property("uiState") == "handover")
        counter.press(Key.Key_Return)
        drawn.keep("handover-open")
        counter.press(Key.Key_Plus)
        counter.until(lambda: counter.state.over.sheet.ownerless == () and counter.state.over.paper is not None)
        drawn.keep("handover")


def test_signing_in(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, people=1) as drawn:
        counter = drawn.counter
        drawn.at(at("11-18 17:34"))
        counter.press(Key.Key_F7)
        counter.letters("jj")
        counter.press(Key.Key_Return)
        counter.until(lambda: counter.window.property("uiState") == "handover")
        counter.press(Key.Key_Return, Key.Key_Plus, Key.Key_F10)
        counter.until(lambda: counter.state.over is None and not counter.state.busy)
        kit.clock.now = at("11-19 08:42")
        _leave(drawn, clerk)
        drawn.keep("sign-in-empty")
        counter.write("0303")
        counter.press(Key.Key_Return)
        counter.until(lambda: len(counter.window._view.page.handed) > 1)
        drawn.keep("sign-in")
        broken = DeviceStatus(DeviceState.FAULT, "printer_offline", "")
        counter.presenter.update(devices={"reader": broken, "printer": broken})
        counter.write("right")
        counter.press(Key.Key_Return)
        counter.until(lambda: bool(counter.window._view.page.error))
        drawn.keep("sign-in-no-device")


def _leave(drawn: Drawn, clerk: Clerk) -> None:
    counter = drawn.counter
    gate = Gate("A03", counter.kit.store, counter.kit.clock, lambda _number, _word: clerk, lambda _clerk: counter.parts)
    counter.presenter.end(replace(CounterState("A03", counter.kit.clock.now_ms()), devices=counter.state.devices))
    counter.bridge.reader.emit(ReaderBack("SAM"))
    counter.bridge.link.emit(LinkStatus(Link.SYNCED))
    counter.presenter.shift.open(gate, counter.presenter._preview)
    counter.until(lambda: counter.state.over is not None and counter.state.over.catalogue is not None)


def test_refusing(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, people=2, line=("A07", "F")) as drawn:
        counter = drawn.counter
        drawn.at(at("11-18 14:42"))
        drawn.called()
        counter.press(Key.Key_Return)
        drawn.at(at("11-18 14:43"))
        counter.press(Key.Key_F11, Key.Key_2, Key.Key_Tab)
        counter.write("示范市交通运输局，示例路20号，000-7654321")
        counter.press(Key.Key_Tab, Key.Key_Y, Key.Key_Tab)
        explain("您运的是危险货物，由市交通运输局许可，本窗口没有这项权限。已帮您联系好，请带营业执照过去。")
        counter.until(lambda: counter.window._view.right.primary.enabled)
        drawn.keep("refusal")
        counter.press(Key.Key_F11)
        counter.until(lambda: counter.window.property("outcome") == "rejected")
        counter.printed()
        drawn.keep("refused")
