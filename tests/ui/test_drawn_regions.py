"""The main regions of every drawn screen, measured in its drawing at 1920 × 1080: ours stand within four pixels."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
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
from app.domain.work.refusing import choose_ground, open_refusal
from ui.screens.counter.build import build
from ui.screens.counter.build.over import over
from ui.screens.counter.state import CounterState
from ui.screens.counter.view import CounterWindow
from ui.screens.floor.build import build as build_floor
from ui.screens.floor.view import FloorWindow

__all__ = ["case", "notice_state"]

SETTLED_MS = 1_000
COUNTER = ("frame", "slip", "card")
Standing = Callable[..., list[str]]


@pytest.fixture
def standing(qtbot: QtBot, drawings: Any) -> Standing:
    """Let Qt give every part its place, then tell what is not where these tables draw it."""

    def told(window: QWidget, *names: str) -> list[str]:
        drawn = drawings.regions(*names)

        def off() -> list[str]:
            return list(drawings.astray(drawn, lambda name: edges(window, name)))

        with contextlib.suppress(qtbot.TimeoutError):
            qtbot.waitUntil(lambda: off() == [], timeout=SETTLED_MS)
        return off()

    return told


def edges(window: QWidget, name: str) -> tuple[int, int, int, int] | None:
    """Return where a part stands in its window, None when it does not show."""
    part = window.findChild(QWidget, name)
    if part is None or not part.isVisible():
        return None
    place = part.mapTo(window, QPoint(0, 0))
    return (place.x(), place.y(), place.x() + part.width(), place.y() + part.height())


@pytest.mark.parametrize(
    ("scene", "drawn"),
    [
        ("idle", ("frame", "01-idle")),
        ("checking", (*COUNTER, "02-serving-checklist")),
        ("issued", (*COUNTER, "04-accepted-receipt")),
        ("offline_fault", (*COUNTER, "05-offline-printer-fault")),
    ],
)
def test_the_counter_stands_as_drawn(
    window: CounterWindow, samples: Any, standing: Standing, scene: str, drawn: tuple[str, ...]
) -> None:
    window.show_view(getattr(samples, scene)())
    assert standing(window, *drawn) == []
    assert other_windows(window) == []


def test_the_notice_stands_as_drawn(window: CounterWindow, standing: Standing, notice_state: CounterState) -> None:
    window.show_view(build(notice_state))
    assert standing(window, *COUNTER, "03-one-time-notice") == []


def test_the_refusal_stands_as_drawn(window: CounterWindow, standing: Standing, notice_state: CounterState) -> None:
    assert notice_state.card is not None
    window.show_view(build(replace(notice_state, card=choose_ground(open_refusal(notice_state.card), 2))))
    assert standing(window, *COUNTER, "14-not-accepted") == []


def test_the_pages_over_the_work_stand_as_drawn(
    window: CounterWindow,
    standing: Standing,
    kit: Any,
    clerk: Clerk,
    case: Any,
) -> None:
    drawn = {
        "search": ("frame", "06-search"),
        "pause": ("13-pause-notice",),
        "handover": ("frame", "slip", "09-shift-handover"),
        "sign-in": ("08-login-shift-start",),
    }
    found = []
    for name, state in pages(kit, clerk, case):
        if name in drawn:
            window.show_view(over(state, build(state)))
            found += [(name, each) for each in standing(window, *drawn[name])]
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


def test_the_floor_stands_as_drawn(floor: FloorWindow, standing: Standing) -> None:
    floor.show_view(build_floor(state_of(hall())))
    assert standing(floor, "07-floor-dashboard") == []
    assert other_windows(floor) == []
