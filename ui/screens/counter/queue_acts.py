"""What the keys of the queue do to the store: again, not at all, later, back, and who comes without a ticket."""

from app.domain.visit import HoldReason
from app.domain.work.card import WorkCard
from app.usecases.ask_help import ask_help
from app.usecases.continue_visit import continue_visit
from app.usecases.hold_visit import hold_visit
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.recall_ticket import recall_ticket
from app.usecases.take_back import take_back
from app.usecases.undo_miss import undo_miss
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_call import withdraw_call
from ui.screens.counter.acts import Done, look
from ui.screens.counter.parts import CounterParts

MISSED = "miss_recorded"
WITHDRAWN = "call_taken_back"
HELP_ASKED = "help_asked"


def recall(parts: CounterParts) -> Done:
    """F3: call the number again."""
    recall_ticket(parts.store, parts.clock, parts.clerk)
    return _told(parts)


def miss(parts: CounterParts) -> Done:
    """F4: the called citizen did not come."""
    miss_ticket(parts.store, parts.clock, parts.clerk)
    return _told(parts, MISSED)


def unmiss(parts: CounterParts) -> Done:
    """Ctrl+Z after F4."""
    undo_miss(parts.store, parts.clock, parts.clerk)
    return _told(parts)


def withdraw(parts: CounterParts) -> Done:
    """Shift+F3: the call was a mistake."""
    withdraw_call(parts.store, parts.clock, parts.clerk)
    return _told(parts, WITHDRAWN)


def hold(parts: CounterParts, reason: HoldReason) -> Done:
    """F5 with its reason."""
    hold_visit(parts.store, parts.clock, reason, parts.clerk)
    return _told(parts)


def back(parts: CounterParts, visit_id: str | None) -> Done:
    """F5 while the window is free: the first of those held, or the one chosen."""
    take_back(parts.store, parts.clock, visit_id, parts.clerk)
    return _told(parts)


def come_without_ticket(parts: CounterParts) -> Done:
    """A card is laid while nobody is here; a window open over midnight opens the new day."""
    open_day(parts.store, parts.clock, parts.clerk)
    walk_in(parts.store, parts.clock, parts.clerk)
    return _told(parts)


def read_card(parts: CounterParts) -> Done:
    """F8 while nobody is here: whoever sits down has no ticket, and perhaps a card lies there."""
    parts.read_card()
    return come_without_ticket(parts)


def another_item(parts: CounterParts, card: WorkCard) -> Done:
    """Ctrl+N: the citizen who holds a paper has a second matter."""
    continue_visit(parts.store, parts.clock, card, parts.clerk)
    return _told(parts)


def call_manager(parts: CounterParts) -> Done:
    """Ctrl+H: ask the floor manager to come."""
    ask_help(parts.store, parts.clock, parts.clerk)
    return _told(parts, HELP_ASKED)


def _told(parts: CounterParts, message: str = "") -> Done:
    parts.wake_sync()
    return Done(look(parts).facts, message)
