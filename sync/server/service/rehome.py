"""Gives the tickets that wait for one window alone a new home before that window closes (flows.md section 20)."""

from app.domain.rehome import HOLDABLE, homes, kept_by, rehomed
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, IN_LINE, Ticket
from app.domain.transfer import WindowLine
from sync.protocol.floor_messages import FloorDone, RehomeTickets
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, known_window, perform, plan_now
from sync.server.service.mirror import ticket_change
from sync.server.storage import floor, halls, pauses, tickets
from sync.server.storage.engine import Transaction


def rehome_tickets(
    context: Context, caller: Caller, hall: str, window: str, request: RehomeTickets, *, key: str
) -> FloorDone:
    """Send those of the named tickets that still wait for this window alone to their line, or to another window.

    The answer lists what stays with the window because nobody else could call it.

    Raises:
        Refused: ``unknown_window`` and what ``perform`` refuses.
    """
    wish = Wish(Act.REHOME_TICKETS, hall, key, {"window": window, "numbers": list(request.numbers)})

    def work(connection: Transaction) -> Outcome:
        known_window(context, connection, hall, window)
        now_ms = context.clock.now_ms()
        waiting = tickets.in_states(connection, hall, HOLDABLE, now_ms - HORIZON_MS)
        kept = [each for each in waiting if kept_by(each, window) and each.number in request.numbers]
        found = homes(kept, window, _lines(context, connection, hall, window))
        moved: list[tuple[Ticket, Ticket]] = [(each.ticket, rehomed(each, now_ms)) for each in found if each.there]
        for before, after in moved:
            tickets.move(connection, before, after)
        stay = tuple(each.ticket.number for each in found if not each.there)
        return Outcome(tuple(ticket_change(after) for _, after in moved), held=stay)

    return perform(context, caller, wish, work)


def _lines(context: Context, connection: Transaction, hall: str, closing: str) -> list[WindowLine]:
    """Return the windows with their lines; the one that closes with what it called while it was open."""
    plan, published = plan_now(context, connection, hall), context.plan(connection, hall)
    order = floor.orders(connection, hall).get(closing)
    laid_down = order.businesses if order is not None else None
    calls = {**plan.calls, closing: laid_down if laid_down is not None else published.calls[closing]}
    since_ms = context.clock.now_ms() - HORIZON_MS
    line = [each.business for each in tickets.in_states(connection, hall, IN_LINE, since_ms)]
    at_work = halls.opened(connection, hall, context.today()) - pauses.paused(connection, hall).keys()
    return [
        WindowLine(window, codes, sum(line.count(code) for code in codes), open=bool(codes) and window in at_work)
        for window, codes in calls.items()
    ]
