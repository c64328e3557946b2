"""Opens, closes and re-assigns a window, and tells its clerk something; all of it after the running case."""

from dataclasses import replace

from app.domain.floor import Note, WindowOrder
from app.domain.reserved_block import block_of
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, Ticket, TicketState
from app.ports.clock import new_id
from sync.protocol.floor_messages import AssignWindow, FloorDone, TellWindow
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, known_window, laid_down, perform
from sync.server.service.refusals import refusal
from sync.server.storage import floor, tickets
from sync.server.storage.engine import Transaction

NOTES_KEPT = 5
"""Messages a window still holds; older ones are in the audit alone."""
_AT_THE_DESK = frozenset({TicketState.CALLED, TicketState.SERVING})
_ENDED = frozenset({TicketState.DONE, TicketState.LEFT, TicketState.VOID, TicketState.MISSED})


def open_window(context: Context, caller: Caller, hall: str, window: str, key: str, *, on: bool) -> FloorDone:
    """Open the window, or close it once its running case is done; the answer names that case and what it still holds.

    Its reserved block stays: only the window gives it back, or a fence (``fence_window``).

    Raises:
        Refused: ``unknown_window`` and what ``perform`` refuses.
    """
    wish = Wish(Act.OPEN_WINDOW, hall, key, {"window": window, "open": on})

    def work(connection: Transaction) -> Outcome:
        known_window(context, connection, hall, window)
        order = floor.order(connection, hall, window)
        return _changed(context, connection, hall, replace(order, closed=not on))

    return perform(context, caller, wish, work)


def assign_window(
    context: Context, caller: Caller, hall: str, window: str, request: AssignWindow, *, key: str
) -> FloorDone:
    """Let the window call other businesses from its next call on.

    Raises:
        Refused: ``unknown_window``, ``unknown_business``, ``window_unqualified`` where its items do not allow it.
    """
    codes = None if request.businesses is None else tuple(dict.fromkeys(request.businesses))
    wish = Wish(Act.ASSIGN_WINDOW, hall, key, {"window": window, "businesses": codes and list(codes)})

    def work(connection: Transaction) -> Outcome:
        plan = known_window(context, connection, hall, window)
        if any(code not in plan.businesses for code in codes or ()):
            raise refusal("unknown_business")
        if not set(codes or ()) <= plan.floor.may.get(window, frozenset()):
            raise refusal("window_unqualified")
        order = floor.order(connection, hall, window)
        return _changed(context, connection, hall, replace(order, businesses=codes))

    return perform(context, caller, wish, work)


def tell_window(
    context: Context, caller: Caller, hall: str, window: str, request: TellWindow, *, key: str
) -> FloorDone:
    """Send the clerk at the window a message.

    Raises:
        Refused: ``unknown_window``, ``malformed`` for a text with nothing to read in it.
    """
    text = request.text.strip()
    if not text or not text.isprintable():
        raise refusal("malformed")
    wish = Wish(Act.TELL_WINDOW, hall, key, {"window": window, "text": text})

    def work(connection: Transaction) -> Outcome:
        known_window(context, connection, hall, window)
        order = floor.order(connection, hall, window)
        note = Note(new_id(context.clock), context.clock.now_ms(), text)
        return _changed(context, connection, hall, replace(order, notes=(*order.notes, note)[-NOTES_KEPT:]))

    return perform(context, caller, wish, work)


def _changed(context: Context, connection: Transaction, hall: str, order: WindowOrder) -> Outcome:
    here = _tickets_at(context, connection, hall, order.window)
    change = laid_down(connection, hall, order)
    desk = [each for each in here if each.state in _AT_THE_DESK]
    block = block_of(here, order.window)
    return Outcome(
        (change,),
        serving=desk[-1].number if desk else None,
        held=tuple(each.number for each in here if each not in desk and each not in block),
        reserved=tuple(each.number for each in block),
    )


def _tickets_at(context: Context, connection: Transaction, hall: str, window: str) -> list[Ticket]:
    """Return the tickets that are at the window and not ended: at the desk, or held back."""
    states = frozenset(TicketState) - _ENDED - {TicketState.WAITING}
    since_ms = context.clock.now_ms() - HORIZON_MS
    return [each for each in tickets.in_states(connection, hall, states, since_ms) if each.window == window]
