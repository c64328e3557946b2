"""When the next push goes out: at once, unless nothing of the last one was acknowledged."""

import logging

from app.ports.clock import Clock
from sync.client.backoff import Backoff
from sync.protocol.messages import Push, PushResult

logger = logging.getLogger(__name__)


class PushTurn:
    """Keeps a counter from saying the same push again and again to a server that answers and takes nothing in."""

    def __init__(self, clock: Clock) -> None:
        self._backoff = Backoff(clock)

    def remaining_ms(self) -> int:
        """Return how long to wait still; 0 when a push may go out."""
        return self._backoff.remaining_ms()

    def answered(self, push: Push, result: PushResult) -> None:
        """Take note of how far the server has come by this push."""
        if result.acked_seq < push.first_seq:
            logger.warning("sync.nothing_acknowledged first_seq=%d", push.first_seq)
            self._backoff.failed()
        else:
            self._backoff.succeeded()
