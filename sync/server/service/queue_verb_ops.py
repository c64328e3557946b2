"""What a window does with a ticket it called: again, not at all, later; and tickets of its own series.

The window acted before the authority heard of it, so a ticket that its next call passed over meanwhile is what the
window says it is, as long as it is still this window's.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.operation import Operation
from app.domain.ticket import TICKET, Ticket, TicketEvent, TicketState
from app.domain.walk_in import BUSINESS, lined_up, of_own_series
from sync.server.service import next_ticket as policy
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.floor_order import plan_now
from sync.server.service.mirror import ticket_change
from sync.server.service.ticket_ops import named
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_PASSED_OVER = frozenset({TicketState.MISSED, TicketState.VOID})


@dataclass(frozen=True, slots=True)
class _Recalled:
    called_ms: int


@dataclass(frozen=True, slots=True)
class _WalkedIn:
    number: str
    window: str
    business_date: date
    served_ms: int


def ticket_recalled(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Count the call; ``called_ms`` follows it until the citizen is there, for the length of service begins then.

    Whom the window's next call passed over meanwhile stays passed over until they come; then they are served.
    """
    ticket = _here(desk, operation)
    if ticket.state in _PASSED_OVER:
        return []
    again = _after(ticket, TicketEvent.RECALL, calls=max(ticket.calls, 1) + 1)
    if ticket.state is TicketState.CALLED:
        again = replace(again, called_ms=payload_of(operation, _Recalled).called_ms)
    return _put(desk, ticket, again)


def ticket_withdrawn(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Let a ticket wait again where it waited: its place is its age, which a call does not change.

    A walk-in that was handed on never waited; now it does.
    """
    ticket = _here(desk, operation)
    waits = lined_up(_called(ticket), plan_now(desk.context, desk.connection, desk.hall).calls)
    waiting = _after(waits, TicketEvent.WITHDRAW, window=None, called_ms=None, calls=0)
    return _put(desk, ticket, replace(waiting, rev=ticket.rev + 1))


def ticket_missed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Pass the ticket over, once, by the policy of the hall."""
    ticket = _here(desk, operation)
    if ticket.state in _PASSED_OVER:
        return []
    missed_ms = min(operation.wall_ms, desk.context.clock.now_ms())
    return _put(desk, ticket, policy.missed(ticket, missed_ms))


def ticket_unmissed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Take a no-show back: the ticket is called as before, and that miss does not count, the third neither."""
    ticket = _here(desk, operation)
    if ticket.state not in _PASSED_OVER:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    return _put(desk, ticket, _called(ticket))


def ticket_held(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Put the ticket aside: it stays this window's, and the window is free."""
    ticket = _here(desk, operation)
    held = _after(_called(ticket), TicketEvent.HOLD)
    return _put(desk, ticket, replace(held, rev=ticket.rev + 1))


def ticket_resumed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Serve a held ticket again."""
    ticket = _here(desk, operation)
    return _put(desk, ticket, _after(ticket, TicketEvent.RESUME))


def ticket_continued(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Take note that one matter is done and the citizen stays for another: the ticket goes on being served."""
    if _here(desk, operation).state is not TicketState.SERVING:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    return []


def ticket_walked_in(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Make the ticket of a citizen who came without one; only this counter can give this number."""
    came = payload_of(operation, _WalkedIn)
    if came.window != desk.window or not of_own_series(came.number, desk.counter):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    day = came.business_date.isoformat()
    ticket = Ticket(
        ticket_id=operation.entity_id,
        hall=desk.hall,
        number=came.number,
        business=BUSINESS,
        state=TicketState.SERVING,
        rev=1,
        issued_ms=came.served_ms,
        window=desk.window,
        called_ms=came.served_ms,
        business_date=day,
        first_clerk=actor.clerk,
    )
    if not desk.known.add_ticket(desk.connection, ticket):
        raise Parked(Reason.DUPLICATE_NUMBER)
    return [ticket_change(ticket)]


def _here(desk: Desk, operation: Operation) -> Ticket:
    ticket = named(desk, operation)
    if ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    return ticket


def _called(ticket: Ticket) -> Ticket:
    """Return the ticket without the miss that the window knew nothing of, or took back."""
    if ticket.state not in _PASSED_OVER or not ticket.misses:
        return ticket
    return _after(ticket, TicketEvent.UNMISS, misses=ticket.misses - 1, missed_ms=None)


def _after(ticket: Ticket, event: TicketEvent, **changes: str | int | None) -> Ticket:
    state = TICKET.after(ticket.state, event)
    return replace(ticket, state=state, rev=ticket.rev + 1, **changes)  # type: ignore[arg-type] # names fix the types


def _put(desk: Desk, before: Ticket, after: Ticket) -> list[Change]:
    desk.known.move(desk.connection, before, after)
    return [ticket_change(after)]
