"""What a window says about its reserved block: that it gives a number back (sync.md section 2, rules 4 and 5)."""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from app.domain.operation import Operation
from app.domain.reserved_block import fenced, released
from app.domain.ticket import TicketState
from sync.server.service.desk import Desk, payload_of
from sync.server.service.mirror import ticket_change
from sync.server.service.ticket_ops import named
from sync.server.storage import blocks, tickets
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _Released:
    epoch: Annotated[int, msgspec.Meta(ge=1)]


def ticket_released(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Let the ticket wait again at its old place; a word that comes after the fence, or too late for it, does nothing.

    Without the fence a release that was long on its way would take a newer reservation of the same number away.
    """
    ticket = named(desk, operation)
    fence = blocks.marks(desk.connection, desk.hall, desk.window).fence_epoch
    if fenced(fence, payload_of(operation, _Released).epoch):
        return []
    if ticket.state is not TicketState.RESERVED or ticket.window != desk.window:
        return []
    after = released(ticket)
    tickets.move(desk.connection, ticket, after)
    return [ticket_change(after)]
