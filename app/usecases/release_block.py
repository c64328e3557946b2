"""交回留号: what is left of the reserved block goes back into line, each to its old place (sync.md 2, rule 4)."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.ticket import Ticket
from app.domain.walk_in import of_own_series
from app.ports.store import Store, Work
from app.usecases.acting import actor_at, counter_of, require
from app.usecases.reserved import block_left


def release_block(store: Store, by: Clerk, *, own: bool = False) -> tuple[Ticket, ...]:
    """Give the block back and return what was in it; works with and without the server.

    ``own`` leaves what the floor manager had reserved for this window, and gives back only what it asked for itself.

    Raises:
        ActRefused: no right.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        return release(work, by, upto=work.own_block_epoch() if own else None)


def release(work: Work, by: Clerk, *, upto: int | None = None) -> tuple[Ticket, ...]:
    """Give back within an open transaction, in order after the calls of this window; ``upto`` ends at that epoch."""
    actor = actor_at(work, by)
    block, counter = block_left(work, actor.window), counter_of(work).counter
    left = tuple(each for each in block if upto is None or _asked_for(each, counter, upto))
    for each in left:
        work.append(
            OperationDraft(
                kind="ticket.released",
                entity="ticket",
                entity_id=each.ticket_id,
                payload={"number": each.number, "window": actor.window, "epoch": each.epoch or None},
                actor=actor,
                base_rev=each.rev,
            )
        )
    return left


def _asked_for(ticket: Ticket, counter: str, upto: int) -> bool:
    """Say whether the window asked for this number itself; whom it gave a number of its own expects this window."""
    return ticket.epoch <= upto and not of_own_series(ticket.number, counter)
