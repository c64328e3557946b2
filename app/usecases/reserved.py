"""What is left of the window's reserved block: what the authority reserved, without what this window did since."""

from app.domain.reserved_block import block_of
from app.domain.ticket import Ticket
from app.ports.store import Reading
from app.usecases.call_next import called_anew


def block_left(view: Reading, window: str) -> tuple[Ticket, ...]:
    """Return the reserved tickets this counter's window may still call, in the order to call them: by reservation.

    Behind it come the numbers of its own series that the window gave out and the authority does not know yet.
    All of it is read from the store, so that it holds after a restart too: a ticket that was called, served by its
    paper or given back here is out of the block before the authority's feed says so.
    """
    held = block_of(view.reserved_for(window), window)
    left = (each for each in held if _untouched(view, each))
    return tuple(each for each in (*left, *view.own_numbers(window)) if not view.given_back(each))


def _untouched(view: Reading, ticket: Ticket) -> bool:
    earlier = view.visit_of(ticket.ticket_id, ticket.number)
    return earlier is None or called_anew(earlier, ticket)
