"""What a number's paper says (SL-01): whoever gave the number out prints it from these fields."""

from itertools import takewhile

from app.domain.number_slip import NumberPaper, number_fields
from app.domain.queue_policy import in_order
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, IN_LINE, Ticket
from sync.protocol.messages import NumberSlip
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import plan_now
from sync.server.service.hall_plan import HallPlan
from sync.server.service.next_ticket import eta_minutes
from sync.server.service.out_of_turn import ticket_of_day
from sync.server.storage import halls, tickets
from sync.server.storage.engine import Transaction

_RECENT = 20


def number_slip(context: Context, caller: Caller, hall: str, number: str) -> NumberSlip:
    """Return the fields of SL-01 as they hold now.

    Raises:
        Refused: ``forbidden``, ``unknown_hall``, ``unknown_ticket``.
    """
    caller.require(Act.ISSUE_TICKET, hall)

    def work(connection: Transaction) -> NumberSlip:
        ticket = ticket_of_day(context, connection, hall, number)
        plan = plan_now(context, connection, hall)
        return NumberSlip(**number_fields(ticket, _paper(context, connection, ticket, plan)))  # type: ignore[arg-type]

    return context.storage.read(work)


def _paper(context: Context, connection: Transaction, ticket: Ticket, plan: HallPlan) -> NumberPaper:
    now_ms = context.clock.now_ms()
    opened = halls.opened(connection, ticket.hall, context.today())
    windows = sorted(plan.windows_of(ticket.business) & opened) or sorted(plan.windows_of(ticket.business))
    ahead = 0
    if ticket.state in IN_LINE:
        line = tickets.line(connection, ticket.hall, [ticket.business], now_ms - HORIZON_MS)
        ahead = sum(1 for _ in takewhile(lambda each: each.ticket != ticket, in_order(line, plan.queue, now_ms)))
    lengths = tickets.service_lengths(connection, ticket.hall, ticket.business, at_most_ms=HORIZON_MS, limit=_RECENT)
    return NumberPaper(
        hall=plan.place.name,
        business=plan.businesses.get(ticket.business, ticket.business),
        windows=tuple(windows),
        zones=tuple(plan.place.zones.get(each, "") for each in windows),
        hall_tel=plan.place.hall_tel,
        ahead=ahead,
        eta=eta_minutes(ahead, lengths, len(opened.intersection(windows))),
        priority=ticket.priority and plan.priorities.get(ticket.priority, ticket.priority),
    )
