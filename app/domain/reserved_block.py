"""A window's reserved block: numbers the authority holds for one window while its line flaps (sync.md section 2).

Every reservation has an epoch of its own, counted by window, so that the block is in the order it was granted in and a
word about an old reservation is told from one about a new. A reservation ends when its ticket is called or presented,
when the window gives it back, or by the fence of a floor manager who looked; never by time.
"""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.ticket import TICKET, Ticket, TicketEvent, TicketState

MAX_BLOCK = 5
"""Numbers one window may hold: a held ticket is a citizen who waits for one window."""


def block_of(tickets: Iterable[Ticket], window: str) -> tuple[Ticket, ...]:
    """Return those of the tickets that are reserved for the window, in the order it calls them."""
    own = (each for each in tickets if each.state is TicketState.RESERVED and each.window == window)
    return tuple(sorted(own, key=lambda each: each.epoch))


def reserved(ticket: Ticket, window: str, epoch: int) -> Ticket:
    """Return a waiting ticket as reserved for the window; its place in line is kept.

    Raises:
        IllegalTransition: it does not wait, or for somebody already.
    """
    return _after(ticket, TicketEvent.RESERVE, window=window, epoch=epoch)


def released(ticket: Ticket) -> Ticket:
    """Return a reserved ticket as waiting at its old place.

    Raises:
        IllegalTransition: it is not reserved.
    """
    return _after(ticket, TicketEvent.RELEASE, window=None)


def fenced(stored: int, received: int) -> bool:
    """Say whether a word of the window about reservation ``received`` comes after the fence that stands at ``stored``.

    Never compared with ``==``: a fence ends every reservation it has seen, not the newest of them alone.
    """
    return stored >= received


def _after(ticket: Ticket, event: TicketEvent, **changes: str | int | None) -> Ticket:
    state = TICKET.after(ticket.state, event)
    return replace(ticket, state=state, rev=ticket.rev + 1, **changes)  # type: ignore[arg-type] # names fix the types
