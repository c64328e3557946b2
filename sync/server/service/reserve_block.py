"""Reserves numbers for a window that is about to work cut off; the authority chooses (sync.md section 2, rule 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.domain.queue_policy import in_order
from app.domain.reserved_block import MAX_BLOCK, reserved
from app.domain.rights import Act, Role
from app.domain.ticket import Ticket, TicketState
from sync.protocol.block_messages import BlockTicket, ReserveBlock, ReservedBlock
from sync.protocol.floor_messages import FloorDone
from sync.server.service.caller import Caller
from sync.server.service.calling import CallingWindow
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, is_closed, perform, plan_now
from sync.server.service.mirror import ticket_change
from sync.server.service.once import Request, once
from sync.server.service.refusals import refusal
from sync.server.service.restored import require_all_told
from sync.server.storage import blocks, feed, tickets
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change


def reserve_block(
    context: Context, caller: Caller, hall: str, window: str, request: ReserveBlock, *, key: str
) -> ReservedBlock:
    """Fill the window's block up to the count, in the order ``call_next`` would call; the same key, the same answer.

    A counter asks for its own window (a manager: ``prepare_window``); a citizen at the desk does not matter. Where
    fewer wait, the block is smaller; where it holds more already, nothing is taken from it.

    Raises:
        Refused: ``forbidden`` for another window's counter, ``unknown_hall``, ``unknown_window``, ``window_closed``,
            ``malformed`` for a count out of range, ``recovering``, ``key_reused``.
    """
    caller.require(Act.RESERVE_BLOCK, hall)

    def work(connection: Transaction) -> ReservedBlock:
        asked = Request(key, ["block", hall, window, request.count], ReservedBlock)
        return once(context, connection, caller, asked, lambda: _fill(context, connection, caller, window, request))

    answer = context.storage.write(work)
    context.changed(hall)
    return answer


def prepare_window(
    context: Context, caller: Caller, hall: str, window: str, request: ReserveBlock, *, key: str
) -> FloorDone:
    """Let a window prepare to work cut off: the same by the floor manager, kept and told as every act of theirs.

    Raises:
        Refused: as ``reserve_block``.
    """
    wish = Wish(Act.RESERVE_BLOCK, hall, key, {"window": window, "count": request.count})

    def work(connection: Transaction) -> Outcome:
        block = _grant(context, connection, caller, window, request.count)
        numbers = tuple(each.number for each in (*block.before, *block.granted))
        return Outcome(block.changes, reserved=numbers)

    return perform(context, caller, wish, work)


@dataclass(frozen=True, slots=True)
class _Block:
    """A window's block: what was in it, what came in, and its newest reservation."""

    before: Sequence[Ticket]
    granted: Sequence[Ticket]
    epoch: int

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(ticket_change(each) for each in self.granted)


def _fill(
    context: Context, connection: Transaction, caller: Caller, window: str, request: ReserveBlock
) -> ReservedBlock:
    block = _grant(context, connection, caller, window, request.count)
    feed.append(connection, caller.hall, block.changes)
    return ReservedBlock(
        window=window,
        epoch=block.epoch,
        tickets=[_row(each) for each in (*block.before, *block.granted)],
        granted=[each.number for each in block.granted],
    )


def _grant(context: Context, connection: Transaction, caller: Caller, window: str, count: int) -> _Block:
    if not 1 <= count <= MAX_BLOCK:
        raise refusal("malformed")
    at = _window(context, connection, caller, window)
    marks = blocks.lock(connection, at.hall, window)
    before = tickets.block(connection, at.hall, window, at.since_ms)
    chosen = _next_ones(connection, at, before, count - len(before))
    granted = [reserved(each, window, marks.epoch + nth) for nth, each in enumerate(chosen, 1)]
    tickets.lock(connection, at.hall, {each.ticket_id for each in chosen})
    for old, new in zip(chosen, granted, strict=True):
        tickets.move(connection, old, new)  # where another window was faster, the whole grant looks again
    if granted:
        marks = replace(marks, epoch=granted[-1].epoch)
        blocks.put(connection, at.hall, window, marks)
    return _Block(before, granted, marks.epoch)


def _window(context: Context, connection: Transaction, caller: Caller, window: str) -> CallingWindow:
    plan = plan_now(context, connection, caller.hall)
    if window not in plan.calls:
        raise refusal("unknown_window")
    if Role.COUNTER in caller.roles and window != caller.window:
        raise refusal("forbidden")
    require_all_told(context, connection, caller.hall)
    if is_closed(connection, caller.hall, window):
        raise refusal("window_closed")
    return CallingWindow(caller.hall, window, context.clock.now_ms(), plan, held=())


def _next_ones(connection: Transaction, at: CallingWindow, block: Sequence[Ticket], count: int) -> list[Ticket]:
    """Return whom the window would call after its block; the block counts in the turns of priority and ordinary."""
    if count <= 0:
        return []
    rules = at.plan.queue
    most = rules.ordinary_after
    in_a_row = tickets.in_a_row(connection, at.hall, at.businesses, at.since_ms, most) if most else 0
    for each in block:
        in_a_row = 0 if each.priority is None else in_a_row + 1
    line = tickets.line(connection, at.hall, at.businesses, at.since_ms)
    waiting = [each for each in line if each.state is TicketState.WAITING]
    return [each.ticket for each in islice(in_order(waiting, rules, at.now_ms, in_a_row=in_a_row), count)]


def _row(ticket: Ticket) -> BlockTicket:
    return BlockTicket(
        id=ticket.ticket_id,
        number=ticket.number,
        business=ticket.business,
        priority=ticket.priority,
        rev=ticket.rev,
        issued_ms=ticket.issued_ms,
        epoch=ticket.epoch,
    )
