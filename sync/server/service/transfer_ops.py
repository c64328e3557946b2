"""What windows say of a ticket that one hands to another: handed over, taken, or sent back (flows.md section 7)."""

from dataclasses import dataclass, replace

from app.domain import transfer
from app.domain.operation import Operation
from app.domain.ticket import TICKET, Ticket, TicketEvent, TicketState
from app.domain.transfer import OFFERED, DeclineReason
from sync.server.service import contact_ops
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.mirror import ticket_change
from sync.server.service.ticket_ops import named
from sync.server.storage import tickets
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_LONGEST_NUMBER = 16
_PASSED_OVER = frozenset({TicketState.MISSED, TicketState.VOID})
_AT_WINDOW = frozenset({TicketState.CALLED, TicketState.SERVING})


@dataclass(frozen=True, slots=True)
class _Transferred:
    to_window: str


@dataclass(frozen=True, slots=True)
class _Referred:
    to_window: str
    business: str
    to_number: str | None


@dataclass(frozen=True, slots=True)
class _Declined:
    reason: DeclineReason


def ticket_transferred(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Hand the ticket to another window; the minute for its answer begins when the authority hears of it."""
    ticket = named(desk, operation)
    to_window = payload_of(operation, _Transferred).to_window
    if ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    if to_window == desk.window or to_window not in desk.context.plan(desk.connection, desk.hall).calls:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    after = transfer.handed_over(_not_passed_over(ticket), to_window, desk.context.clock.now_ms())
    return [*_put(desk, ticket, after), *contact_ops.handed(desk, ticket, to_window, actor.clerk)]


def ticket_referred(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep where a citizen went on to with their paper; the log is the register, the number is a ticket already."""
    ticket = named(desk, operation)
    referred = payload_of(operation, _Referred)
    if ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    plan = desk.context.plan(desk.connection, desk.hall)
    known = referred.to_window in plan.calls and referred.to_window != desk.window
    known = known and referred.business in ("", *plan.businesses)
    if not known or len(referred.to_number or "") > _LONGEST_NUMBER:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return []


def ticket_taken(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Call the ticket to the window that took it, unless the window's own next call did so already."""
    ticket = named(desk, operation)
    if ticket.state in OFFERED and ticket.to_window == desk.window:
        called_ms = min(operation.wall_ms, desk.context.clock.now_ms())
        return _put(desk, ticket, transfer.taken(ticket, desk.window, called_ms))
    if ticket.state in _AT_WINDOW and ticket.window == desk.window:
        return []
    raise Parked(Reason.TAKEN_ELSEWHERE)


def ticket_declined(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Send the ticket back to the window it came from, with the reason."""
    ticket = named(desk, operation)
    reason = payload_of(operation, _Declined).reason
    if ticket.to_window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    return _put(desk, ticket, transfer.declined(ticket, desk.context.clock.now_ms(), reason.value))


def _not_passed_over(ticket: Ticket) -> Ticket:
    """Return the ticket without the miss the window's next call made of it: the window had handed it over by then."""
    if ticket.state not in _PASSED_OVER or not ticket.misses:
        return ticket
    state = TICKET.after(ticket.state, TicketEvent.UNMISS)
    return replace(ticket, state=state, misses=ticket.misses - 1, missed_ms=None)


def _put(desk: Desk, before: Ticket, after: Ticket) -> list[Change]:
    tickets.move(desk.connection, before, after)
    return [ticket_change(after)]
