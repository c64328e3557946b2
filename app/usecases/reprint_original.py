"""补打正本: a sealed original is printed again from its frozen content, marked 补打 n; the first stays on record."""

from app.domain.clerk import Clerk
from app.domain.original import UNSEALED, Original, again, queued
from app.domain.rights import Act
from app.domain.transitions import IllegalTransition
from app.ports.clock import Clock, new_id
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.original_record import known_original, record_original


def reprint_original(store: Store, clock: Clock, original_id: str, by: Clerk) -> Original:
    """Owe two more copies beside the sealed one and queue them for the A4 printer, in one commit.

    They are on the list 待出正本 until the clerk says that they bear the seal too.

    Raises:
        ActRefused: no right, no such original, or one that is not sealed: that is printed from the list.
    """
    require(by, Act.PRINT_ORIGINAL)
    with store.begin() as work:
        sealed = known_original(work, original_id)
        try:
            waiting = queued(again(sealed, new_id(clock), clock.now_ms()))
        except IllegalTransition as error:
            raise ActRefused(ActRefusal.ORIGINAL_NOT_SEALED) from error
        if any(each.slip == sealed.slip and each.state in UNSEALED for each in work.originals_of(sealed.case_id)):
            raise ActRefused(ActRefusal.ORIGINAL_OWED_ALREADY)
        work.owe_original(waiting, work.original_paper(original_id))
        record_original(work, by, waiting, "document.printed", reprint=waiting.prints)
        return waiting
