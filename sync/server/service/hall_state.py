"""What board and dashboard show of a hall: windows, queues, the last calls; ticket numbers only, no person."""

from collections.abc import Sequence

from app.domain.rights import Act
from app.domain.ticket import Ticket, TicketState
from sync.protocol.messages import BusinessState, HallState, WindowState
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.hall_plan import HallPlan
from sync.server.service.next_ticket import HORIZON_MS
from sync.server.service.refusals import refusal
from sync.server.storage import halls, tickets
from sync.server.storage.engine import Transaction

_SHOWN = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING)


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
        plan = context.plan(connection, hall)
        shown = tickets.in_states(connection, hall, _SHOWN, now_ms - HORIZON_MS)
        opened = halls.opened(connection, hall, today)
        return HallState(
            hall=hall,
            head=state.head,
            server_time=now_ms,
            business_date=today,
            businesses=[_business(code, name, shown) for code, name in plan.businesses.items()],
            windows=[_window(number, plan, shown, is_open=number in opened) for number in plan.calls],
        )

    return context.storage.read(work)


def head(context: Context, hall: str) -> int:
    """Return the newest number of the hall's feed: all that a hint carries."""
    state = context.storage.read(lambda connection: halls.get(connection, hall))
    return state.head if state else 0


def _business(code: str, name: str, shown: Sequence[Ticket]) -> BusinessState:
    waiting = [each for each in shown if each.business == code and each.state is TicketState.WAITING]
    return BusinessState(
        code=code,
        name=name,
        waiting=len(waiting),
        oldest_issued_ms=min((each.issued_ms for each in waiting), default=None),
    )


def _window(number: str, plan: HallPlan, shown: Sequence[Ticket], *, is_open: bool) -> WindowState:
    held = [each for each in shown if each.window == number and each.state is not TicketState.WAITING]
    current = max(held, key=lambda each: each.called_ms or 0, default=None)
    return WindowState(
        window=number,
        businesses=list(plan.calls[number]),
        open=is_open,
        ticket=current.number if current else None,
        state=current.state.value if current else None,
        called_ms=current.called_ms if current else None,
    )
