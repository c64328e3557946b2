"""The whole window from the whole state."""

from app.domain.case import CaseState
from app.domain.link import Link
from app.domain.upward import is_upward, upward_of
from ui.screens.counter.build.top import sync
from ui.screens.floor.build.top import date_words, local
from ui.screens.floor.view_model import ChipView, FloorTopView
from ui.screens.review.answers import NOTICE_QUESTIONS, REFUSAL_QUESTIONS
from ui.screens.review.build.case import about, form, materials, steps
from ui.screens.review.build.help import HELP
from ui.screens.review.build.lists import work_list
from ui.screens.review.build.paper import paper
from ui.screens.review.build.strip import conditions, strip
from ui.screens.review.clocks import CLOCK_QUESTIONS
from ui.screens.review.extensions import EXTENSION_QUESTIONS, extension_question
from ui.screens.review.starts import start_question
from ui.screens.review.state import Question, ReviewState
from ui.screens.review.view_model import ReviewView
from ui.texts import text

_LIT = {
    Question.GRANT: "act_grant",
    Question.CONDITIONS: "act_deny",
    Question.FACTS: "act_deny",
    Question.DENY: "act_deny",
    Question.ORGAN: "act_upward",
    Question.CONTACT: "act_upward",
    Question.NOTE: "act_upward",
    Question.RESULT: "act_upward",
    Question.SCAN: "act_upward",
    Question.START: "act_start",
    Question.CONFLICT: "act_conflicts",
    **dict.fromkeys(CLOCK_QUESTIONS, "act_clock"),
    **dict.fromkeys(EXTENSION_QUESTIONS, "act_extend"),
    **dict.fromkeys(NOTICE_QUESTIONS, "act_notice"),
    **dict.fromkeys(REFUSAL_QUESTIONS, "act_refuse"),
}
_UPWARD = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED})


def build(state: ReviewState) -> ReviewView:
    """Return everything the window shows."""
    lit = _LIT.get(state.ask.question, "") if state.ask is not None else ""
    return ReviewView(
        ui_state=_ui_state(state),
        top=_top(state),
        list=work_list(state),
        about=about(state),
        materials=materials(state),
        form=form(state),
        steps=steps(state),
        slip=paper(state),
        keys=keys(state),
        lit="act_help" if state.helping else lit,
        strip=strip(state),
        message=_message(state),
        sheet=HELP if state.helping else conditions(state),
        turned=state.turned,
    )


def keys(state: ReviewState) -> tuple[str, ...]:
    """Return which keys do something now."""
    facts, case = state.facts, state.case
    on = ["act_help", "act_conflicts"] if facts is not None and facts.conflicts else ["act_help"]
    if facts is None or case is None or case.case_id not in facts.whole:
        return tuple(on)
    item = facts.item(case)
    upward = upward_of(case)
    goes_up = item is not None and is_upward(item)
    if case.deferred and case.state in _UPWARD:
        on.append("act_complete")
    if case.state is CaseState.RECEIVED:
        on += ["act_accept", "act_notice", "act_refuse"]
    if case.state is CaseState.ACCEPTED:
        on.append("act_takeUp")
    if goes_up and case.state in _UPWARD and (upward is None or upward.result is None):
        on.append("act_upward")
    if case.state in {CaseState.REVIEWING, CaseState.SUSPENDED}:
        on.append("act_clock")
    if start_question(case, item) is not None:
        on.append("act_start")
    if extension_question(case) is not None:
        on.append("act_extend")
    back = upward.result if upward is not None else None
    if case.state is CaseState.REVIEWING and (not goes_up or back is not None):
        on += ["act_grant"] if back is None or back.granted else []
        on += ["act_deny"] if back is None or not back.granted else []
    return tuple(on)


def _ui_state(state: ReviewState) -> str:
    if state.facts is None:
        return "opening"
    if state.ask is not None:
        return f"asking.{state.ask.question.value}"
    return "help" if state.helping else "review"


def _top(state: ReviewState) -> FloorTopView:
    now = local(state.now_ms)
    facts = state.facts
    chips = (
        (ChipView("ph.buildings", facts.catalogue.departments[_department(state)].name),)
        if _department(state) and facts
        else ()
    )
    return FloorTopView(
        clock=f"{now:%H:%M}",
        date=date_words(now),
        hall=facts.catalogue.center.name if facts is not None else "",
        chips=chips,
        sync=sync(state.link),
        manager=state.clerk,
    )


def _department(state: ReviewState) -> str:
    facts = state.facts
    known = facts.catalogue.departments if facts is not None else {}
    return state.department if state.department in known else ""


def _message(state: ReviewState) -> str:
    """Return the one sentence above the keys."""
    if state.message:
        return text(state.message, place=state.place, incident=state.place)
    if state.said:
        return state.said
    if state.link.link is Link.OFFLINE and state.facts is not None:
        return text("review_offline")
    if state.facts is not None and state.facts.conflicts and state.ask is None:
        return text("review_conflicts", count=len(state.facts.conflicts))
    case = state.case
    whole = state.facts is None or case is None or case.case_id in state.facts.whole
    return "" if whole else text("not_whole")
