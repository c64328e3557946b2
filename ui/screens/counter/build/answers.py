"""部门答复 on the screen: notices and refusals of departments that this window has to tell (rules L02, I03, I04)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.domain.case import Case, CaseState
from app.domain.decision import ToldHow
from app.domain.inside_answer import answered_by
from app.domain.masking import mask_name
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, IdleView, KeyState
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tag, Tone

KEY: Final = "Ctrl O"
SHOWN: Final = 6
"""As many as the pane has room for."""
_ICON = "ph.envelope-simple"
_KINDS = {CaseState.SUPPLEMENT_NOTICED: "补正材料告知书", CaseState.REFUSED: "不予受理通知书"}
HOW: Final = (
    (ToldHow.SLIP, "人在窗口，打印单子", "交给申请人；盖章的原件随后送到"),
    (ToldHow.PHONE, "电话已告知", "打通了；单子现在打出来，来时交给本人"),
    (ToldHow.IN_PERSON, "当面已告知", "盖章的原件已经交给本人"),
)
"""The ways to tell somebody, by digit from 1."""


def answer_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+O where there is something to tell."""
    return (KeyState("act_answers"),) if state.answers else ()


def list_question(cases: Sequence[Case]) -> FaultView:
    """Return the list with its digits."""
    return FaultView(_ICON, "部门答复了，告知哪一件？", "", tuple(map(_option, cases)), Tone.PRI)


def how_question(case: Case) -> FaultView:
    """Return the second question: how the applicant is told."""
    options = tuple(FaultOption(title, detail, "记下") for _, title, detail in HOW)
    return FaultView(_ICON, f"怎样告知 {_applicant(case)}？", _KINDS[case.state], options, Tone.PRI)


def with_answers(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with them counted beside the clerk's own cases, in yellow: the applicant waits to hear."""
    if not state.answers or state.clerk is None or not isinstance(view.centre, IdleView):
        return view
    tag = Tag(f"待告知答复 {len(state.answers)} · {KEY}", Tone.WARN)
    return replace(view, centre=replace(view.centre, tags=(*view.centre.tags, tag)))


def _option(case: Case) -> FaultOption:
    step = answered_by(case)
    moment = wording.moment(step.at_ms) if step is not None else ""
    return FaultOption(
        f"{_applicant(case)}　{case.item_name}", f"{case.case_no}　{_KINDS[case.state]}　{moment}", "告知"
    )


def _applicant(case: Case) -> str:
    return mask_name(str(case.applicant.get("name", "")))
