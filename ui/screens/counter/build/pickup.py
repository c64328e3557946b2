"""待领 on the screen: results that wait to be taken, by when they must be, and whom nobody has told (rule I57)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.business_day import business_date
from app.domain.case import Case
from app.domain.deadline import Light, light
from app.domain.decision import Decision, DecisionKind, ToldHow, decision_of, untold_since
from app.domain.masking import mask_name
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, IdleView, KeyState
from ui.widgets.slip_views import FaultOption, FaultView, NoticeView, SideView
from ui.widgets.views import Tag, Tone

KEY: Final = "Ctrl U"
SHOWN: Final = 5
"""As many as the pane has room for in the smallest window."""
MORE: Final = SHOWN + 1
"""The digit that turns to the next ones."""
_NAMED = 3
_ICON = "ph.tray"
_LATE = {Light.RED: "已过送达期限", Light.YELLOW: "送达期限快到了"}
HOW: Final = (
    (ToldHow.PHONE, "电话已通知", "打通了，本人知道了"),
    (ToldHow.IN_PERSON, "当面已告知", "人在窗口"),
    (ToldHow.SLIP, "打印办结告知单", "交给群众，写明领取地点和领取码"),
)
"""The ways to tell somebody, by digit from 1."""


def order(state: CounterState, cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return them with those nobody was told of first, then by the day they must be handed over."""
    today, calendar = business_date(state.now_ms), state.calendar

    def place(case: Case) -> tuple[bool, bool, str, str]:
        decision = decision_of(case)
        assert decision is not None, "only decided cases wait to be taken"
        late = calendar is not None and untold_since(decision, today, calendar)
        return not late, decision.told is not None, decision.deliver_by or decision.on, case.case_no

    return tuple(sorted(cases, key=place))


def pickup_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+U where results wait here."""
    return (KeyState("act_unclaimed"),) if state.pickup else ()


def question(state: CounterState, cases: Sequence[Case], others: int) -> FaultView:
    """Return the list with its digits; ``others`` come with 9."""
    options = tuple(_option(state, each) for each in cases)
    if others:
        options = (*options, FaultOption("看后面的", f"还有 {others} 件", "下一页"))
    return FaultView(_ICON, f"待领 {len(state.pickup)} 件", "来领按 F12 4", options, Tone.PRI)


def how_told(case: Case) -> FaultView:
    """Return the second question: how the applicant was told."""
    options = tuple(FaultOption(title, detail, "记下") for _, title, detail in HOW)
    return FaultView(_ICON, f"怎样通知 {_applicant(case)}？", "", options, Tone.PRI)


def with_pickup(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with the list counted beside the clerk's own cases while nobody is here."""
    if not state.pickup or state.clerk is None or not isinstance(view.centre, IdleView):
        return view
    untold = [each for each in order(state, state.pickup) if _untold(state, each)]
    words = f"待领 {len(state.pickup)}" + (f"，{len(untold)} 件没通知" if untold else "")
    tag = Tag(f"{words} · {KEY}", Tone.WARN if untold else Tone.PRI)
    right = view.right
    if untold and isinstance(right, SideView):
        right = replace(right, notices=(*right.notices, _notice(untold)))
    return replace(view, centre=replace(view.centre, tags=(*view.centre.tags, tag)), right=right)


def deliver_words(state: CounterState, decision: Decision) -> str:
    """Return by when the document must be handed over, and how that stands."""
    if decision.deliver_by is None:
        return "送达后起算复议、诉讼期限"
    last = date.fromisoformat(decision.deliver_by)
    words = f"送达最迟{wording.day(last)}"
    if state.calendar is None:
        return words
    begun, today = date.fromisoformat(decision.on), business_date(state.now_ms)
    colour = light(begun, today, last, state.calendar, limits=state.lights)
    return f"{words}，{_LATE[colour]}" if colour in _LATE else words


def _option(state: CounterState, case: Case) -> FaultOption:
    decision = decision_of(case)
    assert decision is not None, "only decided cases wait to be taken"
    kind = "决定书（不予）" if decision.kind is DecisionKind.DENIED else case.item_name
    told = "已通知" if decision.told is not None else "没通知"
    detail = f"{case.case_no}　{deliver_words(state, decision)}"
    return FaultOption(f"{_applicant(case)}　{kind}　{told}", detail, "补记" if decision.told else "通知")


def _notice(untold: Sequence[Case]) -> NoticeView:
    named = tuple((f"{_applicant(each)}　{each.item_name}",) for each in untold[:_NAMED])
    rest = ((f"还有 {len(untold) - _NAMED} 件",),) if len(untold) > _NAMED else ()
    last = (f"办结已过 1 个工作日，按 {KEY} 通知。",)
    return NoticeView("办结还没通知", f"{len(untold)} 件", (*named, *rest, last), Tone.WARN)


def _untold(state: CounterState, case: Case) -> bool:
    decision = decision_of(case)
    today = business_date(state.now_ms)
    return decision is not None and state.calendar is not None and untold_since(decision, today, state.calendar)


def _applicant(case: Case) -> str:
    return mask_name(str(case.applicant.get("name", "")))
