"""Somebody rings or writes: a visit of the window's own series without anybody at the window (domain rule I70)."""

from app.domain.channel import Channel
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import Visit
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import require
from app.usecases.walk_in import begin_walk_in


def open_contact(store: Store, clock: Clock, channel: Channel, by: Clerk) -> Visit:
    """Begin with the call or the letter; works with and without the server.

    Raises:
        ActRefused: no right or open day, or somebody is at the window.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        return begin_walk_in(work, clock, by, channel=channel)
