"""打印正本: an owed original goes to the A4 printer, in two copies; again, the copies bear 补打 n."""

from app.domain.clerk import Clerk
from app.domain.original import Original, queued
from app.domain.rights import Act
from app.domain.transitions import IllegalTransition
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.original_record import known_original, record_original


def print_original(store: Store, original_id: str, by: Clerk) -> Original:
    """Queue the frozen content for the A4 printer and record it.

    Raises:
        ActRefused: no right, no such original, or one that is under way, sealed or voided.
    """
    require(by, Act.PRINT_ORIGINAL)
    with store.begin() as work:
        try:
            waiting = queued(known_original(work, original_id))
        except IllegalTransition as error:
            raise ActRefused(ActRefusal.ORIGINAL_SETTLED) from error
        record_original(work, by, waiting, "document.printed", reprint=waiting.prints)
        return waiting
