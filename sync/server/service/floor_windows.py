"""What one window does now, told from its tickets, its order, its day and its pause."""

from collections.abc import Collection, Sequence

from app.domain.floor import HelpFacts, WindowFacts, WindowOrder, WindowStatus
from app.domain.floor_figures import TicketTimes, mean, services_ms
from app.domain.ticket import TicketState
from app.domain.transfer import OFFERED
from sync.server.service.hall_plan import HallPlan
from sync.server.storage import help_calls
from sync.server.storage.engine import Transaction
from sync.server.storage.floor_day import DayTicket
from sync.server.storage.pauses import WindowPaused

_STATUS = {TicketState.SERVING: WindowStatus.SERVING, TicketState.CALLED: WindowStatus.CALLING}


def helps_of(connection: Transaction, hall: str) -> tuple[HelpFacts, ...]:
    """Return the calls for help nobody has answered."""
    return tuple(
        HelpFacts(each.help_id, each.window, each.asked_ms) for each in help_calls.open_calls(connection, hall)
    )


def window_facts(
    number: str,
    plan: HallPlan,
    published: HallPlan,
    tickets: Sequence[DayTicket],
    *,
    order: WindowOrder | None,
    opened: Collection[str],
    pause: WindowPaused | None,
    cut_off_since_ms: int | None = None,
) -> WindowFacts:
    """Return the window as it is; a ticket in hand says more than an order to close or a pause."""
    here = [each for each in tickets if each.window == number]
    current = max((each for each in here if each.state in _STATUS), key=lambda each: each.called_ms or 0, default=None)
    closed = order is not None and order.closed
    if current is not None:
        status, since_ms = _STATUS[current.state], current.called_ms
    elif closed or number not in opened:
        status, since_ms = WindowStatus.CLOSED, None
    elif pause is not None:
        status, since_ms = WindowStatus.PAUSED, pause.paused_since
    else:
        status, since_ms = WindowStatus.IDLE, max((each.closed_ms or 0 for each in here), default=0) or None
    return WindowFacts(
        window=number,
        status=status,
        businesses=_businesses(number, plan, published, order),
        may=published.floor.may.get(number, frozenset()),
        opened=number in opened,
        ticket=current.number if current else None,
        since_ms=since_ms,
        mean_ms=_mean(current.business, tickets) if current else None,
        paused_until_ms=pause.paused_until if pause else None,
        held=tuple(each.number for each in tickets if _waits_for(each, number)),
        reserved=tuple(each.number for each in sorted(here, key=_epoch) if each.state is TicketState.RESERVED),
        cut_off_since_ms=cut_off_since_ms,
    )


def _businesses(number: str, plan: HallPlan, published: HallPlan, order: WindowOrder | None) -> tuple[str, ...]:
    """Return what the window calls, or would call once it is opened again."""
    if order is not None and order.closed:
        return order.businesses if order.businesses is not None else published.calls[number]
    return plan.calls[number]


def _mean(business: str, tickets: Sequence[DayTicket]) -> int | None:
    return mean(
        services_ms(
            [
                TicketTimes(each.issued_ms, each.called_ms, each.closed_ms)
                for each in tickets
                if each.business == business and each.state is TicketState.DONE
            ]
        )
    )


def _epoch(each: DayTicket) -> int:
    return each.epoch


def _waits_for(each: DayTicket, number: str) -> bool:
    """Say whether the ticket waits for this window alone, so that nobody sees to it once the window is closed."""
    return (each.state is TicketState.HELD and each.window == number) or (
        each.state in OFFERED and each.to_window == number
    )
