"""What a call makes of a ticket, and what a new one may expect; who is next says ``app.domain.queue_policy``."""

import math
from collections.abc import Sequence
from dataclasses import replace

from app.domain.ticket import TICKET, Ticket, TicketEvent

MAX_MISSES = 3
"""The third 过号 voids a ticket (design.md, ``call-next``)."""
_KNOWN_AT_LEAST = 5
"""Closed tickets of a business before a waiting time is promised."""
_MINUTE_MS = 60_000


def called(ticket: Ticket, window: str, now_ms: int) -> Ticket:
    """Return the ticket as called to a window."""
    return _after(ticket, TicketEvent.CALL, window=window, called_ms=now_ms, calls=1, to_window=None, offered_ms=None)


def missed(ticket: Ticket, now_ms: int) -> Ticket:
    """Return a called ticket nobody answered to: 过号, and void at the third time."""
    after = _after(ticket, TicketEvent.MISS, misses=ticket.misses + 1, missed_ms=now_ms)
    if after.misses < MAX_MISSES:
        return after
    return replace(after, state=TICKET.after(after.state, TicketEvent.VOID))


def eta_minutes(ahead: int, service_lengths_ms: Sequence[int], windows: int) -> int | None:
    """Return the whole minutes until a new ticket's turn, or None while too little is known."""
    if len(service_lengths_ms) < _KNOWN_AT_LEAST:
        return None
    mean_ms = sum(service_lengths_ms) / len(service_lengths_ms)
    return math.ceil(ahead * mean_ms / max(windows, 1) / _MINUTE_MS)


def _after(ticket: Ticket, event: TicketEvent, **changes: str | int | None) -> Ticket:
    state = TICKET.after(ticket.state, event)
    return replace(ticket, state=state, rev=ticket.rev + 1, **changes)  # type: ignore[arg-type] # names fix the types
