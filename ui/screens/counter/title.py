"""The window's title: where and what, for the task bar, screen readers and whoever looks from outside."""

from collections.abc import Mapping

from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView
from ui.screens.door.state import DoorState, RebuildDoor, ToldDoor
from ui.screens.handover.state import HandoverState
from ui.screens.pause.state import PauseDraft
from ui.screens.search.state import SearchState
from ui.screens.sign_in.state import SignInState
from ui.widgets.slip_views import SlipView

_PAGES: Mapping[type[object], str] = {
    SearchState: "查询",
    PauseDraft: "暂停办理",
    HandoverState: "交班",
    SignInState: "登录",
    DoorState: "登记和登录",
}
_SECTIONS = {1: "事项", 2: "情形", 3: "核对材料", 4: "表单", 5: "出单"}


def title(state: CounterState, view: CounterView) -> str:
    """Return for example ``A03 窗口 · 正在办理 A012 · 核对材料 · 离线``."""
    doing = _above(state) or _doing(state, view)
    return " · ".join(filter(None, (f"{state.window} 窗口", *doing, "离线" if state.offline else "")))


def _above(state: CounterState) -> tuple[str, ...]:
    """Return what lies over the work, if anything does."""
    if state.covered:
        return ("锁屏" if state.pausing is None else "暂停",)
    if isinstance(state.over, DoorState) and isinstance(state.over.door, RebuildDoor | ToldDoor):
        return ("重建本机库",)
    return () if state.over is None else (_PAGES.get(type(state.over), ""),)


def _doing(state: CounterState, view: CounterView) -> tuple[str, ...]:
    if state.clerk is None:
        return ("正在开窗",)
    if state.visit is None:
        return ("等待叫号",)
    match view.ui_state:
        case "calling":
            return (f"正在呼叫 {state.visit.number}",)
        case "issued":
            paper = "单据存疑" if state.unsure else _given(state) if paper_given(state) else "待出单"
            return (f"已办 {state.visit.number}", paper)
        case _:
            person = "已读证" if state.card and (state.card.applicant or state.card.agent) else "待读证"
            ready = "可办" if _ready(view) else ""
            return (f"正在办理 {state.visit.number}", _SECTIONS.get(view.section, ""), person, ready)


def _ready(view: CounterView) -> bool:
    return isinstance(view.right, SlipView) and view.right.primary is not None and view.right.primary.enabled


def _given(state: CounterState) -> str:
    """Say which copy the citizen holds, so that who looks from outside knows a second one from the first."""
    again = state.job.reprint if state.job is not None else 0
    return f"已出单，补打 {again}" if again else "已出单"
