"""One round over all halls: what silence and time did to cases, and the cards that hang over them.

The clock is the server's own port; a round may be cut off anywhere and is run again.
"""

import logging
from functools import partial

from sync.server.service.anchor import anchor
from sync.server.service.attempts import forget_attempts
from sync.server.service.card_pass import CardPass
from sync.server.service.context import Context
from sync.server.service.deem_accepted import TimePass
from sync.server.service.prune import prune
from sync.server.service.recount import recount
from sync.server.storage import halls
from sync.server.storage.anchor_files import AnchorFiles
from sync.server.storage.engine import StorageFault

logger = logging.getLogger(__name__)

PRUNE_MS = 60 * 60 * 1000
"""How often what nobody needs any more is forgotten."""


class Rounds:
    """The passes with what they remember between rounds: only what spares work, nothing that would be missed.

    ``anchors`` is where the heads of the chains are written down once a day; None where the server has no folder.
    """

    PAUSE_S = 20

    def __init__(self, context: Context, anchors: AnchorFiles | None = None) -> None:
        self._context = context
        self._anchors = anchors
        self._counted: set[str] = set()
        self._pruned_ms: int | None = None
        self._passes = (TimePass(context), CardPass(context))

    def look(self) -> int:
        """Do the same; while the database is away nothing is lost, the next round looks again."""
        try:
            return self.run()
        except StorageFault as fault:
            logger.warning("rounds.failed error=%s", type(fault).__name__)
            return self.PAUSE_S

    def run(self) -> int:
        """Look at every hall; returns in how many seconds to look again."""
        if self._anchors is not None:
            anchor(self._context, self._anchors)
        forget_attempts(self._context)
        now_ms = self._context.clock.now_ms()
        if self._pruned_ms is None or abs(now_ms - self._pruned_ms) >= PRUNE_MS:
            prune(self._context)
            self._pruned_ms = now_ms
        pauses = [self.PAUSE_S]
        for hall in self._context.storage.read(lambda connection: list(halls.codes(connection))):
            if hall not in self._counted:
                recount(self._context, hall)
                self._counted.add(hall)
            for each in self._passes:
                each.run(hall)
            plan = self._context.storage.read(partial(self._context.plan, hall=hall))
            pauses.append(plan.floor.cards.pass_seconds)
        return min(pauses)
