"""Reserves and calls in one act: the authority decides who is next for a window (sync.md section 2).

Windows that ask at the same time are served by one transaction, one after the other in the order they came (ADR 0030).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.queue_lines import QueueLines
from app.domain.reserved_block import block_of
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS, Ticket, TicketState
from sync.protocol.interface import Refused
from sync.protocol.messages import TicketCalled
from sync.server.service.caller import Caller
from sync.server.service.calling import CallingWindow, answer, require_window
from sync.server.service.context import Context
from sync.server.service.floor_order import ordered
from sync.server.service.mirror import ticket_change
from sync.server.service.next_ticket import called, missed
from sync.server.service.once import Request, once_each
from sync.server.service.refusals import refusal
from sync.server.service.restored import require_all_told
from sync.server.storage import call_tickets, feed, floor, tickets
from sync.server.storage.call_tickets import Found, Wanted
from sync.server.storage.engine import Transaction

Answers = list[TicketCalled | Exception | None]


@dataclass(frozen=True, slots=True)
class Call:
    """A window's wish for its next ticket, as it came over the wire."""

    caller: Caller
    hall: str
    window: str
    key: str


def call_next(context: Context, caller: Caller, hall: str, window: str, key: str) -> TicketCalled | None:
    """Return the ticket called to the window, or None when nobody waits; the same key gets the same answer.

    A ticket the window called earlier and that never came into service becomes 过号.

    Raises:
        Refused: ``unknown_window``, ``forbidden`` for another window's token, ``window_busy``, ``window_closed``,
            ``key_reused``.
    """
    return call_alone(context, Call(caller, hall, window, key))


def call_alone(context: Context, call: Call) -> TicketCalled | None:
    """See ``call_next``."""
    [said] = call_together(context, [call])
    if isinstance(said, Exception):
        raise said
    return said


def call_together(context: Context, calls: Sequence[Call]) -> Answers:
    """Serve the calls of one hall's windows in their order; each gets its answer or, as an error, its refusal.

    One window's second call waits for the next transaction, so that it finds what the first one left. A call whose
    device is at work elsewhere is answered ``HeldElsewhere``, unless it is the only one.
    """
    answers = dict[int, TicketCalled | Exception | None]()
    for at, call in enumerate(calls):
        try:
            call.caller.require(Act.CALL_NEXT, call.hall)
        except Refused as refused:
            answers[at] = refused
    for group in _one_of_each([at for at in range(len(calls)) if at not in answers], calls):
        answers |= zip(group, _served(context, [calls[at] for at in group]), strict=True)
    return [answers[at] for at in range(len(calls))]


def _one_of_each(places: list[int], calls: Sequence[Call]) -> Iterator[list[int]]:
    """Part the places so that in each part no caller and no window comes twice."""
    while places:
        taken, part, later = set[str](), list[int](), list[int]()
        for at in places:
            who = {calls[at].caller.identity, f"window:{calls[at].window}"}
            (part if taken.isdisjoint(who) else later).append(at)
            taken |= who
        yield part
        places = later


def _served(context: Context, calls: Sequence[Call]) -> Answers:
    """Serve them by one transaction."""
    hall = calls[0].hall

    def work(connection: Transaction) -> tuple[Answers, bool]:
        changed = list[Ticket]()

        def decide(fresh: Sequence[int]) -> Answers:
            return _decide(context, connection, [calls[at] for at in fresh], changed)

        asked = [
            (each.caller, Request(each.key, ["call-next", hall, each.window], TicketCalled | None)) for each in calls
        ]
        answers = once_each(context, connection, asked, decide)
        feed.append(connection, hall, [ticket_change(each) for each in changed])
        return answers, bool(changed)

    answers, moved = context.storage.write(work)
    if moved:
        context.changed(hall)
    return answers


def _decide(context: Context, connection: Transaction, calls: Sequence[Call], changed: list[Ticket]) -> Answers:
    """Call one after the other; ``changed`` is what the feed has to tell of it, last in the transaction."""
    hall, now_ms = calls[0].hall, context.clock.now_ms()
    orders = floor.orders(connection, hall)
    plan = ordered(context.plan_to_call(connection, hall), orders)
    answers, windows = dict[int, TicketCalled | Exception | None](), dict[int, CallingWindow]()
    for at, call in enumerate(calls):
        try:
            require_window(plan, call.caller, call.window)
            require_all_told(context, connection, hall)
        except Refused as refused:
            answers[at] = refused
        else:
            windows[at] = CallingWindow(hall, call.window, now_ms, plan, held=())
    if windows:
        found = _found(connection, list(windows.values()))
        lines = _lines(found, list(windows.values()))
        moves = list[tuple[Ticket, Ticket]]()
        for at, window in windows.items():
            held = [each for each in found.held if each.window == window.window]
            if any(each.state is TicketState.SERVING for each in held):
                answers[at] = refusal("window_busy")
            elif window.window in orders and orders[window.window].closed:
                answers[at] = refusal("window_closed")
            else:
                answers[at] = _call(window, held, lines, moves)
        tickets.move_all(connection, sorted(moves, key=lambda move: move[0].ticket_id))
        changed += [new for _, new in moves]
    return [answers[at] for at in range(len(calls))]


def _call(
    at: CallingWindow, held: Sequence[Ticket], lines: QueueLines, moves: list[tuple[Ticket, Ticket]]
) -> TicketCalled | None:
    """Decide for one window; ``moves`` are what becomes of which ticket, so far."""
    moves += [(each, missed(each, at.now_ms)) for each in held]
    choice = lines.next_for(at.window, at.businesses)
    if choice is None:
        return None
    new = called(choice.ticket, at.window, at.now_ms)
    moves.append((choice.ticket, new))
    return answer(at, new, choice)


def _found(connection: Transaction, windows: Sequence[CallingWindow]) -> Found:
    first = windows[0]
    rules = first.plan.queue
    wanted = Wanted(
        hall=first.hall,
        windows=[each.window for each in windows],
        lines=list(dict.fromkeys(each.businesses for each in windows if each.businesses)),
        since_ms=first.now_ms - HORIZON_MS,
        most=len(windows),
        lately=rules.ordinary_after or 0,
    )
    return call_tickets.find(connection, wanted)


def _lines(found: Found, windows: Sequence[CallingWindow]) -> QueueLines:
    first = windows[0]
    own = {
        each.window: [*call_tickets.offered_to(found, each.window), *block_of(found.reserved, each.window)]
        for each in windows
    }
    lately = {codes: [each.priority for each in called] for codes, called in found.lately.items()}
    return QueueLines(first.plan.queue, first.now_ms, own=own, waiting=found.waiting, lately=lately)
