"""F6 after an issued paper: the citizen is sent on to the next window with one key (flows.md section 7)."""

from typing import TYPE_CHECKING

from app.domain.visit import VisitState
from app.usecases.refer_on import Referred, refer_on
from ui import intents
from ui.screens.counter.acts import Done, look
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.parts import CounterParts

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

DONE, WITHOUT_NUMBER, AGAIN = "referral_done", "referral_without_number", "referral_again"


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take F6 while the citizen holds a paper; where nothing is known of a next window it is off."""
    state = presenter.state
    issued = state.visit is not None and state.visit.state is VisitState.ISSUED
    if not issued or not isinstance(intent, intents.Transfer):
        return False
    if paper_given(state) and state.onward is not None:
        presenter.act(_refer)
    return True


def _refer(parts: CounterParts) -> Done:
    referred = refer_on(parts.store, parts.clock, parts.templates, parts.authority, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return Done(look(parts).facts, *_told(referred))


def _told(referred: Referred) -> tuple[str, str]:
    """Return the message and the place it names."""
    place = f"{referred.window}窗口"
    if not referred.window:
        return AGAIN, ""
    if referred.taken is None:
        return WITHOUT_NUMBER, place
    return DONE, f"{place}，号码 {referred.taken.number}，前面 {referred.taken.ahead} 人"
