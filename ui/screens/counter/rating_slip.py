"""Ctrl+R: the rating slip of the case that was just decided, for who wants it on a paper of its own (SL-13, L08)."""

from functools import partial
from typing import TYPE_CHECKING

from app.usecases.print_rating_slip import print_rating_slip
from ui.screens.counter import acts
from ui.screens.counter.acts import Done
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.rating_intents import PrintRatingSlip

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the key while the paper of a case lies there."""
    issued = presenter.state.issued
    if not isinstance(intent, PrintRatingSlip) or issued is None:
        return False
    presenter.act(partial(_printed, case_id=issued.case_id))
    return True


def _printed(parts: CounterParts, *, case_id: str) -> Done:
    print_rating_slip(parts.store, parts.clock, parts.templates, case_id, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return Done(acts.look(parts).facts, "rating_slip_queued")
