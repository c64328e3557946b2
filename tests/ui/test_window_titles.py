"""The titles of the two windows say what lies there and how the day goes."""

import pytest
from sample_floor import NOW, hall

from app.domain.handover import Sheet
from sync.client.floor import FloorNews
from ui.screens.counter.build import build
from ui.screens.counter.state import CounterState
from ui.screens.counter.title import title
from ui.screens.floor.state import FloorViewState
from ui.screens.floor.title import title as floor_title
from ui.screens.handover.state import HandoverState
from ui.screens.pause.state import Cover
from ui.screens.search.state import SearchState
from ui.screens.sign_in.state import SignInState


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "正在开窗"),
        ({"over": SearchState()}, "查询"),
        ({"over": HandoverState(Sheet("0302", "0303"))}, "交班"),
        ({"over": SignInState()}, "登录"),
        ({"cover": Cover()}, "锁屏"),
    ],
)
def test_the_counters_title_says_what_lies_over_the_work(changes, words):
    state = CounterState(window="A03", now_ms=NOW, **changes)
    assert title(state, build(state)).split(" · ")[:2] == ["A03 窗口", words]


def test_the_managers_title_has_the_figures_of_the_day():
    state = FloorViewState(NOW, news=FloorNews(hall(), offline=False))
    assert floor_title(state) == "值班台 · 等候 34 · 办完 214 · 受理 180 · 告知 19 · 不受理 0"
    away = FloorViewState(NOW, news=FloorNews(hall(), offline=True))
    assert floor_title(away).endswith(" · 离线")
    assert floor_title(FloorViewState(NOW)) == "值班台"
