"""Serving by presented ticket: the clerk types the number on the paper in the citizen's hand (sync.md section 2)."""

from app.domain.business_day import start_of_day_ms
from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.ticket import TICKET, Ticket, TicketEvent, TicketState
from app.domain.ticket_number import typed_number
from app.domain.visit import Admission, Visit, VisitState
from app.domain.walk_in import BUSINESS
from app.ports.clock import Clock, new_id
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require, require_free
from app.usecases.arrive import serve
from app.usecases.call_next import end_missed
from app.usecases.take_back import resume


def present_ticket(store: Store, clock: Clock, typed: str, by: Clerk) -> Visit:
    """Begin to serve the citizen who holds this number; works with and without the server.

    Raises:
        ActRefused: no right or open day, a malformed number, one that is known to be ended, or somebody is served.
    """
    require(by, Act.SERVE_TICKET)
    number = ticket_number(typed)
    with store.begin() as work:
        require_free(work)
        called = work.open_visit()
        if called is not None and called.number == number:
            return serve(work, clock, called, by)
        actor = actor_at(work, by)
        ticket = work.ticket_by_number(number) or _of_this_window(work, actor.window, number)
        held = _held(work, number)
        if held is not None:
            end_missed(work, clock)
            return resume(work, clock, held, by)
        if ticket is not None and not _may_come(ticket, actor.window):
            raise ActRefused(ActRefusal.TICKET_ENDED)
        end_missed(work, clock)
        now = clock.now_ms()
        visit = Visit(
            visit_id=new_id(clock),
            ticket_id=ticket.ticket_id if ticket else None,
            number=number,
            business=ticket.business if ticket else _line(number),
            admission=Admission.PRESENTED,
            state=VisitState.SERVING,
            called_ms=now,
            served_ms=now,
            ticket_rev=ticket.rev if ticket else None,
        )
        work.put_visit(visit)
        work.append(
            OperationDraft(
                kind="ticket.presented",
                entity="ticket",
                entity_id=visit.ticket_id or number,
                payload={"number": number, "window": actor.window, "ticket_id": visit.ticket_id},
                actor=actor,
                base_rev=ticket.rev if ticket else None,
            )
        )
        return visit


def ticket_number(typed: str) -> str:
    """Return the number as it is printed.

    Raises:
        ActRefused: it is none.
    """
    number = typed_number(typed)
    if number is None:
        raise ActRefused(ActRefusal.MALFORMED_NUMBER)
    return number


def _line(number: str) -> str:
    """Return the business of a number nobody told of: its letter; a window's own series stands for none."""
    return BUSINESS if "-" in number else number[0]


def _of_this_window(view: Reading, window: str, number: str) -> Ticket | None:
    """Return the number this window gave out itself, before the authority's feed tells of it."""
    return next((each for each in view.own_numbers(window) if each.number == number), None)


def _held(view: Reading, number: str) -> Visit | None:
    """Return the visit of today with this number that was put aside here."""
    today = view.business_date()
    since = 0 if today is None else start_of_day_ms(today)
    return next((each for each in view.held_visits() if each.number == number and each.called_ms >= since), None)


def _may_come(ticket: Ticket, window: str) -> bool:
    """A ticket that another window called or served stays there; one called to this window is simply here."""
    return TICKET.allows(ticket.state, TicketEvent.PRESENT) or (
        ticket.state is TicketState.CALLED and ticket.window == window
    )
