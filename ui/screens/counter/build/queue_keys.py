"""The keys of the queue by state: design.md section 7.1, and section 9 for which of them is suggested."""

from app.domain.calling import called_before, suggests_miss, suggests_recall
from app.domain.visit import Visit, VisitState
from app.domain.work.untouched import untouched
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, KeyState


def queue_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return those that are on."""
    return (*_of_visit(state), KeyState("act_callManager"))


def _of_visit(state: CounterState) -> tuple[KeyState, ...]:
    if state.visit is None:
        return _idle(state)
    match state.visit.state:
        case VisitState.CALLED:
            return _calling(state, state.visit)
        case VisitState.SERVING:
            missed = (KeyState("act_noShow"),) if state.card is None or untouched(state.card) else ()
            return (KeyState("act_recall"), *missed, KeyState("act_hold"))
        case _:
            return (KeyState("act_anotherItem"),) if paper_given(state) else ()


def _idle(state: CounterState) -> tuple[KeyState, ...]:
    held = (KeyState("act_hold", label="取回"), KeyState("act_chooseHeld")) if state.held else ()
    undo = (KeyState("act_undo"),) if state.missed is not None else ()
    return (KeyState("act_readId", label="无号办理"), KeyState("act_contact"), *held, *undo)


def _calling(state: CounterState, visit: Visit) -> tuple[KeyState, ...]:
    due = suggests_recall(visit, state.now_ms) or called_before(visit, state.idle_since_ms)
    recall = CapState.SUGGESTED if due else CapState.NORMAL
    missed = CapState.SUGGESTED if suggests_miss(visit) else CapState.NORMAL
    return (
        KeyState("act_recall", recall),
        KeyState("act_noShow", missed),
        KeyState("act_withdraw"),
        KeyState("act_hold"),
    )
