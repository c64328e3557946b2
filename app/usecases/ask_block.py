"""The link flaps: the window asks for a few numbers that it may call while it is cut off (sync.md 2, rule 3)."""

from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.ports.block_authority import BlockAuthority
from app.ports.clock import Clock, new_id
from app.ports.store import Store
from app.usecases.acting import counter_of, require

COUNT = 2
"""Numbers a window asks for by itself: every one of them is a citizen who waits for this window alone."""


def ask_block(store: Store, clock: Clock, authority: BlockAuthority, by: Clerk) -> None:
    """Ask the authority, and keep that the window asked by itself: what it did not ask for it does not give back.

    Raises:
        ActRefused: no right.
        AuthorityUnreachable: no answer.
        AuthorityRefused: the authority said no.
    """
    require(by, Act.SERVE_TICKET)
    with store.read() as view:
        window = counter_of(view).window
    newest = authority.reserve_block(window, COUNT, new_id(clock))
    with store.begin() as work:
        work.put_own_block_epoch(newest)
