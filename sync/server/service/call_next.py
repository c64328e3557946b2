"""Reserves and calls in one act: the authority decides who is next for a window (sync.md section 2)."""

from app.domain.rights import Act
from app.domain.ticket import Ticket, TicketState
from sync.protocol.messages import TicketCalled
from sync.server.service import next_ticket as policy
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.mirror import ticket_change
from sync.server.service.once import Request, once
from sync.server.service.refusals import refusal
from sync.server.storage import feed, tickets
from sync.server.storage.engine import Transaction


def call_next(context: Context, caller: Caller, hall: str, window: str, key: str) -> TicketCalled | None:
    """Return the ticket called to the window, or None when nobody waits; the same key gets the same answer.

    A ticket the window called earlier and that never came into service becomes 过号.

    Raises:
        Refused: ``unknown_window``, ``forbidden`` for another window's token, ``window_busy``, ``key_reused``.
    """
    caller.require(Act.CALL_NEXT, hall)

    def work(connection: Transaction) -> TicketCalled | None:
        request = Request(key, ["call-next", hall, window], TicketCalled | None)
        return once(context, connection, caller, request, lambda: _call(context, connection, caller, window))

    called = context.storage.write(work)
    context.changed(hall)
    return called


def _call(context: Context, connection: Transaction, caller: Caller, window: str) -> TicketCalled | None:
    hall, now_ms = caller.hall, context.clock.now_ms()
    plan = context.plan(connection, hall)
    if window not in plan.calls:
        raise refusal("unknown_window")
    if window != caller.window:
        raise refusal("forbidden")
    held = tickets.held_by(connection, hall, window, now_ms - policy.HORIZON_MS)
    if any(each.state is TicketState.SERVING for each in held):
        raise refusal("window_busy")
    changed = [_move(connection, each, policy.missed(each)) for each in held]
    ticket = _reserve(connection, hall, window, plan.calls[window], now_ms)
    if ticket is not None:
        changed.append(ticket)
    feed.append(connection, hall, [ticket_change(each) for each in changed])
    return None if ticket is None else _answer(ticket, window, now_ms)


def _reserve(
    connection: Transaction, hall: str, window: str, businesses: tuple[str, ...], now_ms: int
) -> Ticket | None:
    """Take the next ticket; when another window was faster, look again."""
    while True:
        heads = tickets.line_heads(connection, hall, businesses, now_ms - policy.HORIZON_MS)
        ticket = policy.next_ticket(heads)
        if ticket is None:
            return None
        try:
            return _move(connection, ticket, policy.called(ticket, window, now_ms))
        except tickets.Overtaken:
            continue


def _move(connection: Transaction, old: Ticket, new: Ticket) -> Ticket:
    tickets.move(connection, old, new)
    return new


def _answer(ticket: Ticket, window: str, now_ms: int) -> TicketCalled:
    return TicketCalled(
        id=ticket.ticket_id,
        number=ticket.number,
        business=ticket.business,
        priority=ticket.priority,
        rev=ticket.rev,
        issued_ms=ticket.issued_ms,
        called_ms=now_ms,
        window=window,
    )
