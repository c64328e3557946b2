"""下一个环节: the next window in section 5, the key F6, and what to say about it (design/04-accepted-receipt.png)."""

from dataclasses import replace

from app.domain.referral import Goal
from app.domain.visit import Outcome, VisitState
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, CounterView, KeyState, ServingView
from ui.texts import text
from ui.widgets.views import Strong
from ui.widgets.work_views import OnwardView, OutcomeView, SectionView


def onward_key(state: CounterState) -> tuple[KeyState, ...]:
    """Return F6 once the paper is in the citizen's hand and a next window is known; suggested where they have to go."""
    if not _issued(state) or state.onward is None or not paper_given(state):
        return ()
    wanted = state.onward.goal.urged and not state.onward.given
    return (KeyState("act_transfer", CapState.SUGGESTED if wanted else CapState.NORMAL, "引导"),)


def with_onward(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with the next window under the result; where F6 is off the result says why."""
    if not _issued(state) or not isinstance(view.centre, ServingView):
        return view
    sections = tuple(_shown(state, each) for each in view.centre.sections)
    if state.onward is None or not state.onward.goal.urged or _refused(state):
        return replace(view, centre=replace(view.centre, sections=sections))
    first, *rest = view.centre.say or ("”",)
    then = first.removeprefix("“") if isinstance(first, str) else first
    said = ("“我这里办好后，下一个是 ", Strong(_spoken(state, state.onward.goal)), "。", then, *rest)
    return replace(view, centre=replace(view.centre, sections=sections, say=said))


def _spoken(state: CounterState, goal: Goal) -> str:
    """Return the place as a citizen is told it; which window of several it is stands on the paper."""
    return f"{_business(state, goal)}窗口" if goal.anywhere else f"{goal.window}窗口"


def _business(state: CounterState, goal: Goal) -> str:
    if state.catalogue is None:
        return ""
    named = state.catalogue.businesses.get(goal.business)
    return named.name if named is not None else state.catalogue.windows[goal.window].theme


def _issued(state: CounterState) -> bool:
    return state.visit is not None and state.visit.state is VisitState.ISSUED


def _refused(state: CounterState) -> bool:
    """Whether the clerk has to say sorry first; the row under the result says where to go."""
    return state.visit is not None and state.visit.outcome is Outcome.REFUSED


def _shown(state: CounterState, section: SectionView) -> SectionView:
    if not isinstance(section.body, OutcomeView) or state.catalogue is None:
        return section
    if state.onward is None:
        return replace(section, body=_explained(state, section.body))
    goal = state.onward.goal
    counted = goal.queue and goal.business and not state.offline and not state.onward.given
    ahead = f"，前面还有 {state.onward.waiting} 人" if counted else ""
    row = OnwardView(
        title="下一个环节" if goal.urged else "群众要到别的窗口办",
        place=_spoken(state, goal) if goal.anywhere else f"{goal.window}窗口 {_business(state, goal)}",
        detail=f"{goal.todo}{ahead}",
        button="引导单补打一张" if state.onward.given else "取号并打印引导单" if goal.queue else "打印引导单",
        enabled=paper_given(state),
    )
    return replace(section, body=replace(section.body, onward=row))


def _explained(state: CounterState, body: OutcomeView) -> OutcomeView:
    """Say behind the result why nobody is sent on; a paper that is void says what to do already."""
    result, visit = body.result, state.visit
    if result is None or visit is None or visit.outcome is Outcome.VOIDED:
        return body
    here = state.card is not None and state.card.item is not None
    why = "onward_none" if state.issued is not None else "onward_here" if here else "onward_unknown"
    return replace(body, result=replace(result, explanation=f"{result.explanation}{text(why)}"))
