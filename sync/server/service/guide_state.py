"""What the guide desk's view shows: the lines, who was called in vain, and which numbers went out today."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.business_day import start_of_day_ms
from app.domain.floor import wait_level
from app.domain.revival import REVIVE_WITHIN_MS, missed_at, revivable
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, IN_LINE, Ticket, TicketState
from sync.protocol.floor_messages import FloorPriority, FloorQueue
from sync.protocol.guide_messages import GuideGiven, GuideMissed, GuideState
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import plan_now
from sync.server.service.hall_plan import HallPlan
from sync.server.service.refusals import refusal
from sync.server.storage import floor, halls, tickets
from sync.server.storage.engine import Transaction

GIVEN_SHOWN = 60


def guide_state(context: Context, caller: Caller, hall: str) -> GuideState:
    """Return everything the view shows, read on one consistent view.

    Raises:
        Refused: ``forbidden`` or ``unknown_hall``.
    """
    caller.require(Act.SEE_GUIDE_DESK, hall)
    return context.storage.read(lambda connection: _state(context, connection, hall))


def _state(context: Context, connection: Transaction, hall: str) -> GuideState:
    row = halls.get(connection, hall)
    if row is None:
        raise refusal("unknown_hall")
    now_ms, today = context.clock.now_ms(), context.today()
    plan = plan_now(context, connection, hall)
    good = tickets.in_states(connection, hall, tuple(TicketState), now_ms - HORIZON_MS)
    missed = sorted((each for each in good if revivable(each, now_ms)), key=missed_at, reverse=True)
    given = sorted((each for each in good if each.business_date == today), key=_issued, reverse=True)
    givers = _givers(connection, hall, start_of_day_ms(date.fromisoformat(today)))
    opened = halls.opened(connection, hall, today)
    return GuideState(
        hall=hall,
        head=row.head,
        server_time=now_ms,
        centre=plan.floor.centre,
        closes=plan.floor.closes,
        queues=[_queue(code, plan, good, opened, now_ms) for code in plan.businesses],
        priorities=[FloorPriority(code=code, name=name) for code, name in plan.priorities.items()],
        missed=[_missed(each) for each in missed],
        given=[_given(each, givers) for each in given[:GIVEN_SHOWN]],
    )


def _issued(ticket: Ticket) -> tuple[int, str]:
    return ticket.issued_ms, ticket.ticket_id


def _givers(connection: Transaction, hall: str, since_ms: int) -> Mapping[str, str]:
    acts = floor.acts_since(connection, hall, since_ms)
    return {str(each.detail["number"]): each.clerk for each in acts if each.act == Act.ISSUE_TICKET.value}


def _queue(code: str, plan: HallPlan, good: Sequence[Ticket], opened: frozenset[str], now_ms: int) -> FloorQueue:
    waiting = [each for each in good if each.business == code and each.state in IN_LINE]
    oldest = min(waiting, key=_issued, default=None)
    level = wait_level((now_ms - oldest.issued_ms) // 60_000 if oldest else 0, plan.floor.limits)
    return FloorQueue(
        code=code,
        name=plan.businesses[code],
        waiting=len(waiting),
        oldest_issued_ms=oldest.issued_ms if oldest else None,
        first=oldest.number if oldest else None,
        level=level.value if level else None,
        windows=sorted(plan.windows_of(code) & opened),
    )


def _missed(ticket: Ticket) -> GuideMissed:
    return GuideMissed(
        number=ticket.number,
        business=ticket.business,
        window=ticket.window,
        priority=ticket.priority,
        missed_ms=missed_at(ticket),
        until_ms=missed_at(ticket) + REVIVE_WITHIN_MS,
    )


def _given(ticket: Ticket, givers: Mapping[str, str]) -> GuideGiven:
    return GuideGiven(
        number=ticket.number,
        business=ticket.business,
        state=ticket.state.value,
        priority=ticket.priority,
        issued_ms=ticket.issued_ms,
        window=ticket.window,
        by=givers.get(ticket.number),
    )
