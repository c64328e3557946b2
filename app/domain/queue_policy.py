"""Who is next in line and why, pure: the authority calls by it, the counter says by it why its first row is first."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.queue_rules import QueueRules
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import entered_line

MINUTE_MS = 60_000


class Why(StrEnum):
    """Why a ticket is the next one; the values are codes of the message table."""

    RETURNED = "next_returned"
    TRANSFERRED = "next_transferred"
    RESERVED = "next_reserved"
    PRIORITY = "next_priority"
    WAITED = "next_waited"
    ORDINARY_TURN = "next_ordinary_turn"
    FIRST = "next_first"


@dataclass(frozen=True, slots=True)
class Choice:
    """The next ticket and why; ``minutes`` is how long it has waited at its place."""

    ticket: Ticket
    why: Why
    minutes: int


def choose(line: Iterable[Ticket], rules: QueueRules, now_ms: int, *, in_a_row: int = 0) -> Choice | None:
    """Return who is next, or None when nobody waits; see ``in_order``."""
    return next(in_order(line, rules, now_ms, in_a_row=in_a_row), None)


def in_order(line: Iterable[Ticket], rules: QueueRules, now_ms: int, *, in_a_row: int = 0) -> Iterator[Choice]:
    """Yield those who wait in the order they would be called in now.

    Tickets handed to this window whose minute is over come first, then reserved ones by their epochs: the caller puts
    into ``line`` those of the blocks that count. Of the others only ``waiting`` counts: a called ticket never comes
    back by timeout (sync.md section 2, rule 4). For the first choice the oldest of every weight is enough.
    ``in_a_row`` counts the tickets with a priority called since the last one without.
    """
    tickets = list(line)
    for each in sorted((each for each in tickets if entered_line(each, now_ms)), key=_offered):
        why = Why.RETURNED if each.state is TicketState.RETURNED else Why.TRANSFERRED
        yield Choice(each, why, _minutes(each, now_ms))
    for each in sorted((each for each in tickets if each.state is TicketState.RESERVED), key=_reserved):
        yield Choice(each, Why.RESERVED, _minutes(each, now_ms))
    waiting = sorted((each for each in tickets if each.state is TicketState.WAITING), key=_place)
    ranked = deque(sorted(waiting, key=lambda each: -_rank(each, rules, now_ms)))
    ordinary = deque(each for each in waiting if each.priority is None)
    preferred = len(ranked) - len(ordinary)
    called: set[str] = set()
    while ranked:
        if ranked[0].ticket_id in called:
            ranked.popleft()
            continue
        turn = bool(preferred and ordinary) and rules.ordinary_after is not None and in_a_row >= rules.ordinary_after
        ticket = ordinary[0] if turn else ranked[0]
        yield Choice(ticket, _why(ticket, ranked[0], preferred), _minutes(ticket, now_ms))
        called.add(ticket.ticket_id)
        if ticket.priority is None:
            # Of those without a priority the oldest is always the first, by rank as by turn.
            ordinary.popleft()
            in_a_row = 0
        else:
            preferred -= 1
            in_a_row += 1


def _why(ticket: Ticket, by_rank: Ticket, preferred: int) -> Why:
    if ticket.priority is not None:
        return Why.PRIORITY
    if ticket != by_rank:
        return Why.ORDINARY_TURN
    return Why.WAITED if preferred else Why.FIRST


def _rank(ticket: Ticket, rules: QueueRules, now_ms: int) -> float:
    """Return how early a ticket comes; who waited long enough comes before every weight."""
    if rules.ageing_minutes is not None and now_ms - ticket.place_ms >= rules.ageing_minutes * MINUTE_MS:
        return float("inf")
    return rules.weight(ticket.priority)


def _minutes(ticket: Ticket, now_ms: int) -> int:
    return max(0, now_ms - ticket.place_ms) // MINUTE_MS


def _place(ticket: Ticket) -> tuple[int, str]:
    return ticket.place_ms, ticket.ticket_id


def _reserved(ticket: Ticket) -> tuple[int, str]:
    return ticket.epoch, ticket.ticket_id


def _offered(ticket: Ticket) -> tuple[int, str]:
    return ticket.offered_ms or 0, ticket.ticket_id
