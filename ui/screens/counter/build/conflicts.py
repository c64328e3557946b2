"""冲突 on the counter's screen: the list, the question about one, and what is known of it above the answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ui.screens.counter.build.conflict_words import did, differences, number, said_here, stands, title, way, why
from ui.screens.counter.conflict_tasks import ConflictTask
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, IdleView, KeyState
from ui.widgets.slip_views import FaultOption, FaultView, NoticeView, SideView
from ui.widgets.views import Tag, Tone

KEY: Final = "Ctrl S"
CHOSEN: Final = "conflict"
"""The kind of the question about one of them, before its number in the log."""
SHOWN: Final = 4
"""As many as the pane has room for in the smallest window."""
MORE: Final = SHOWN + 1
"""The digit that turns to the next ones."""
_ICON = "ph.git-diff"


def conflict_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+S where something waits and nobody is served: papers are voided and cases opened."""
    return (KeyState("act_conflicts"),) if state.conflicts and state.visit is None else ()


def with_conflicts(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with them counted beside the clerk's own cases, in yellow: a person has to look.

    While one is asked about, what is known of it stands above its ways out.
    """
    if not state.conflicts or state.clerk is None or not isinstance(view.centre, IdleView):
        return view
    tag = Tag(f"冲突 {len(state.conflicts)} · {KEY}", Tone.WARN)
    view = replace(view, centre=replace(view.centre, tags=(*view.centre.tags, tag)))
    task = _asked_about(state)
    if task is None or not isinstance(view.right, SideView):
        return view
    return replace(view, right=replace(view.right, notices=(_notice(state, task), *view.right.notices)))


def list_question(state: CounterState, tasks: Sequence[ConflictTask], others: int) -> FaultView:
    """Return the list with its digits; ``others`` come with the last one."""
    options = tuple(_option(state, each) for each in tasks)
    if others:
        options = (*options, FaultOption("看后面的", f"还有 {others} 件", "下一页"))
    return FaultView(_ICON, f"有 {len(state.conflicts)} 件要您看，先看哪一件？", "", options, Tone.WARN)


def which_way(task: ConflictTask) -> FaultView:
    """Return the question what becomes of one."""
    options = tuple(FaultOption(*way(task, each)) for each in task.ways)
    return FaultView(_ICON, f"{did(task)}没有入账，怎么办？", "", options, Tone.WARN)


def _asked_about(state: CounterState) -> ConflictTask | None:
    kind, _, seq = (state.ask.kind if state.ask is not None else "").partition(":")
    return next((each for each in state.conflicts if kind == CHOSEN and str(each.seq) == seq), None)


def _notice(state: CounterState, task: ConflictTask) -> NoticeView:
    clerk = state.clerk.number if state.clerk is not None else ""
    said = (
        f"{said_here(task, clerk, state.now_ms)}，{why(task)}。",
        f"现在：{stands(task, state.now_ms)}。",
        *differences(task, state.catalogue),
    )
    said += (f"连同后面 {task.later} 条，一起处理。",) if task.later else ()
    return NoticeView(number(task) or did(task), "", tuple((each,) for each in said), Tone.WARN)


def _option(state: CounterState, task: ConflictTask) -> FaultOption:
    return FaultOption(title(task), f"{why(task)}；现在{stands(task, state.now_ms)}", "看")
