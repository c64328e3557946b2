"""What a window says about tickets and its day; its own record of a call or a citizen at the desk is a fact."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

import msgspec

from app.domain.business_day import business_date
from app.domain.operation import Operation
from app.domain.ticket import IN_LINE, TICKET, Ticket, TicketEvent, TicketState
from app.domain.visit import CAME_TO_NOTHING, Outcome
from sync.server.service import contact_ops, next_ticket
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.lost_tickets import lost_ticket
from sync.server.service.mirror import ticket_change
from sync.server.storage import halls
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_HELD = frozenset({TicketState.CALLED, TicketState.SERVING, TicketState.HELD, TicketState.DONE, TicketState.LEFT})

_OUTCOMES = frozenset(Outcome) - CAME_TO_NOTHING - {Outcome.LEFT}
"""What a finished visit may end in; who left is told by ``ticket.left`` with the reason."""


@dataclass(frozen=True, slots=True)
class _DayOpened:
    business_date: date


@dataclass(frozen=True, slots=True)
class _Ticket:
    number: str
    window: str


@dataclass(frozen=True, slots=True)
class _Called:
    called_ms: int
    epoch: Annotated[int, msgspec.Meta(ge=1)] | None


@dataclass(frozen=True, slots=True)
class _Presented:
    number: str
    window: str
    ticket_id: str | None


@dataclass(frozen=True, slots=True)
class _Finished:
    outcome: Outcome


def day_opened(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Record the window's business day, which never goes backwards (sync.md section 3)."""
    day = payload_of(operation, _DayOpened).business_date.isoformat()
    if operation.entity_id != desk.window:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    last = halls.business_date(desk.connection, desk.hall, desk.window)
    if last is not None and day < last:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    halls.open_day(desk.connection, desk.hall, desk.window, day)
    return []


def ticket_called(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Take note of a call the authority gave, or record one the window made out of its reserved block while cut off.

    The window's word is the fact, also after the fence: who waits is called. Only where another window has the ticket
    by now does a person see to it. Of what the authority gave, one restored from a backup still has to record it.
    """
    called = payload_of(operation, _Called)
    ticket = named(desk, operation)
    if ticket.state is not TicketState.WAITING and ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    if ticket.state not in IN_LINE:
        return []
    called_ms = max(ticket.issued_ms, min(called.called_ms, desk.context.clock.now_ms()))
    after = next_ticket.called(ticket, desk.window, called_ms)
    desk.known.move(desk.connection, ticket, after)
    return [ticket_change(after)]


def ticket_presented(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Serve by the paper in the citizen's hand, unless another window already has this ticket."""
    shown = payload_of(operation, _Presented)
    ticket = _find(desk, operation, shown.ticket_id or shown.number)
    if shown.window != desk.window or ticket.number != shown.number:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    _refuse_if_elsewhere(desk, ticket)
    event = TicketEvent.SERVE if ticket.state is TicketState.CALLED else TicketEvent.PRESENT
    return move(desk, ticket, event, operation)


def ticket_served(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Put a called ticket into service; one that was passed over meanwhile did come to this window after all."""
    ticket = named(desk, operation)
    if ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    event = TicketEvent.PRESENT if ticket.state is TicketState.MISSED else TicketEvent.SERVE
    return move(desk, ticket, event, operation)


def ticket_finished(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Close the ticket with what the visit ended in; without an outcome it stays open (domain rule I18)."""
    ticket = named(desk, operation)
    if payload_of(operation, _Finished).outcome not in _OUTCOMES:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    return move(desk, ticket, TicketEvent.FINISH, operation, closed_ms=operation.wall_ms)


def named(desk: Desk, operation: Operation) -> Ticket:
    """Return the ticket that entity id, number and window of the operation agree on."""
    payload = payload_of(operation, _Ticket)
    ticket = _find(desk, operation, operation.entity_id)
    if (payload.number, payload.window) != (ticket.number, desk.window):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return ticket


def _find(desk: Desk, operation: Operation, id_or_number: str) -> Ticket:
    """Return the ticket with this id, or with this number on the day of the operation or the day before.

    A counter that was shown a paper it never heard of knows only the number; service may last past midnight.
    """
    known = desk.known
    ticket = known.ticket(desk.connection, desk.hall, id_or_number)
    for days in (0, 1):
        ticket = ticket or known.ticket_by_number(desk.connection, desk.hall, _day(operation, days), id_or_number)
    ticket = ticket or lost_ticket(desk, operation)
    if ticket is None:
        raise Parked(Reason.UNKNOWN_TICKET)
    return ticket


def _day(operation: Operation, days_before: int) -> str:
    try:
        return (business_date(operation.wall_ms) - timedelta(days=days_before)).isoformat()
    except OverflowError as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error


def _refuse_if_elsewhere(desk: Desk, ticket: Ticket) -> None:
    if ticket.state in _HELD and ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)


def move(
    desk: Desk, ticket: Ticket, event: TicketEvent, operation: Operation, closed_ms: int | None = None
) -> list[Change]:
    """Move the ticket at this window; whoever serves it first stays the first clerk.

    Raises:
        IllegalTransition: no such event in its state.
    """
    state = TICKET.after(ticket.state, event)
    asked_now = operation.actor.clerk if state is TicketState.SERVING else None
    after = replace(
        ticket,
        state=state,
        rev=ticket.rev + 1,
        window=desk.window,
        called_ms=ticket.called_ms or operation.wall_ms,
        first_clerk=ticket.first_clerk or asked_now,
        to_window=None,
        offered_ms=None,
    )
    desk.known.move(desk.connection, ticket, after, closed_ms)
    return [ticket_change(after), *([] if closed_ms is None else contact_ops.ended(desk, after))]
