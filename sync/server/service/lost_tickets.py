"""A ticket that was given out after the backup: the restored server takes it from whoever holds its paper or record."""

import re
from datetime import timedelta

from app.domain.business_day import business_date
from app.domain.operation import Operation
from app.domain.ticket import Ticket, TicketState
from app.ports.clock import new_id
from sync.server.service.desk import Desk
from sync.server.storage import restored, tickets

_NUMBER = re.compile(r"([A-HJ-NPR-Z])([0-9]{3,4})")


def lost_ticket(desk: Desk, operation: Operation) -> Ticket | None:
    """Return the ticket an operation names, made anew as one that waits; None where its number was never skipped.

    Its priority and the moment it was issued are gone. Two windows that name the same number of a day mean one ticket.
    """
    said = operation.payload.get("number")
    number = _NUMBER.fullmatch(said) if isinstance(said, str) else None
    if number is None:
        return None
    business, serial = number[1], int(number[2])
    for days in (0, 1):
        try:
            day = (business_date(operation.wall_ms) - timedelta(days=days)).isoformat()
        except OverflowError:
            return None
        skipped = restored.lost(desk.connection, desk.hall, day, business)
        if skipped is not None and skipped[0] < serial <= _upto(desk, skipped[1]):
            restored.skip_to(desk.connection, desk.hall, day, business, -(-serial // 100) * 100)
            return tickets.by_number(desk.connection, desk.hall, day, number[0]) or _anew(
                desk, operation, day, number[0]
            )
    return None


def _upto(desk: Desk, upto: int) -> int:
    """While the hall finds out what it lost, a counter may know of more numbers than were skipped."""
    return max(upto, 9_999) if restored.restored(desk.connection, desk.hall) is not None else upto


def _anew(desk: Desk, operation: Operation, day: str, number: str) -> Ticket:
    by_number = operation.entity_id == number
    ticket = Ticket(
        ticket_id=new_id(desk.context.clock) if by_number else operation.entity_id,
        hall=desk.hall,
        number=number,
        business=number[0],
        state=TicketState.WAITING,
        rev=1,
        issued_ms=operation.wall_ms,
        business_date=day,
    )
    tickets.add(desk.connection, ticket)
    return ticket
