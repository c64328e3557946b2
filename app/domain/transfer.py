"""转窗: a ticket handed to another window, what that window may answer, and what silence means (flows.md section 7)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.clock_skew import LIMIT_MS
from app.domain.ticket import TICKET, Ticket, TicketEvent, TicketState

ANSWER_WITHIN_MS = 60_000
"""Without an answer in this time the ticket is the first in the line of the window it was handed to."""
OFFERED = frozenset({TicketState.TRANSFERRING, TicketState.RETURNED})
"""A ticket in these states waits for one window alone: ``to_window``."""


class DeclineReason(StrEnum):
    """Why a window does not take a ticket, in the order of the digits 1-4."""

    NOT_OURS = "not_ours"
    DEVICE = "device"
    BUSY = "busy"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A window as the hall sees it: which businesses it calls, how many wait for them, and whether it is open."""

    window: str
    businesses: tuple[str, ...]
    waiting: int
    open: bool


def entered_line(ticket: Ticket, now_ms: int) -> bool:
    """Say whether an offered ticket stands in the window's line by now; one that came back does so at once.

    Nothing is written when the time is over: whoever reads or calls compares. An offer of a moment that is still to
    come was made before the clock was set back: nobody waits until it comes again.
    """
    if ticket.state is TicketState.RETURNED:
        return True
    waited_ms = now_ms - (ticket.offered_ms or 0)
    return ticket.state is TicketState.TRANSFERRING and not -LIMIT_MS <= waited_ms < ANSWER_WITHIN_MS


def handed_over(ticket: Ticket, to_window: str, now_ms: int, note: str | None = None) -> Ticket:
    """Return the ticket as handed to another window; who served first stays who served first.

    Raises:
        IllegalTransition: it is neither called nor served.
    """
    return _offer(ticket, TicketEvent.TRANSFER, to_window, now_ms, note)


def declined(ticket: Ticket, now_ms: int, note: str | None = None) -> Ticket:
    """Return the ticket as sent back to the window it came from, with the reason.

    Raises:
        IllegalTransition: it is not on its way.
    """
    back = replace(ticket, window=ticket.to_window)
    return _offer(back, TicketEvent.DECLINE, ticket.window or "", now_ms, note)


def taken(ticket: Ticket, window: str, called_ms: int) -> Ticket:
    """Return the ticket as called by the window it was handed to.

    Raises:
        IllegalTransition: it is not on its way.
    """
    state = TICKET.after(ticket.state, TicketEvent.TAKE)
    return replace(
        ticket, state=state, rev=ticket.rev + 1, window=window, called_ms=called_ms, to_window=None, offered_ms=None
    )


def suggested(lines: Iterable[WindowLine], own: str, business: str) -> WindowLine | None:
    """Return the open window of the same business with the shortest line; of equal ones the first that is published."""
    fit = (each for each in lines if each.open and each.window != own and business in each.businesses)
    return min(fit, key=lambda each: each.waiting, default=None)


def _offer(ticket: Ticket, event: TicketEvent, to_window: str, now_ms: int, note: str | None) -> Ticket:
    return replace(
        ticket,
        state=TICKET.after(ticket.state, event),
        rev=ticket.rev + 1,
        to_window=to_window,
        offered_ms=now_ms,
        note=note,
    )
