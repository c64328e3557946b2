"""下一个环节: the next window in section 5, the key F6, and what to say about it (design/04-accepted-receipt.png)."""

from dataclasses import replace

from app.domain.visit import VisitState
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, CounterView, KeyState, ServingView
from ui.widgets.views import Strong
from ui.widgets.work_views import OnwardView, OutcomeView, SectionView


def onward_key(state: CounterState) -> tuple[KeyState, ...]:
    """Return F6 once the paper is in the citizen's hand; it is suggested while a next window is published."""
    if state.visit is None or state.visit.state is not VisitState.ISSUED or not paper_given(state):
        return ()
    wanted = state.onward is not None and not state.onward.given
    return (KeyState("act_transfer", CapState.SUGGESTED if wanted else CapState.NORMAL, "引导"),)


def with_onward(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with the next window under the result."""
    if state.onward is None or not isinstance(view.centre, ServingView):
        return view
    sections = tuple(_shown(state, each) for each in view.centre.sections)
    first, *rest = view.centre.say or ("”",)
    then = first.removeprefix("“") if isinstance(first, str) else first
    said = ("“我这里办好后，下一个是 ", Strong(f"{state.onward.goal.window}窗口"), "。", then, *rest)
    return replace(view, centre=replace(view.centre, sections=sections, say=said))


def _shown(state: CounterState, section: SectionView) -> SectionView:
    if not isinstance(section.body, OutcomeView) or state.onward is None or state.catalogue is None:
        return section
    goal = state.onward.goal
    window = state.catalogue.windows[goal.window]
    names = [each.name for each in state.catalogue.businesses_at_window(goal.window) if each.code == goal.business]
    counted = goal.queue and goal.business and not state.offline and not state.onward.given
    ahead = f"，前面还有 {state.onward.waiting} 人" if counted else ""
    row = OnwardView(
        title="下一个环节",
        place=f"{goal.window}窗口 {(*names, window.theme)[0]}",
        detail=f"{goal.todo}{ahead}",
        button="引导单补打一张" if state.onward.given else "取号并打印引导单" if goal.queue else "打印引导单",
        enabled=paper_given(state),
    )
    return replace(section, body=replace(section.body, onward=row))
