"""恢复计时: the procedure is over sooner than told; the rest of its days counts again."""

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.clock_moves import resumed
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.clock_acts import as_refusals, record, standing


def resume(store: Store, clock: Clock, case_id: str, by: Clerk) -> Case:
    """Let the clock run again from today on, which counts, and recount the due dates.

    Raises:
        ActRefused: no right, or an unknown case.
        IllegalTransition: the clock of the case does not stand still.
    """
    with store.begin() as work, as_refusals():
        held = standing(work, clock, case_id, by)
        after = resumed(held.case, held.item, held.at.calendar, held.at.today)
        record(work, by, held.case, after, kind="case.resumed", fact={"on": held.at.today.isoformat()})
        return after
