"""再办一件: the citizen who holds a paper has a second matter, and needs no new ticket (design.md decision 14)."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import VISIT, Admission, Visit, VisitEvent, VisitState
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.ports.clock import Clock, new_id
from app.ports.store import Store
from app.usecases.acting import require, visit_at
from app.usecases.ticket_record import record


def continue_visit(store: Store, clock: Clock, card: WorkCard, by: Clerk) -> Visit:
    """End the visit that has its outcome, and begin another on the same ticket with a page that knows the person.

    Raises:
        ActRefused: no right, or nobody is there.
        IllegalTransition: the visit has no outcome yet.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        first = visit_at(work)
        now = clock.now_ms()
        ended = replace(first, state=VISIT.after(first.state, VisitEvent.FINISH), finished_ms=now)
        second = Visit(
            visit_id=new_id(clock),
            ticket_id=first.ticket_id,
            number=first.number,
            business=first.business,
            admission=Admission.CONTINUED,
            state=VisitState.SERVING,
            called_ms=now,
            served_ms=now,
            channel=first.channel,
        )
        work.put_visit(ended)
        work.drop_draft(first.visit_id)
        work.put_visit(second)
        work.put_draft(second.visit_id, draft.to_json(card))
        record(work, by, ended, "ticket.continued", outcome=ended.outcome, case_id=ended.case_id)
        return second
