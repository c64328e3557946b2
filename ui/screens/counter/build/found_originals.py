"""The sealed originals of the case that F7 marks: steps of its record, and which of them may be printed again."""

from app.domain.original import UNSEALED, Original, OriginalState
from ui.screens.counter.build import wording
from ui.screens.search.state import Looked
from ui.screens.search.view_model import StepView
from ui.texts import text
from ui.widgets.views import Tone


def reprintable_original(looked: Looked | None) -> Original | None:
    """Return the last original that bears its seal; None where one of that paper is owed: that is on the list."""
    known = looked.originals if looked is not None else ()
    sealed = next((each for each in reversed(known) if each.state is OriginalState.SEALED), None)
    if sealed is None or any(each.slip == sealed.slip and each.state in UNSEALED for each in known):
        return None
    return sealed


def original_steps(looked: Looked | None) -> tuple[StepView, ...]:
    """Return what became of each original, first copies and those printed again; what never was paper says nothing."""
    known = looked.originals if looked is not None else ()
    return tuple(_step(each) for each in known if each.came_out or each.state in UNSEALED)


def _step(original: Original) -> StepView:
    again = f"补打 {original.shown_reprint} " if original.shown_reprint else ""
    stands = text(f"original_{original.state.value}")
    at = original.sealed_ms or original.printed_ms or original.created_ms
    done = original.state not in UNSEALED
    return StepView(f"正本{again}{stands}", "", wording.moment(at), Tone.OK if done else Tone.PRI, done)
