"""Ends what a cut-off window holds, by the word of a floor manager who looked at it (sync.md section 2, rule 4)."""

from app.domain.reserved_block import released
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, IN_LINE, Ticket
from sync.protocol.floor_messages import FenceWindow, FloorDone
from sync.server.service import next_ticket
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, known_window, perform
from sync.server.service.mirror import ticket_change
from sync.server.service.out_of_turn import ticket_of_day
from sync.server.service.refusals import refusal
from sync.server.storage import blocks, tickets
from sync.server.storage.blocks import Marks
from sync.server.storage.engine import Transaction


def fence_window(
    context: Context, caller: Caller, hall: str, window: str, request: FenceWindow, *, key: str
) -> FloorDone:
    """Take the numbers the window called as called, and send the others of its block back to their place in line.

    What was reserved after the manager looked (an epoch above the one he saw) stays, and is told in ``reserved``; what
    went back is told in ``returned``. Once more, with the same or another key, changes nothing.

    Raises:
        Refused: ``unknown_window``, ``malformed`` for an epoch the window was never given, ``not_in_block`` for a
            number that the window neither holds nor called, and what ``perform`` refuses.
    """
    called = tuple(dict.fromkeys(request.called))
    wish = Wish(Act.FENCE_WINDOW, hall, key, {"window": window, "called": list(called), "epoch": request.epoch})

    def work(connection: Transaction) -> Outcome:
        known_window(context, connection, hall, window)
        marks = blocks.lock(connection, hall, window)
        if request.epoch > marks.epoch:
            raise refusal("malformed")
        now_ms = context.clock.now_ms()
        block = tickets.block(connection, hall, window, now_ms - HORIZON_MS)
        seen = [each for each in block if each.epoch <= request.epoch]
        _check(context, connection, hall, window, set(called) - {each.number for each in seen})
        blocks.put(connection, hall, window, Marks(marks.epoch, max(marks.fence_epoch, request.epoch)))
        tickets.lock(connection, hall, {each.ticket_id for each in seen})
        ended = [(each, _ended(each, window, called, now_ms)) for each in seen]
        for before, after in ended:
            tickets.move(connection, before, after)
        return Outcome(
            tuple(ticket_change(after) for _, after in ended),
            returned=tuple(each.number for each in seen if each.number not in called),
            reserved=tuple(each.number for each in block if each not in seen),
        )

    return perform(context, caller, wish, work)


def _ended(ticket: Ticket, window: str, called: tuple[str, ...], now_ms: int) -> Ticket:
    return next_ticket.called(ticket, window, now_ms) if ticket.number in called else released(ticket)


def _check(context: Context, connection: Transaction, hall: str, window: str, numbers: set[str]) -> None:
    """Let pass what the window is known to have called already: the authority heard of it before the manager said so.

    Raises:
        Refused: ``not_in_block``, ``unknown_ticket``.
    """
    for number in sorted(numbers):
        ticket = ticket_of_day(context, connection, hall, number)
        if ticket.window != window or ticket.state in IN_LINE:
            raise refusal("not_in_block")
