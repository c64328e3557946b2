"""Calls one number out of turn, for a reason that is recorded: the clerk's Shift+F2 (flows.md section 7)."""

from app.domain.chosen import ChosenReason
from app.domain.revival import revivable, revived
from app.domain.rights import Act
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import OFFERED
from sync.protocol.messages import CallChosen, TicketCalled
from sync.server.service.caller import Caller
from sync.server.service.calling import CallingWindow, answer, called_to, calling_window, pass_over
from sync.server.service.context import Context
from sync.server.service.mirror import ticket_change
from sync.server.service.once import Request, once
from sync.server.service.out_of_turn import CHOSEN, record, ticket_of_day
from sync.server.service.refusals import refusal
from sync.server.storage import feed, tickets
from sync.server.storage.engine import Transaction


def call_chosen(
    context: Context, caller: Caller, hall: str, window: str, request: CallChosen, *, key: str
) -> TicketCalled:
    """Return the ticket called to the window; the same key gets the same answer.

    A ticket that was missed within the hour is revived by it. One that this window called already is called still.

    Raises:
        Refused: ``unknown_ticket``, ``not_at_this_window``, ``taken_elsewhere``, ``reserved_elsewhere``,
            ``not_waiting``, ``malformed`` for an unknown reason, and what ``call_next`` refuses.
    """
    caller.require(Act.CALL_NEXT, hall)
    if request.reason not in set(ChosenReason):
        raise refusal("malformed")

    def work(connection: Transaction) -> TicketCalled:
        asked = Request(key, ["call", hall, window, request.number, request.reason], TicketCalled)
        return once(context, connection, caller, asked, lambda: _call(context, connection, caller, window, request))

    called = context.storage.write(work)
    context.changed(hall)
    return called


def _call(context: Context, connection: Transaction, caller: Caller, window: str, request: CallChosen) -> TicketCalled:
    at = calling_window(context, connection, caller, window)
    ticket = ticket_of_day(context, connection, at.hall, request.number)
    changed = pass_over(connection, at, ticket.ticket_id)
    if ticket.state is not TicketState.CALLED or ticket.window != window:
        before = _fit_to_call(connection, at, ticket)
        changed += [] if before is ticket else [before]
        ticket = called_to(connection, at, before)
        changed.append(ticket)
    record(context, connection, caller, ticket, event=CHOSEN, reason=request.reason)
    feed.append(connection, at.hall, [ticket_change(each) for each in changed])
    return answer(at, ticket)


def _fit_to_call(connection: Transaction, at: CallingWindow, ticket: Ticket) -> Ticket:
    """Return the ticket as one that may be called here: itself, or revived.

    Raises:
        Refused: with what stands against it.
    """
    if ticket.state in OFFERED:
        if ticket.to_window != at.window:
            raise refusal("taken_elsewhere")
        return ticket
    if ticket.state is TicketState.RESERVED:
        if ticket.window != at.window:
            raise refusal("reserved_elsewhere")
        return ticket
    if ticket.business not in at.businesses:
        raise refusal("not_at_this_window")
    if ticket.state is TicketState.WAITING:
        return ticket
    if ticket.state in (TicketState.CALLED, TicketState.SERVING) and ticket.window != at.window:
        raise refusal("taken_elsewhere")
    if not revivable(ticket, at.now_ms):
        raise refusal("not_waiting")
    again = revived(ticket, ())
    tickets.move(connection, ticket, again)
    return again
