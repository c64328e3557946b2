"""What a transfer does to the store: the windows there are, handing over, taking, sending back."""

from app.domain.transfer import DeclineReason, WindowLine
from app.usecases.answer_transfer import decline_transfer, take_transfer
from app.usecases.open_day import open_day
from app.usecases.transfer_ticket import transfer_ticket
from ui.screens.counter.acts import Done, look
from ui.screens.counter.parts import CounterParts

TRANSFERRED = "transfer_done"
DECLINED = "transfer_declined"


def lines(parts: CounterParts) -> tuple[WindowLine, ...]:
    """Ask the hall for its windows and their lines."""
    return tuple(parts.authority.lines())


def transfer(parts: CounterParts, to_window: str) -> Done:
    """F6: hand the citizen to another window and print where to go."""
    transfer_ticket(parts.store, parts.clock, parts.templates, to_window, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return Done(look(parts).facts, TRANSFERRED)


def take(parts: CounterParts, number: str) -> Done:
    """接: call the citizen here."""
    open_day(parts.store, parts.clock, parts.clerk)
    take_transfer(parts.store, parts.clock, number, parts.clerk)
    parts.wake_sync()
    return look(parts)


def decline(parts: CounterParts, number: str, reason: DeclineReason) -> Done:
    """不接: send the ticket back."""
    decline_transfer(parts.store, number, reason, parts.clerk)
    parts.wake_sync()
    return Done(look(parts).facts, DECLINED)
