"""What only some states show, in every layout class: the fullest top bar, notes of the evening, offline, the floor."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_floor import big_hall, hall, state_of
from screen_checks import other_windows
from test_counter_screens import SIZES, cut_texts, low_controls, overlaps, squeezed_tickets

from app.domain.work.materials import Verdict
from ui.screens.counter.build.offline import WORKS
from ui.screens.counter.view import CounterWindow
from ui.screens.counter.view_model import CounterView, ServingView
from ui.screens.floor.build import build as build_floor
from ui.screens.floor.view import FloorWindow
from ui.widgets.views import NoteView, SyncState, SyncView, Tag, Tone
from ui.widgets.work_views import JournalRow, JournalView, OutcomeView

NOTE = NoteView("ph.moon", Tone.WARN, (("17:00 已停止取号，已取号的都办完。",),))


def evening(samples: Any) -> CounterView:
    """The last half hour, offline, with the longest words in the top bar."""
    top = samples.top(
        closing="距下班 28 分 · 还有 12 人，约 108 分",
        sync=SyncView(SyncState.OFFLINE, "离线办理中 · 128 件待同步", 128),
    )
    view = samples.checking(Verdict.OK, Verdict.EXEMPT, None, None, None)
    return replace(view, top=top, rail=replace(view.rail, note=NOTE))


def after_hours(samples: Any) -> CounterView:
    """Past closing, with people."""
    top = samples.top(closing="延时服务中 112 分钟", closing_amber=True)
    view = samples.idle()
    return replace(view, top=top, rail=replace(view.rail, note=NOTE))


def accepted_offline(samples: Any) -> CounterView:
    """The result, what waits on this machine and what works."""
    view = samples.issued()
    assert isinstance(view.centre, ServingView)
    rows = tuple(
        JournalRow(f"9901-0003-20261118-000{n}-6", "食品经营许可（新办）", "15:07", "已存本机") for n in range(3)
    )
    *before, last = view.centre.sections
    assert isinstance(last.body, OutcomeView)
    journal = JournalView("本机待同步", Tag("7 件"), rows)
    last = replace(last, body=replace(last.body, journal=journal, abilities=WORKS))
    return replace(view, centre=replace(view.centre, sections=(*before, last)))


@pytest.mark.parametrize("density", SIZES)
def test_the_fullest_states_are_whole(qtbot: QtBot, window: CounterWindow, samples: Any, density: str) -> None:
    window.resize(*SIZES[density])
    for view in (evening(samples), after_hours(samples), accepted_offline(samples)):
        window.show_view(view)
        looks = (cut_texts, overlaps, low_controls, squeezed_tickets)
        qtbot.waitUntil(lambda looks=looks: [each for look in looks for each in look(window)] == [], timeout=10_000)
        assert other_windows(window) == []


@pytest.fixture
def floor(application: QApplication, clock: Any) -> Iterator[FloorWindow]:
    window = FloorWindow(clock)
    window.show()
    yield window
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("density", SIZES)
def test_the_floor_is_whole(qtbot: QtBot, floor: FloorWindow, density: str) -> None:
    floor.resize(*SIZES[density])
    for state in (hall(), big_hall()):
        floor.show_view(build_floor(state_of(state)))
        looks = (cut_texts, overlaps, low_controls)
        qtbot.waitUntil(lambda looks=looks: [each for look in looks for each in look(floor)] == [], timeout=10_000)
        assert other_windows(floor) == []
