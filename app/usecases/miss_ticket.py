"""F4 过号: the citizen who was called did not come."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent, VisitState
from app.domain.work import draft
from app.domain.work.untouched import untouched
from app.ports.clock import Clock
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.ticket_record import record


def miss_ticket(store: Store, clock: Clock, by: Clerk) -> Visit:
    """End the visit of a citizen who never came, or who was taken for served by a slip of a key.

    Raises:
        ActRefused: no right, nobody was called, or the page holds data of the citizen.
        IllegalTransition: the citizen has their outcome already.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit = visit_at(work)
        state = VISIT.after(visit.state, VisitEvent.MISS)
        if visit.state is VisitState.SERVING and not _untouched(work, visit):
            raise ActRefused(ActRefusal.DATA_TAKEN)
        missed = replace(visit, state=state, finished_ms=clock.now_ms(), outcome=Outcome.MISSED)
        work.put_visit(missed)
        work.drop_draft(visit.visit_id)
        record(work, by, missed, "ticket.missed")
        return missed


def _untouched(view: Reading, visit: Visit) -> bool:
    kept = view.draft(visit.visit_id)
    if kept is None:
        return True
    catalogue = view.catalogue()
    return catalogue is not None and untouched(draft.from_json(kept, catalogue))
