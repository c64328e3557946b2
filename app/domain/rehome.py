"""Where the tickets go that a window still holds when it is closed (flows.md section 20): back to their line, or on.

A ticket goes back to the place in line its age gives it, where an open window of its business calls it. One that no
other window calls (a window's own series, a business only this window has) is handed to a window of the same class.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.ticket import TICKET, Ticket, TicketEvent, TicketState
from app.domain.transfer import WindowLine

REHOMED = "rehomed"
"""The note of a ticket that its window holds no longer, because the floor manager closed the window."""
HOLDABLE = frozenset({TicketState.HELD, TicketState.TRANSFERRING, TicketState.RETURNED})
"""States in which a ticket waits for one window alone."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a ticket goes: a line (``window`` None) or one window; ``there`` is false where nobody could call it."""

    ticket: Ticket
    window: str | None
    there: bool = True


def kept_by(ticket: Ticket, window: str) -> bool:
    """Say whether the ticket waits for this window alone: held here, or handed to it."""
    if ticket.state is TicketState.HELD:
        return ticket.window == window
    return ticket.state in HOLDABLE and ticket.to_window == window


def homes(kept: Iterable[Ticket], closing: str, lines: Iterable[WindowLine]) -> tuple[Home, ...]:
    """Return where each ticket goes; ``lines`` are the windows of the hall, of which only open ones count.

    Of the same class is a window that shares a business with the one that closes; the shortest line is the first.
    """
    known = list(lines)
    own = next((set(each.businesses) for each in known if each.window == closing), set())
    others = [each for each in known if each.open and each.window != closing]
    like = min((each for each in others if own & set(each.businesses)), key=lambda each: each.waiting, default=None)
    return tuple(_home(each, others, like) for each in kept)


def rehomed(home: Home, now_ms: int) -> Ticket:
    """Return the ticket as it stands afterwards; who was asked first stays who was asked first.

    Raises:
        IllegalTransition: it waits for no window alone.
    """
    event = TicketEvent.REQUEUE if home.window is None else TicketEvent.REHOME
    # Where it goes to one window, it is handed on from that window: sent back, it stays in that window's own line.
    moved = replace(
        home.ticket,
        state=TICKET.after(home.ticket.state, event),
        rev=home.ticket.rev + 1,
        window=home.window,
        to_window=home.window,
        offered_ms=None if home.window is None else now_ms,
        note=REHOMED,
    )
    return replace(moved, called_ms=None, calls=0) if home.window is None else moved


def went_on(ticket: Ticket, window: str) -> bool:
    """Say whether a ticket that was held at the window was given on by the floor manager."""
    if ticket.note != REHOMED:
        return False
    if ticket.state is TicketState.WAITING:
        return True
    return window not in (ticket.window, ticket.to_window)


def _home(ticket: Ticket, others: list[WindowLine], like: WindowLine | None) -> Home:
    if any(ticket.business in each.businesses for each in others):
        return Home(ticket, None)
    return Home(ticket, like.window) if like is not None else Home(ticket, None, there=False)
