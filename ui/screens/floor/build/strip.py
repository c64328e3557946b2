"""The strip a function key opens: what is asked, what is typed, and what Enter will do (P4: the consequence first)."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.floor import WindowStatus
from sync.protocol.floor_messages import FloorState, FloorWindow
from ui.screens.floor.build.blocks import BLOCK_STRIPS
from ui.screens.floor.build.cards import CARD_STRIPS
from ui.screens.floor.build.found import found_words
from ui.screens.floor.state import Ask, FloorViewState, Question
from ui.screens.floor.typed import PHRASES, assignment_of, businesses_after, message_of, window_at, window_of
from ui.screens.floor.view_model import StripView

_PLACE = ("数字", "左边第几格")


def strip(state: FloorViewState) -> StripView | None:
    """Return what the open question shows; None without one."""
    ask, floor = state.ask, state.news.state
    if ask is None or floor is None:
        return None
    shown = strip_of(floor, ask)
    if ask.question is not Question.FIND:
        return shown
    return replace(shown, consequence=found_words(floor, ask.typed, state.news.found, asked=ask.ticket))


def strip_of(floor: FloorState, ask: Ask) -> StripView:
    """Return what a question shows; ``ready`` once Enter does something."""
    return _STRIPS[ask.question](floor, ask)


def will_be_open(window: FloorWindow) -> bool:
    """Say what F2 makes of the window: a closed one opens, every other one closes."""
    return window.closed


def _open(floor: FloorState, ask: Ask) -> StripView:
    window = window_of(floor, ask.typed)
    if window is None:
        return StripView("开关哪个窗口", ask.typed.upper(), _unknown(ask.typed), hints=(_PLACE,))
    return StripView("开关哪个窗口", ask.typed.upper(), _opening(window), ready=True)


def _opening(window: FloorWindow) -> str:
    name = f"{window.window} {window.theme}".strip()
    if will_be_open(window):
        return f"{name}：开窗，马上可以叫号"
    held = f"；还有 {'、'.join(window.held)}，Enter 先安排" if window.held else ""
    if window.status in (WindowStatus.SERVING, WindowStatus.CALLING):
        return f"{name}：关窗，办完 {window.ticket} 以后生效{held}"
    return f"{name}：关窗，不再叫号{held}"


def _rehome(floor: FloorState, ask: Ask) -> StripView:
    window = window_at(floor, ask.window)
    held = "、".join(window.held) if window is not None else ""
    words = "按原来的位置回队；没有窗口叫的，转给同类窗口"
    hints = (("1", "送走再关"), ("2", "留给本窗口办完，现在就关"))
    return StripView(
        f"{ask.window} 还有 {held}" if held else f"{ask.window} 没有等它的人", "", words, hints, ready=True
    )


def _find(_floor: FloorState, ask: Ask) -> StripView:
    return StripView("查哪个号", ask.typed.upper(), hints=(("号票上的号", "例如 A012"),), ready=len(ask.typed) > 1)


def _assign(floor: FloorState, ask: Ask) -> StripView:
    assigned = assignment_of(floor, ask.typed)
    title = "哪一类，哪个窗口"
    if assigned is None:
        return StripView(title, ask.typed.upper(), _unknown(ask.typed[1:]), hints=(("字母", "类别"), _PLACE))
    window, code = assigned.window, assigned.business
    if code not in window.may and code not in window.businesses:
        return StripView(title, ask.typed.upper(), f"{window.window} 办不了 {code} 类的全部事项，请换一个窗口")
    after = businesses_after(assigned)
    if after == list(window.businesses):
        return StripView(title, ask.typed.upper(), f"{window.window} 只剩 {code} 类，要停办请用 F2 关窗")
    what = f"加办 {code}" if code in after else f"不再办 {code}"
    when = f"，办完 {window.ticket} 以后生效" if window.ticket else ""
    return StripView(title, ask.typed.upper(), f"{window.window} {what}，共办 {'、'.join(after)}{when}", ready=True)


def _tell(floor: FloorState, ask: Ask) -> StripView:
    phrases = tuple((str(n), phrase) for n, phrase in enumerate(PHRASES, start=1))
    message = message_of(floor, ask.typed)
    window = window_of(floor, ask.typed)
    if message is not None:
        said = f"告诉 {message.window.window}：{message.text}"
    elif window is not None:
        said = f"{window.window} {window.theme}，再按一句"
    else:
        said = _unknown(ask.typed)
    return StripView("对哪个窗口说哪一句", ask.typed.upper(), said, hints=phrases, ready=message is not None)


def _unknown(typed: str) -> str:
    return f"没有窗口 {typed.upper()}" if len(typed) > 2 else ""  # noqa: PLR2004 - a name has three characters


def _first(_floor: FloorState, ask: Ask) -> StripView:
    ready = len(ask.typed) > 1
    return StripView("优先哪一张票", ask.typed.upper(), "接着选原因" if ready else "", ready=ready)


def _reason(floor: FloorState, ask: Ask) -> StripView:
    reasons = tuple((str(n), each.name) for n, each in enumerate(floor.priorities[:9], start=1))
    return StripView(f"{ask.ticket} 为什么优先", hints=reasons)


def _notice(floor: FloorState, _ask: Ask) -> StripView:
    return StripView("大厅告示", hints=(("F10", "上大屏；空着就撤下"),), ready=True, editor=floor.notice or "")


_STRIPS: dict[Question, Callable[[FloorState, Ask], StripView]] = {
    Question.OPEN: _open,
    Question.ASSIGN: _assign,
    Question.FIRST: _first,
    Question.REASON: _reason,
    Question.TELL: _tell,
    Question.NOTICE: _notice,
    Question.REHOME: _rehome,
    Question.FIND: _find,
    **BLOCK_STRIPS,
    **CARD_STRIPS,
}
