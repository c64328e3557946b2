"""Where a number of today is, for the floor manager whom a citizen asks."""

from app.domain.rights import Act
from sync.protocol.floor_messages import FloorTicket
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import tickets


def find_ticket(context: Context, caller: Caller, hall: str, number: str) -> FloorTicket:
    """Return today's ticket of that number; case does not matter.

    Raises:
        Refused: ``forbidden``, ``unknown_hall``, ``unknown_ticket``.
    """
    caller.require(Act.SEE_FLOOR, hall)
    day = context.today()
    found = context.storage.read(lambda connection: tickets.by_number(connection, hall, day, number.upper()))
    if found is None:
        raise refusal("unknown_ticket")
    return FloorTicket(
        number=found.number,
        business=found.business,
        state=found.state.value,
        issued_ms=found.issued_ms,
        called_ms=found.called_ms,
        window=found.window,
        to_window=found.to_window,
        priority=found.priority,
        first_clerk=found.first_clerk,
    )
