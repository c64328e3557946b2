"""Gallery: what the time of day changes (design/design.md section 9)."""

from typing import Any

from drawn_hall import at
from gallery_keeper import Drawn, drawn_counter
from living_counter import Key
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk


def chip(drawn: Drawn) -> str:
    return drawn.counter.window._view.top.closing


def test_morning(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, people=0, at=at("11-18 08:42")) as drawn:
        drawn.at(at("11-18 08:42"))
        assert chip(drawn) == "09:00 开门"
        drawn.keep("before-opening")


def test_evening(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, people=5) as drawn:
        counter = drawn.counter
        drawn.checking()
        drawn.after(9 * 60)
        drawn.fill()
        drawn.accept()
        counter.printed()
        counter.press(Key.Key_F12)
        counter.until(lambda: counter.state.visit is None)
        drawn.at(at("11-18 16:32"))
        assert chip(drawn) == "距下班 28 分 · 还有 4 人，约 36 分"
        drawn.keep("closing-soon")
        drawn.checking()
        drawn.after(20 * 60)
        counter.press(Key.Key_Down)
        now = counter.window._view.rail.now
        assert now.progress == 1.0
        drawn.keep("serving-long")
        drawn.at(at("11-18 17:12"))
        counter.press(Key.Key_Up)
        assert chip(drawn) == "延时服务中 12 分钟"
        assert counter.window._view.rail.note is not None
        drawn.keep("after-closing-serving")
        drawn.fill()
        drawn.accept()
        counter.printed()
        counter.press(Key.Key_F12)
        counter.until(lambda: counter.state.visit is None)
        assert chip(drawn) == "17:00 已下班"
        drawn.keep("after-closing")
