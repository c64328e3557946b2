"""The main regions of every drawn screen, measured in its drawing at 1920 × 1080: ours stand within four pixels."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sample_floor import hall, state_of
from screen_checks import other_windows
from test_notice_screens import state as notice_state
from test_pages_over_the_work import case, pages

from app.domain.clerk import Clerk
from ui.screens.counter.build import build
from ui.screens.counter.build.over import over
from ui.screens.counter.state import CounterState
from ui.screens.counter.view import CounterWindow
from ui.screens.floor.build import build as build_floor
from ui.screens.floor.view import FloorWindow

__all__ = ["case", "notice_state"]

TOLERANCE = 4
SETTLED_MS = 1_000
Edges = tuple[int | None, int | None, int | None, int | None]
"""Left, top, right and bottom of a region; None where what it holds decides."""

FRAME: dict[str, Edges] = {
    "top_bar": (0, 0, 1920, 52),
    "rail": (0, 52, 328, 1016),
    "key_bar": (0, 1016, 1920, 1080),
    "key_F1": (16, 1026, 154, 1070),
    "key_F5": (608, 1026, 746, 1070),
    "key_F9": (1199, 1026, 1337, 1070),
    "key_Pause": (1791, 1026, 1904, 1070),
}
TODAY: dict[str, Edges] = {"rail_today_done": (14, 939, 313, 1002)}
SLIP: dict[str, Edges] = {"slip": (1452, 52, 1920, 1016), "slip_primary": (1472, 950, 1901, 1002)}
CARD: dict[str, Edges] = {
    **FRAME,
    **TODAY,
    **SLIP,
    "work_person": (344, 66, 1436, 144),
    "work_card": (344, 156, 1436, 1002),
    "work_sec__1": (345, 157, 1435, 213),
}
IDLE: dict[str, Edges] = {
    **FRAME,
    **TODAY,
    "rail_now_card": (14, 66, 313, 191),
    "rail_held_list": (14, 238, 313, 293),
    "rail_wait_list": (14, 338, 313, 718),
    "work_hero": (344, 66, 1436, 238),
    "work_hero_call": (1137, 93, 1406, 177),
    "work_cases": (344, 249, 1436, 942),
    "slip_side": (1452, 52, 1920, 1016),
}
CHECKING: dict[str, Edges] = {
    **CARD,
    "rail_now_card": (14, 66, 313, 245),
    "rail_held_list": (14, 292, 313, 346),
    "rail_wait_list": (14, 393, 313, 772),
    "work_sec__2": (345, 213, 1435, 270),
    "work_sec__3": (345, 270, 1435, None),
    "work_mat_row__1": (402, 359, 1414, 425),
    "work_mat_verdict__1": (1190, 374, 1404, 411),
    "slip_after_box": (1480, None, 1893, None),
}
ISSUED: dict[str, Edges] = {**CARD, "work_sec__2": (345, 213, 1435, 270), "work_out_result": (401, None, None, None)}
FAULT: dict[str, Edges] = {**CARD, "slip_fault_panel": (1473, 98, 1900, None)}
SEARCH: dict[str, Edges] = {
    **FRAME,
    **TODAY,
    "search_box": (364, 82, 1416, 140),
    "search_detail": (1452, 52, 1920, 1016),
    "search_primary": (1472, 950, 1901, 1002),
}
SIGN: dict[str, Edges] = {
    "top_bar": FRAME["top_bar"],
    "key_bar": FRAME["key_bar"],
    "pause_sign": (24, 126, 1116, 907),
    "pause_reason__1": (1163, 131, 1513, 191),
    "pause_reason__3": (1163, 201, 1513, 260),
    "pause_reason__5": (1163, 271, 1513, 330),
    "pause_minutes__5": (1163, 382, 1333, 427),
    "pause_password": (1163, 921, 1669, 973),
    "pause_primary": (1682, 921, 1870, 973),
}
HANDOVER: dict[str, Edges] = {**FRAME, **TODAY, **SLIP, "hand": (328, 52, 1452, 1016)}
SIGN_IN: dict[str, Edges] = {
    "login_window": (0, 0, 640, 1080),
    "login_who": (704, 136, 1270, None),
    "login_primary": (1678, None, 1856, 1040),
}
NOTICE: dict[str, Edges] = {**CARD, "work_sec__2": (345, 213, 1435, 266)}
FLOOR: dict[str, Edges] = {
    "top_bar": (0, 0, 1920, 52),
    "key_bar": (0, 1016, 1920, 1080),
    "mgr_kpi__waiting": (16, 66, 326, 169),
    "mgr_kpi__longest": (338, 66, 648, 169),
    "mgr_kpi__cards": (983, 66, 1212, 169),
    "mgr_kpi__rating": (1224, 66, 1480, 169),
    "mgr_win_tile__A01": (16, 181, 373, 327),
    "mgr_win_tile__A06": (385, 340, 742, 486),
    "mgr_win_tile__A12": (1123, 498, 1480, 645),
    "mgr_class_row__A": (17, 725, 1479, 776),
    "mgr_class_row__E": (17, 929, 1479, 980),
    "mgr_actions": (1496, 66, 1904, 1002),
    "mgr_alert__1": (1497, 115, 1903, None),
}


@pytest.mark.parametrize(
    ("scene", "drawn"), [("idle", IDLE), ("checking", CHECKING), ("issued", ISSUED), ("offline_fault", FAULT)]
)
def test_the_counter_stands_as_drawn(
    qtbot: QtBot, window: CounterWindow, samples: Any, scene: str, drawn: dict[str, Edges]
) -> None:
    window.show_view(getattr(samples, scene)())
    assert standing(qtbot, window, drawn) == []
    assert other_windows(window) == []


def test_the_notice_stands_as_drawn(qtbot: QtBot, window: CounterWindow, notice_state: CounterState) -> None:
    window.show_view(build(notice_state))
    assert standing(qtbot, window, NOTICE) == []


def test_the_pages_over_the_work_stand_as_drawn(
    qtbot: QtBot,
    window: CounterWindow,
    kit: Any,
    clerk: Clerk,
    case: Any,
) -> None:
    drawn = {"search": SEARCH, "pause": SIGN, "handover": HANDOVER, "sign-in": SIGN_IN}
    found = []
    for name, state in pages(kit, clerk, case):
        if name in drawn:
            window.show_view(over(state, build(state)))
            found += [(name, each) for each in standing(qtbot, window, drawn[name])]
    assert found == []


@pytest.fixture
def floor(application: QApplication, clock: Any) -> Iterator[FloorWindow]:
    window = FloorWindow(clock)
    window.resize(1920, 1080)
    window.show()
    yield window
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_floor_stands_as_drawn(qtbot: QtBot, floor: FloorWindow) -> None:
    floor.show_view(build_floor(state_of(hall())))
    assert standing(qtbot, floor, FLOOR) == []
    assert other_windows(floor) == []


def standing(qtbot: QtBot, window: QWidget, drawn: dict[str, Edges]) -> list[str]:
    """Let Qt give every part its place; return what is not where it was drawn then."""
    with contextlib.suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: off(window, drawn) == [], timeout=SETTLED_MS)
    return off(window, drawn)


def off(window: QWidget, drawn: dict[str, Edges]) -> list[str]:
    """Regions that do not stand where they are drawn."""
    wrong = []
    for name, edges in drawn.items():
        part = window.findChild(QWidget, name)
        if part is None or not part.isVisible():
            wrong.append(f"{name} is not there")
            continue
        place = part.mapTo(window, QPoint(0, 0))
        found = (place.x(), place.y(), place.x() + part.width(), place.y() + part.height())
        pairs = zip(found, edges, strict=True)
        if any(edge is not None and abs(one - edge) > TOLERANCE for one, edge in pairs):
            wrong.append(f"{name} {found} drawn {edges}")
    return wrong
