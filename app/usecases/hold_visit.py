"""F5 挂起: the citizen goes for a photo or a paper; the page waits, and the window is free for the next."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import VISIT, HoldReason, Visit, VisitEvent
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import require, visit_at
from app.usecases.ticket_record import record


def hold_visit(store: Store, clock: Clock, reason: HoldReason, by: Clerk) -> Visit:
    """Put the visit at the window aside; its journal stays as it is.

    Raises:
        ActRefused: no right, or nobody is there.
        IllegalTransition: the citizen has their outcome already.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit = visit_at(work)
        state = VISIT.after(visit.state, VisitEvent.HOLD)
        held = replace(visit, state=state, held_ms=clock.now_ms(), hold_reason=reason)
        work.put_visit(held)
        record(work, by, held, "ticket.held", reason=reason.value)
        return held
