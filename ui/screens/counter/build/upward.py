"""上报件 on the screen: what a higher authority has, by when it is asked again, and what it said (rule I07)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.business_day import business_date
from app.domain.case import Case
from app.domain.masking import mask_name
from app.domain.upward import Upward, UpwardStage, overdue, upward_of
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, IdleView, KeyState
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tag, Tone

KEY: Final = "Ctrl D"
SHOWN: Final = 6
"""As many as the pane has room for; those past their day come first."""
_ICON = "ph.arrow-fat-lines-up"
_SAID: Final = (
    ("电话问过，还在办", None),
    ("上级要补材料，已转告申请人", None),
)
_NEXT: Final = {
    UpwardStage.REPORTED: ("上级已受理", UpwardStage.ACCEPTED),
    UpwardStage.ACCEPTED: ("上级已办结，等回传", UpwardStage.DECIDED),
}


def asked_about(state: CounterState) -> tuple[Case, ...]:
    """Return the clerk's cases whose result is not back, the one to ask about first in front."""
    up = [each for each in state.cases if (found := upward_of(each)) is not None and found.result is None]
    return tuple(sorted(up, key=lambda each: (_upward(each).next_contact_on or "", each.case_no)))


def upward_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+D where there is somebody to ask."""
    return (KeyState("act_askHigher"),) if asked_about(state) else ()


def list_question(state: CounterState, cases: Sequence[Case]) -> FaultView:
    """Return the list with its digits."""
    options = tuple(_option(state, each) for each in cases)
    return FaultView(_ICON, "联系上级，哪一件？", "", options, Tone.PRI)


def said(case: Case) -> tuple[tuple[str, UpwardStage | None], ...]:
    """Return what the higher authority may have said, by digit from 1, with the stage it means."""
    onward = _NEXT.get(_upward(case).stage)
    return (*_SAID, onward) if onward is not None else _SAID


def said_question(case: Case) -> FaultView:
    """Return the second question: what the higher authority said."""
    options = tuple(FaultOption(words, text("upward_noted"), "记下") for words, _ in said(case))
    return FaultView(_ICON, "上级怎么说？", _upward(case).organ, options, Tone.PRI)


def with_upward(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with the cases past their day of contact counted beside the clerk's own, in yellow."""
    if state.clerk is None or not isinstance(view.centre, IdleView):
        return view
    late = [each for each in asked_about(state) if overdue(_upward(each), business_date(state.now_ms))]
    if not late:
        return view
    tag = Tag(f"该联系上级 {len(late)} · {KEY}", Tone.WARN)
    return replace(view, centre=replace(view.centre, tags=(*view.centre.tags, tag)))


def _option(state: CounterState, case: Case) -> FaultOption:
    upward = _upward(case)
    late = overdue(upward, business_date(state.now_ms))
    due = wording.day(date.fromisoformat(upward.next_contact_on)) if upward.next_contact_on else ""
    detail = f"{case.case_no}　{text(f'upward_{upward.stage.value}')}，最迟{due}联系{'，已过' if late else ''}"
    return FaultOption(f"{mask_name(str(case.applicant.get('name', '')))}　{case.item_name}", detail, "联系")


def _upward(case: Case) -> Upward:
    upward = upward_of(case)
    assert upward is not None, "only cases that went up are asked about"
    return upward
