"""F2 without the network: the next number of the reserved block, committed before anybody hears of it (sync.md 2)."""

from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS
from app.domain.visit import Visit
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import counter_of, require, require_free
from app.usecases.call_next import record_call
from app.usecases.reserved import block_left


def call_reserved(store: Store, clock: Clock, by: Clerk) -> Visit | None:
    """Call the first number of the block that is left, none of yesterday; return None when there is none.

    The key for the authority stays: the answer that may have been lost is asked for again, once there is a way, and a
    number that was called here meanwhile is not called twice (``call_next``).

    Raises:
        ActRefused: no right, no open day, or somebody is being served.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        require_free(work)
        since_ms = clock.now_ms() - HORIZON_MS
        left = [each for each in block_left(work, counter_of(work).window) if each.issued_ms >= since_ms]
        return record_call(work, clock, left[0], by, epoch=left[0].epoch or None) if left else None
