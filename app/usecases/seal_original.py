"""已盖章: both copies of an original bear the seal; only this word takes it off the list (domain.md L01)."""

from app.domain.clerk import Clerk
from app.domain.original import Original, sealed
from app.domain.rights import Act
from app.domain.transitions import IllegalTransition
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.original_record import known_original, record_original


def seal_original(store: Store, clock: Clock, original_id: str, by: Clerk) -> Original:
    """Record the clerk's word that the copies are sealed.

    Raises:
        ActRefused: no right, no such original, or one of which no copy came out, or that is sealed or voided.
    """
    require(by, Act.SEAL_ORIGINAL)
    now_ms = clock.now_ms()
    with store.begin() as work:
        try:
            done = sealed(known_original(work, original_id), by.number, now_ms)
        except IllegalTransition as error:
            raise ActRefused(ActRefusal.NOT_TO_BE_SEALED) from error
        record_original(work, by, done, "document.sealed", sealed_ms=now_ms)
        return done
