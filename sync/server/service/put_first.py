"""Puts a waiting citizen before the others, for a reason the catalogue names."""

from dataclasses import replace

from app.domain.rights import Act
from app.domain.ticket import TicketState
from sync.protocol.floor_messages import FloorDone, GivePriority
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, perform
from sync.server.service.mirror import ticket_change
from sync.server.service.refusals import refusal
from sync.server.storage import tickets
from sync.server.storage.engine import Transaction


def put_first(
    context: Context,
    caller: Caller,
    hall: str,
    number: str,
    request: GivePriority,
    *,
    key: str,
    act: Act = Act.PUT_FIRST,
) -> FloorDone:
    """Give today's ticket of that number a priority; ``act`` is the right it is done by, and stands in the book.

    Raises:
        Refused: ``unknown_ticket``, ``not_waiting``, ``reserved_elsewhere``, ``malformed`` for a reason the catalogue
            does not name.
    """
    wish = Wish(act, hall, key, {"number": number, "priority": request.priority})

    def work(connection: Transaction) -> Outcome:
        if request.priority not in context.plan(connection, hall).priorities:
            raise refusal("malformed")
        ticket = tickets.by_number(connection, hall, context.today(), number)
        if ticket is None:
            raise refusal("unknown_ticket")
        if ticket.state is TicketState.RESERVED:
            raise refusal("reserved_elsewhere")
        if ticket.state is not TicketState.WAITING:
            raise refusal("not_waiting")
        after = replace(ticket, priority=request.priority, rev=ticket.rev + 1)
        tickets.move(connection, ticket, after)
        return Outcome((ticket_change(after),))

    return perform(context, caller, wish, work)
