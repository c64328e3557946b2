"""过号 comes back: guide desk, floor manager or a clerk put a missed ticket into the line again (design.md)."""

from itertools import takewhile

from app.domain.queue_policy import in_order
from app.domain.revival import revivable, revived
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, TicketState
from app.domain.walk_in import lined_up
from sync.protocol.messages import TicketRevived
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.desk_acts import book
from sync.server.service.floor_order import plan_now
from sync.server.service.mirror import ticket_change
from sync.server.service.once import Request, once
from sync.server.service.out_of_turn import REVIVED, record, ticket_of_day
from sync.server.service.refusals import refusal
from sync.server.storage import feed, tickets
from sync.server.storage.engine import Transaction


def revive_ticket(context: Context, caller: Caller, hall: str, number: str, key: str) -> TicketRevived:
    """Return the ticket as it waits again, three places back in its line; the same key gets the same answer.

    Raises:
        Refused: ``unknown_ticket``, ``not_missed`` also for one that was missed three times, ``miss_expired`` after an
            hour, ``key_reused``.
    """
    caller.require(Act.REVIVE_TICKET, hall)

    def work(connection: Transaction) -> TicketRevived:
        request = Request(key, ["revive", hall, number], TicketRevived)
        return once(context, connection, caller, request, lambda: _revive(context, connection, caller, number))

    answer = context.storage.write(work)
    context.changed(hall)
    return answer


def _revive(context: Context, connection: Transaction, caller: Caller, number: str) -> TicketRevived:
    hall, now_ms = caller.hall, context.clock.now_ms()
    ticket = ticket_of_day(context, connection, hall, number)
    if ticket.state is not TicketState.MISSED:
        raise refusal("not_missed")
    if not revivable(ticket, now_ms):
        raise refusal("miss_expired")
    waits = lined_up(ticket, plan_now(context, connection, hall).calls)
    line = tickets.line(connection, hall, [waits.business], now_ms - HORIZON_MS)
    again = revived(waits, line)
    tickets.move(connection, ticket, again)
    record(context, connection, caller, again, event=REVIVED, reason="")
    book(context, connection, caller, Act.REVIVE_TICKET, {"number": number})
    feed.append(connection, hall, [ticket_change(again)])
    before = in_order([*line, again], context.plan(connection, hall).queue, now_ms)
    ahead = sum(1 for _ in takewhile(lambda each: each.ticket != again, before))
    return TicketRevived(id=again.ticket_id, number=again.number, ahead=ahead)
