"""What board and dashboard show of a hall: windows, queues, the last calls; ticket numbers only, no person."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.domain.floor import WindowStatus
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, IN_LINE, Ticket, TicketState
from app.domain.transfer import OFFERED, entered_line
from sync.protocol.messages import BusinessState, HallCall, HallState, WindowState
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import plan_now
from sync.server.service.hall_notice import notice_of
from sync.server.service.hall_plan import HallPlan
from sync.server.service.refusals import refusal
from sync.server.storage import floor, halls, pauses, tickets
from sync.server.storage.engine import Transaction

_CALLS_SHOWN = 8
_STATUS = {TicketState.CALLED: WindowStatus.CALLING, TicketState.SERVING: WindowStatus.SERVING}
_SHOWN = (*sorted(IN_LINE), TicketState.CALLED, TicketState.SERVING)


def hall_state(context: Context, caller: Caller, hall: str) -> HallState:
    """Return the hall as it stands.

    Raises:
        Refused: ``forbidden`` or ``unknown_hall``.
    """
    caller.require(Act.SEE_HALL, hall)
    now_ms, today = context.clock.now_ms(), context.today()

    def work(connection: Transaction) -> HallState:
        state = halls.get(connection, hall)
        if state is None:
            raise refusal("unknown_hall")
        plan = plan_now(context, connection, hall)
        closed = frozenset(each.window for each in floor.orders(connection, hall).values() if each.closed)
        shown = tickets.in_states(connection, hall, _SHOWN, now_ms - HORIZON_MS)
        shown += _in_line_by_now(tickets.in_states(connection, hall, OFFERED, now_ms - HORIZON_MS), now_ms)
        opened = halls.opened(connection, hall, today)
        paused = pauses.paused(connection, hall)
        return HallState(
            hall=hall,
            head=state.head,
            server_time=now_ms,
            business_date=today,
            businesses=[_business(code, name, shown) for code, name in plan.businesses.items()],
            windows=[
                _window(number, plan, shown, is_open=number in opened - closed, paused=number in paused)
                for number in plan.calls
            ],
            calls=_calls(shown),
            notice=notice_of(connection, hall),
        )

    return context.storage.read(work)


def heads(context: Context, codes: Collection[str]) -> dict[str, int]:
    """Return the newest number of each hall's feed: all that a hint carries."""
    return context.storage.look(lambda connection: halls.heads(connection, codes))


def _in_line_by_now(offered: Sequence[Ticket], now_ms: int) -> list[Ticket]:
    """Return the tickets handed on whose minute is over, as the waiting ones they are by now."""
    waits = (each for each in offered if entered_line(each, now_ms))
    return [replace(each, state=TicketState.WAITING, window=None, called_ms=None) for each in waits]


def _business(code: str, name: str, shown: Sequence[Ticket]) -> BusinessState:
    waiting = [each for each in shown if each.business == code and each.state in IN_LINE]
    return BusinessState(
        code=code,
        name=name,
        waiting=len(waiting),
        oldest_issued_ms=min((each.issued_ms for each in waiting), default=None),
    )


def _calls(shown: Sequence[Ticket]) -> tuple[HallCall, ...]:
    called = sorted((each for each in shown if each.called_ms is not None), key=lambda each: -(each.called_ms or 0))
    return tuple(
        HallCall(number=each.number, window=each.window or "", called_ms=each.called_ms or 0)
        for each in called[:_CALLS_SHOWN]
    )


def _window(number: str, plan: HallPlan, shown: Sequence[Ticket], *, is_open: bool, paused: bool) -> WindowState:
    held = [each for each in shown if each.window == number and each.state not in IN_LINE]
    current = max(held, key=lambda each: each.called_ms or 0, default=None)
    return WindowState(
        window=number,
        businesses=list(plan.calls[number]),
        open=is_open,
        ticket=current.number if current else None,
        state=current.state.value if current else None,
        called_ms=current.called_ms if current else None,
        status=_STATUS[current.state] if current else _without_ticket(is_open=is_open, paused=paused),
    )


def _without_ticket(*, is_open: bool, paused: bool) -> WindowStatus:
    if not is_open:
        return WindowStatus.CLOSED
    return WindowStatus.PAUSED if paused else WindowStatus.IDLE
