"""F12, or F2 for the next: the citizen leaves with an outcome."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import actor_at, require, ticket_entity, visit_at
from app.usecases.serve_document import refusal_taken


def finish_visit(store: Store, clock: Clock, by: Clerk) -> Visit:
    """End the visit at the window; a refusal that was given here is served with that (``refusal_taken``).

    Raises:
        ActRefused: no right, or nobody is there.
        IllegalTransition: it has no outcome yet.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit = visit_at(work)
        done = replace(visit, state=VISIT.after(visit.state, VisitEvent.FINISH), finished_ms=clock.now_ms())
        work.put_visit(done)
        work.drop_draft(visit.visit_id)
        refused = work.case(visit.case_id) if visit.case_id and visit.outcome is Outcome.REFUSED else None
        if refused is not None:
            refusal_taken(work, clock, refused, by)
        actor = actor_at(work, by)
        work.append(
            OperationDraft(
                kind="ticket.finished",
                entity="ticket",
                entity_id=ticket_entity(work, visit),
                payload={
                    "number": visit.number,
                    "window": actor.window,
                    "outcome": done.outcome,
                    "case_id": done.case_id,
                },
                actor=actor,
            )
        )
        return done
