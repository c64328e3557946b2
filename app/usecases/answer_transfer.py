"""What a window answers to a ticket that was handed to it: 接 or 不接 (flows.md section 7)."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.ticket import Ticket
from app.domain.transfer import OFFERED, DeclineReason
from app.domain.visit import CAME_TO_NOTHING, Admission, Outcome, Visit, VisitState
from app.ports.clock import Clock, new_id
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require, require_free
from app.usecases.take_over import take_over_with_ticket
from app.usecases.ticket_record import record


def take_transfer(store: Store, clock: Clock, number: str, by: Clerk) -> Visit:
    """Call the citizen here, and answer for them from now on (接办); a page begun at this window before goes on.

    Raises:
        ActRefused: no right or open day, somebody is at the window, or the ticket is not handed to it (any more).
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        require_free(work)
        if work.open_visit() is not None:
            raise ActRefused(ActRefusal.VISIT_OPEN)
        ticket, now = _offered(work, number, by), clock.now_ms()
        visit = Visit(
            visit_id=new_id(clock),
            ticket_id=ticket.ticket_id,
            number=ticket.number,
            business=ticket.business,
            admission=Admission.CALLED,
            state=VisitState.CALLED,
            called_ms=now,
            ticket_rev=ticket.rev,
        )
        _take_page(work, ticket, visit)
        work.put_visit(visit)
        record(work, by, visit, "ticket.taken")
        take_over_with_ticket(work, clock, ticket.ticket_id, by)
        return visit


def decline_transfer(store: Store, number: str, reason: DeclineReason, by: Clerk) -> None:
    """Send the ticket back to the window it came from.

    Raises:
        ActRefused: no right, or the ticket is not handed to this window (any more).
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        ticket, actor = _offered(work, number, by), actor_at(work, by)
        work.append(
            OperationDraft(
                kind="ticket.declined",
                entity="ticket",
                entity_id=ticket.ticket_id,
                payload={"number": ticket.number, "window": actor.window, "reason": reason.value},
                actor=actor,
                base_rev=ticket.rev,
            )
        )


def _offered(work: Work, number: str, by: Clerk) -> Ticket:
    window = actor_at(work, by).window
    ticket = next((each for each in work.offered_to(window) if each.number == number), None)
    if ticket is None or ticket.state not in OFFERED or _taken_before(work, ticket) or work.sent_back(ticket):
        raise ActRefused(ActRefusal.TRANSFER_OVER)
    return ticket


def _taken_before(work: Work, ticket: Ticket) -> bool:
    """Say whether the citizen is at this window already, by this offer or by the paper in their hand.

    The authority's feed says so later: it knows nothing yet of what this window did while it was cut off.
    """
    earlier = work.visit_of(ticket.ticket_id, ticket.number)
    if earlier is None:
        return False
    return earlier.outcome not in CAME_TO_NOTHING or (earlier.ticket_rev or 0) >= ticket.rev


def _take_page(work: Work, ticket: Ticket, visit: Visit) -> None:
    earlier = work.visit_of(ticket.ticket_id)
    if earlier is None or earlier.outcome is not Outcome.TRANSFERRED:
        return
    kept = work.draft(earlier.visit_id)
    if kept is not None:
        work.put_draft(visit.visit_id, kept)
        work.drop_draft(earlier.visit_id)
