"""The called citizen has come to the window: a card was laid, a paper scanned, or the clerk went on."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.visit import VISIT, Visit, VisitEvent
from app.ports.clock import Clock
from app.ports.store import Store, Work
from app.usecases.acting import actor_at, require, ticket_entity, visit_at


def arrive(store: Store, clock: Clock, by: Clerk) -> Visit:
    """Turn the called visit into one that is served.

    Raises:
        ActRefused: no right, or nobody was called.
        IllegalTransition: the citizen is served already.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        return serve(work, clock, visit_at(work), by)


def serve(work: Work, clock: Clock, visit: Visit, by: Clerk) -> Visit:
    """Begin to serve a called visit within an open transaction."""
    served = replace(visit, state=VISIT.after(visit.state, VisitEvent.ARRIVE), served_ms=clock.now_ms())
    work.put_visit(served)
    actor = actor_at(work, by)
    work.append(
        OperationDraft(
            kind="ticket.served",
            entity="ticket",
            entity_id=ticket_entity(work, visit),
            payload={"number": visit.number, "window": actor.window},
            actor=actor,
        )
    )
    return served
