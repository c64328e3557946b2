"""What a window says about the numbers kept for it: that it gave one out itself, or gives one back (sync.md 2)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import msgspec

from app.domain.operation import Operation
from app.domain.reserved_block import fenced, released
from app.domain.ticket import BORN, Ticket, TicketState
from app.domain.walk_in import BUSINESS, of_own_series
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.floor_order import plan_now
from sync.server.service.mirror import ticket_change
from sync.server.service.ticket_ops import named
from sync.server.storage import blocks, tickets
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _Released:
    epoch: Annotated[int, msgspec.Meta(ge=1)] | None


@dataclass(frozen=True, slots=True)
class _Issued:
    number: str
    window: str
    business: str
    business_date: date
    issued_ms: int


def ticket_released(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Let the ticket wait again at its old place; a word that comes after the fence, or too late for it, does nothing.

    A window that never heard of the epoch gives back a number of its own series, which is reserved once only.
    Without the fence a release that was long on its way would take a newer reservation of the same number away.
    """
    ticket = named(desk, operation)
    fence = blocks.marks(desk.connection, desk.hall, desk.window).fence_epoch
    if fenced(fence, payload_of(operation, _Released).epoch or ticket.epoch):
        return []
    if ticket.state is not TicketState.RESERVED or ticket.window != desk.window:
        return []
    after = released(ticket)
    tickets.move(desk.connection, ticket, after)
    return [ticket_change(after)]


def ticket_issued(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Make the ticket a window gave out while it was cut off: it waits for that window, as its reserved block does.

    Only this counter can give this number (sync.md section 2, rule 7). It takes the next epoch of the window, so that
    call, paper, release and fence mean what they mean for every reserved number.
    """
    came = payload_of(operation, _Issued)
    plan = plan_now(desk.context, desk.connection, desk.hall)
    if came.window != desk.window or not of_own_series(came.number, desk.counter):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    marks = blocks.lock(desk.connection, desk.hall, desk.window)
    ticket = Ticket(
        ticket_id=operation.entity_id,
        hall=desk.hall,
        number=came.number,
        business=came.business if came.business in plan.businesses else BUSINESS,
        state=TicketState.RESERVED,
        rev=BORN,
        issued_ms=min(came.issued_ms, desk.context.clock.now_ms()),
        window=desk.window,
        business_date=came.business_date.isoformat(),
        epoch=marks.epoch + 1,
    )
    if not tickets.add_new(desk.connection, ticket):
        raise Parked(Reason.DUPLICATE_NUMBER)
    blocks.put(desk.connection, desk.hall, desk.window, replace(marks, epoch=ticket.epoch))
    return [ticket_change(ticket)]
