"""What every call to a window shares: may it call now, who is passed over by it, who is next, and the answer."""

from dataclasses import dataclass

from app.domain.queue_policy import Choice
from app.domain.ticket import HORIZON_MS, Ticket, TicketState
from sync.protocol.messages import TicketCalled
from sync.server.messages import text
from sync.server.service import next_ticket as tickets_life
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import plan_under
from sync.server.service.hall_plan import HallPlan
from sync.server.service.refusals import refusal
from sync.server.service.restored import require_all_told
from sync.server.storage import floor, tickets
from sync.server.storage.engine import Transaction


@dataclass(frozen=True, slots=True)
class CallingWindow:
    """A window that may call; ``held`` are tickets it called before that never came into service."""

    hall: str
    window: str
    now_ms: int
    plan: HallPlan
    held: tuple[Ticket, ...]

    @property
    def since_ms(self) -> int:
        """Return from when on a ticket is of this working day."""
        return self.now_ms - HORIZON_MS

    @property
    def businesses(self) -> tuple[str, ...]:
        """Return what the window calls."""
        return self.plan.calls[self.window]


def calling_window(context: Context, connection: Transaction, caller: Caller, window: str) -> CallingWindow:
    """Return the window as one that may call now.

    Raises:
        Refused: ``unknown_window``, ``forbidden`` for another window's token, ``window_busy``, ``window_closed``.
    """
    hall, now_ms = caller.hall, context.clock.now_ms()
    orders = floor.orders(connection, hall)
    plan = plan_under(context, connection, hall, orders)
    require_window(plan, caller, window)
    require_all_told(context, connection, hall)
    held = tickets.held_by(connection, hall, window, now_ms - HORIZON_MS)
    if any(each.state is TicketState.SERVING for each in held):
        raise refusal("window_busy")
    if window in orders and orders[window].closed:
        raise refusal("window_closed")
    return CallingWindow(hall, window, now_ms, plan, tuple(held))


def require_window(plan: HallPlan, caller: Caller, window: str) -> None:
    """Check that the window exists and is the caller's own.

    Raises:
        Refused: ``unknown_window``, ``forbidden``.
    """
    if window not in plan.calls:
        raise refusal("unknown_window")
    if window != caller.window:
        raise refusal("forbidden")


def pass_over(connection: Transaction, at: CallingWindow, *but: str) -> list[Ticket]:
    """Turn every earlier call of the window into 过号, except of the tickets with these ids; return what changed."""
    held = (each for each in at.held if each.ticket_id not in but)
    return [_move(connection, each, tickets_life.missed(each, at.now_ms)) for each in held]


def called_to(connection: Transaction, at: CallingWindow, ticket: Ticket) -> Ticket:
    """Call the ticket to the window.

    Raises:
        Overtaken: another transaction took it first.
    """
    return _move(connection, ticket, tickets_life.called(ticket, at.window, at.now_ms))


def answer(at: CallingWindow, ticket: Ticket, choice: Choice | None = None) -> TicketCalled:
    """Return what the caller is told of a ticket that is called to it now."""
    return TicketCalled(
        id=ticket.ticket_id,
        number=ticket.number,
        business=ticket.business,
        priority=ticket.priority,
        rev=ticket.rev,
        issued_ms=ticket.issued_ms,
        called_ms=ticket.called_ms or at.now_ms,
        window=at.window,
        reason=None if choice is None else reason(choice, at.plan),
    )


def reason(choice: Choice, plan: HallPlan) -> str:
    """Return in words why a ticket is the next one."""
    priority = choice.ticket.priority or ""
    return text(choice.why.value, priority=plan.priorities.get(priority, priority), minutes=choice.minutes)


def _move(connection: Transaction, old: Ticket, new: Ticket) -> Ticket:
    tickets.move(connection, old, new)
    return new
