"""Reserves and calls in one act: the authority decides who is next for a window (sync.md section 2)."""

from app.domain.queue_policy import Choice
from app.domain.rights import Act
from app.domain.ticket import Ticket
from sync.protocol.messages import TicketCalled
from sync.server.service.caller import Caller
from sync.server.service.calling import CallingWindow, answer, called_to, calling_window, next_in_line, pass_over
from sync.server.service.context import Context
from sync.server.service.mirror import ticket_change
from sync.server.service.once import Request, once
from sync.server.storage import feed, tickets
from sync.server.storage.engine import Transaction


def call_next(context: Context, caller: Caller, hall: str, window: str, key: str) -> TicketCalled | None:
    """Return the ticket called to the window, or None when nobody waits; the same key gets the same answer.

    A ticket the window called earlier and that never came into service becomes 过号.

    Raises:
        Refused: ``unknown_window``, ``forbidden`` for another window's token, ``window_busy``, ``window_closed``,
            ``key_reused``.
    """
    caller.require(Act.CALL_NEXT, hall)

    def work(connection: Transaction) -> TicketCalled | None:
        request, changed = Request(key, ["call-next", hall, window], TicketCalled | None), list[Ticket]()
        called = once(context, connection, caller, request, lambda: _call(context, connection, caller, window, changed))
        feed.append(connection, hall, [ticket_change(each) for each in changed])
        return called

    with context.one_call(hall):
        called = context.storage.write(work)
    context.changed(hall)
    return called


def _call(
    context: Context, connection: Transaction, caller: Caller, window: str, changed: list[Ticket]
) -> TicketCalled | None:
    """Call; ``changed`` is what the feed has to tell of it, last in the transaction."""
    at = calling_window(context, connection, caller, window)
    changed += pass_over(connection, at)
    choice, ticket = _reserve(connection, at)
    if ticket is not None:
        changed.append(ticket)
    return None if ticket is None else answer(at, ticket, choice)


def _reserve(connection: Transaction, at: CallingWindow) -> tuple[Choice | None, Ticket | None]:
    """Take the next ticket; when another window was faster, look again."""
    while True:
        choice = next_in_line(connection, at)
        if choice is None:
            return None, None
        try:
            return choice, called_to(connection, at, choice.ticket)
        except tickets.Overtaken:
            continue
