"""Gives out numbers: A001, A002, … a series per business letter and business day."""

from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, Ticket, TicketState
from app.ports.clock import new_id
from sync.protocol.messages import IssueTicket, TicketIssued
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.desk_acts import book
from sync.server.service.floor_order import plan_now
from sync.server.service.mirror import ticket_change
from sync.server.service.next_ticket import eta_minutes
from sync.server.service.once import Request, once
from sync.server.service.out_of_turn import PRIORITY, record
from sync.server.service.refusals import refusal
from sync.server.storage import feed, halls, tickets
from sync.server.storage.engine import Transaction

_RECENT = 20


def issue_ticket(context: Context, caller: Caller, hall: str, request: IssueTicket, key: str) -> TicketIssued:
    """Return the new ticket's number and place in the queue; the same key gets the same answer.

    Raises:
        Refused: ``unknown_business``, ``malformed`` for an unknown priority, ``key_reused``; ``forbidden`` for a
            priority from a caller that may give none.
    """
    caller.require(Act.ISSUE_TICKET, hall)
    if request.priority is not None:
        caller.require(Act.GIVE_PRIORITY, hall)

    def work(connection: Transaction) -> TicketIssued:
        asked = Request(key, ["ticket", hall, request.business, request.priority], TicketIssued)
        return once(context, connection, caller, asked, lambda: _issue(context, connection, caller, request))

    issued = context.storage.write(work)
    context.changed(hall)
    return issued


def _issue(context: Context, connection: Transaction, caller: Caller, request: IssueTicket) -> TicketIssued:
    hall = caller.hall
    plan = plan_now(context, connection, hall)
    if request.business not in plan.businesses:
        raise refusal("unknown_business")
    if request.priority is not None and request.priority not in plan.priorities:
        raise refusal("malformed")
    today, now_ms = context.today(), context.clock.now_ms()
    serial = tickets.next_in_series(connection, hall, today, request.business)
    ticket = Ticket(
        ticket_id=new_id(context.clock),
        hall=hall,
        number=f"{request.business}{serial:03d}",
        business=request.business,
        state=TicketState.WAITING,
        rev=1,
        issued_ms=now_ms,
        priority=request.priority,
        business_date=today,
    )
    tickets.add(connection, ticket)
    if ticket.priority is not None:
        record(context, connection, caller, ticket, event=PRIORITY, reason=ticket.priority)
    detail = {"number": ticket.number, "business": ticket.business, "priority": ticket.priority}
    book(context, connection, caller, Act.ISSUE_TICKET, detail)
    ahead = tickets.waiting_ahead(connection, ticket, now_ms - HORIZON_MS)
    lengths = tickets.service_lengths(connection, hall, request.business, at_most_ms=HORIZON_MS, limit=_RECENT)
    windows = halls.opened(connection, hall, today) & plan.windows_of(request.business)
    feed.append(connection, hall, [ticket_change(ticket)])
    return TicketIssued(
        id=ticket.ticket_id, number=ticket.number, ahead=ahead, eta_minutes=eta_minutes(ahead, lengths, len(windows))
    )
