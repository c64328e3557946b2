"""F3 重呼: the same number is called out again."""

from dataclasses import replace

from app.domain.calling import calls, may_recall
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import VISIT, Visit, VisitEvent
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.ticket_record import record


def recall_ticket(store: Store, clock: Clock, by: Clerk) -> Visit:
    """Call the citizen again, at most three times.

    Raises:
        ActRefused: no right, nobody was called, or called often enough.
        IllegalTransition: the citizen has their outcome already.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit = visit_at(work)
        state = VISIT.after(visit.state, VisitEvent.RECALL)
        if not may_recall(visit):
            raise ActRefused(ActRefusal.RECALLED_ENOUGH)
        now = clock.now_ms()
        again = replace(visit, state=state, recalls=visit.recalls + 1, recalled_ms=now)
        work.put_visit(again)
        record(work, by, again, "ticket.recalled", calls=calls(again), called_ms=now)
        return again
