"""Reserves numbers for a window that is about to work cut off; the authority chooses (sync.md section 2, rule 3)."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.domain.queue_policy import in_order
from app.domain.reserved_block import MAX_BLOCK, reserved
from app.domain.rights import Act, Role
from app.domain.ticket import Ticket, TicketState
from app.ports.clock import new_id
from sync.protocol.block_messages import BlockTicket, ReserveBlock, ReservedBlock
from sync.server.service.caller import Caller
from sync.server.service.calling import CallingWindow
from sync.server.service.context import Context
from sync.server.service.floor_order import is_closed, plan_now
from sync.server.service.mirror import ticket_change
from sync.server.service.once import Request, once
from sync.server.service.refusals import refusal
from sync.server.service.restored import require_all_told
from sync.server.storage import blocks, feed, floor, tickets
from sync.server.storage.engine import Transaction
from sync.server.storage.floor import FloorAct


def reserve_block(
    context: Context, caller: Caller, hall: str, window: str, request: ReserveBlock, *, key: str
) -> ReservedBlock:
    """Fill the window's block up to the count, in the order ``call_next`` would call; the same key, the same answer.

    A counter asks for its own window, a floor manager for any; a citizen at the desk stands against neither. Where
    fewer wait, the block is smaller; where it holds more already, nothing is taken from it.

    Raises:
        Refused: ``forbidden`` for another window's counter, ``unknown_hall``, ``unknown_window``, ``window_closed``,
            ``malformed`` for a count out of range, ``recovering``, ``key_reused``.
    """
    caller.require(Act.RESERVE_BLOCK, hall)
    if not 1 <= request.count <= MAX_BLOCK:
        raise refusal("malformed")

    def work(connection: Transaction) -> ReservedBlock:
        asked = Request(key, ["block", hall, window, request.count], ReservedBlock)
        return once(context, connection, caller, asked, lambda: _fill(context, connection, caller, window, request))

    answer = context.storage.write(work)
    context.changed(hall)
    return answer


def _fill(
    context: Context, connection: Transaction, caller: Caller, window: str, request: ReserveBlock
) -> ReservedBlock:
    at = _window(context, connection, caller, window)
    marks = blocks.lock(connection, at.hall, window)
    block = tickets.block(connection, at.hall, window, at.since_ms)
    chosen = _next_ones(connection, at, block, request.count - len(block))
    granted = [reserved(each, window, marks.epoch + nth) for nth, each in enumerate(chosen, 1)]
    tickets.lock(connection, at.hall, {each.ticket_id for each in chosen})
    for before, after in zip(chosen, granted, strict=True):
        tickets.move(connection, before, after)  # where another window was faster, the whole grant looks again
    if granted:
        marks = replace(marks, epoch=granted[-1].epoch)
        blocks.put(connection, at.hall, window, marks)
        feed.append(connection, at.hall, [ticket_change(each) for each in granted])
    answer = ReservedBlock(
        window=window,
        epoch=marks.epoch,
        tickets=[_row(each) for each in (*block, *granted)],
        granted=[each.number for each in granted],
    )
    if Role.COUNTER not in caller.roles:
        detail = {"window": window, "count": request.count, "granted": answer.granted}
        by = caller.clerk or caller.identity
        done = FloorAct(new_id(context.clock), at.now_ms, by, Act.RESERVE_BLOCK.value, detail)
        floor.add_act(connection, at.hall, done)
    return answer


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
