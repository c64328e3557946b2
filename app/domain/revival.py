"""过号 is not lost: within an hour a missed ticket comes back, three places behind (design.md, ``call-next``)."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.ticket import TICKET, Ticket, TicketEvent, TicketState

REVIVE_WITHIN_MS = 60 * 60_000
PLACES_BACK = 3


def revivable(ticket: Ticket, now_ms: int) -> bool:
    """Say whether a missed ticket may still come back."""
    return ticket.state is TicketState.MISSED and now_ms - missed_at(ticket) <= REVIVE_WITHIN_MS


def revived(ticket: Ticket, waiting: Iterable[Ticket]) -> Ticket:
    """Return a missed ticket as waiting again, behind the first three of its line.

    ``waiting`` are the waiting tickets of its business; its line are those with a priority, or those without, as it is.

    Raises:
        IllegalTransition: it was not missed.
    """
    places = sorted(each.place_ms for each in waiting if (each.priority is None) == (ticket.priority is None))
    before = places[:PLACES_BACK]
    place = max(before[-1] + 1, ticket.place_ms) if before else ticket.place_ms
    state = TICKET.after(ticket.state, TicketEvent.REVIVE)
    return replace(ticket, state=state, rev=ticket.rev + 1, line_ms=place, window=None)


def missed_at(ticket: Ticket) -> int:
    """Return when it was missed; a window that only says so has called it no later than that."""
    return ticket.missed_ms or ticket.called_ms or ticket.issued_ms
