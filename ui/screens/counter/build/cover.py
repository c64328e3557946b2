"""The sign in the window and the cover over the work."""

from app.domain.pause import MINUTE_MS, MINUTES, Pause, PauseReason
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.pause.state import Cover, PauseDraft
from ui.screens.pause.view_model import CoverView, ReasonView, SignView
from ui.texts import text
from ui.widgets.views import Tag, Tone

_SAYS = {
    PauseReason.MATERIALS: "工作人员去取材料，请稍候。",
    PauseReason.SPECIAL_CARE: "正在为行动不便群众上门服务，请稍候。",
    PauseReason.DEVICE: "设备检修中，请稍候。",
    PauseReason.NETWORK: "网络检修中，请稍候。",
    PauseReason.MEAL: "用餐轮换，请稍候。",
    PauseReason.MEETING: "例会、培训，请稍候。",
}
_LOCKED = "请稍候，工作人员马上回来。"
_OVERRUN = "超过 {until} 未回，值班台会看到本窗口超时"


def sign_text(draft: PauseDraft, reason: PauseReason) -> str:
    """Return what the sign says: the clerk's own words, else the reason and where else to go."""
    if draft.text is not None:
        return draft.text
    others = f"等不及请到 {'、'.join(draft.others)} 窗口。" if draft.others else ""
    return _SAYS[reason] + others


def cover_view(state: CounterState) -> CoverView:
    """Return the page of a sign that is made or hangs, or of a window that is only locked."""
    if isinstance(state.over, PauseDraft) and not state.covered:
        return _choosing(state, state.over)
    pause, cover = state.pausing, state.cover or Cover()
    sign = _sign(state, pause, text_=pause.text if pause else _LOCKED)
    hung = state.now_ms - pause.started_ms if pause else 0
    tags = (Tag(f"挂出 {wording.span(hung)}", Tone.WARN),) if pause else ()
    return CoverView(
        title="告示牌" if pause else "已锁屏",
        tags=(*tags, Tag(_kept(state), Tone.OFF)),
        sign=sign,
        facts=_facts(state),
        ends=_ends(state, pause),
        reasons=_reasons(pause.reason if pause else None) if pause else (),
        minutes=tuple((each, each == pause.minutes) for each in sorted({*MINUTES, pause.minutes})) if pause else (),
        text=pause.text if pause else "",
        choosing=False,
        locked=pause is None,
        note=_note(state),
        error=text(cover.error, incident=state.incident) if cover.error else "",
        busy=cover.checking,
    )


def _choosing(state: CounterState, draft: PauseDraft) -> CoverView:
    words = sign_text(draft, draft.reason or PauseReason.MATERIALS)
    minutes = MINUTES[draft.minutes]
    planned = Pause(state.now_ms, draft.reason or PauseReason.MATERIALS, minutes, words)
    return CoverView(
        title="告示牌",
        tags=(Tag("还没挂出", Tone.OFF), Tag(_kept(state), Tone.OFF)),
        sign=_sign(state, planned, text_=words),
        facts=_facts(state),
        ends=_ends(state, planned),
        reasons=_reasons(draft.reason),
        minutes=tuple((each, each == minutes) for each in MINUTES),
        text=words,
        choosing=True,
        locked=False,
        note=_note(state),
        error=text(draft.message) if draft.message else "",
    )


def _sign(state: CounterState, pause: Pause | None, *, text_: str) -> SignView:
    window = state.catalogue.windows.get(state.window) if state.catalogue else None
    return SignView(
        place=f"{state.window} 窗口　{window.theme if window else ''}".strip("　 "),
        headline="暂停服务",
        back=f"{wording.clock(pause.until_ms)} 回来" if pause else "马上回来",
        text=text_,
        foot="您的号还有效，不用重新取号",
    )


def _kept(state: CounterState) -> str:
    return f"屏幕已遮挡，{state.visit.number} 的办件已收起" if state.visit else "屏幕已遮挡"


def _note(state: CounterState) -> str:
    return f"手上这件 {state.visit.number} 还没办完，原样留着，回来接着办。" if state.visit else ""


def _reasons(chosen: PauseReason | None) -> tuple[ReasonView, ...]:
    return tuple(
        ReasonView(text(f"pause_{each.value}"), f"“{_SAYS[each].split('，')[0]}”", each is chosen)
        for each in PauseReason
    )


def _facts(state: CounterState) -> tuple[tuple[str, str], ...]:
    spent = sum(each.lasted_ms(state.now_ms) for each in state.pauses)
    waiting = "离线时看不到" if state.offline else f"{len(state.waiting)} 人"
    return (("正在等本窗口", waiting), ("今天已暂停", f"{spent // MINUTE_MS} 分钟"))


def _ends(state: CounterState, pause: Pause | None) -> str:
    if pause is None:
        return "锁屏不算暂停，叫号屏上本窗口照常"
    if pause.overrun(state.now_ms):
        return f"已超过 {wording.clock(pause.until_ms)}，值班台会看到本窗口超时"
    return _OVERRUN.format(until=wording.clock(pause.until_ms))
