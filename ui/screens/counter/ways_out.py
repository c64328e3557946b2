"""The printer stands still: 2 sends the paper to another printer, 3 to A4, 4 says that it was written by hand."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.ports.spool import PrintWay
from printing.delivery import JobReturned, OtherPrinter
from ui import intents
from ui.screens.counter import ways_acts
from ui.screens.counter.acts import Done
from ui.screens.counter.build.ways_out import A4, BY_HAND, OTHER, stands_still
from ui.screens.counter.state import CounterState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

RETURNED = "way_returned"
OTHER_DOWN = "way_other_down"


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the number of a way out while no question lies above it."""
    state = presenter.state
    asked = state.ask is not None or state.unsure is not None or (state.card is not None and state.card.who_is_who)
    if not isinstance(intent, intents.FaultOptionChosen) or asked or not stands_still(state):
        return False
    assert state.job is not None, "a paper waits"
    presenter.update(ways=replace(state.ways, returned=("", "")))
    chosen = way_of(state, intent.number)
    if chosen is not None:
        presenter.act(partial(chosen, job_id=state.job.job_id))
    return True


def way_of(state: CounterState, number: int) -> Callable[..., Done] | None:
    """Return the act behind a digit, which takes the parts and ``job_id``; None where it is no way that is there."""
    reason = state.devices["printer"].reason
    if number == OTHER and state.ways.other:
        return partial(ways_acts.divert, way=PrintWay.OTHER, reason=reason)
    if number == A4 and state.ways.a4:
        return partial(ways_acts.divert, way=PrintWay.A4, reason=reason)
    return partial(ways_acts.by_hand, reason=reason) if number == BY_HAND else None


def heard(presenter: "CounterPresenter", event: JobReturned | OtherPrinter) -> None:
    """Tell what became of a paper that was sent another way."""
    match event:
        case OtherPrinter(fault):
            fault_code = fault.value if fault else ""
            presenter.update(ways=replace(presenter.state.ways, other_fault=fault_code))
        case JobReturned(job_id, code):
            why = code if code.startswith("a4_") else f"{OTHER_DOWN} {code}"
            ways = replace(presenter.state.ways, other_fault="", returned=(job_id, f"{RETURNED} {why}"))
            presenter.update(ways=ways)
            presenter.look()
