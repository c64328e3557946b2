"""Shift+F3: a mistaken call is withdrawn within ten seconds, and the ticket waits where it waited."""

from dataclasses import replace

from app.domain.calling import may_withdraw
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.ticket_record import record


def withdraw_call(store: Store, clock: Clock, by: Clerk) -> Visit:
    """Take the call back.

    Raises:
        ActRefused: no right, nobody was called, or it is too long ago.
        IllegalTransition: the citizen is here already.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit = visit_at(work)
        state = VISIT.after(visit.state, VisitEvent.WITHDRAW)
        now = clock.now_ms()
        if not may_withdraw(visit, now):
            raise ActRefused(ActRefusal.CALL_TOO_OLD)
        withdrawn = replace(visit, state=state, finished_ms=now, outcome=Outcome.CALL_WITHDRAWN)
        work.put_visit(withdrawn)
        work.drop_draft(visit.visit_id)
        record(work, by, withdrawn, "ticket.withdrawn")
        return withdrawn
