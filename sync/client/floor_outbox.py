"""The manager's acts on their way: asked for on one thread, kept on disk and sent by another, each once."""

import logging
from collections import deque

import msgspec

from app.domain.business_day import business_date
from app.ports.clock import Clock, new_id
from app.ports.wishes import KeptWish, WishFault, WishStore
from sync.protocol.messages import Message

logger = logging.getLogger(__name__)

OTHERS_KEPT_MS = 7 * 24 * 3_600_000
"""So long another manager's acts are kept, to tell them that these were not done."""


class FloorOutbox:
    """``ask`` may be called from any thread; everything else belongs to the thread that sends.

    An act is kept under the number of its manager and goes out in nobody else's name. One of an earlier business date
    is not sent any more: what was laid down for an hour is not for the next morning.
    """

    def __init__(self, store: WishStore, clock: Clock, by: str) -> None:
        self._store = store
        self._clock = clock
        self._by = by
        self._asked: deque[KeptWish] = deque()
        self._waiting: deque[KeptWish] = deque()
        self.expired = 0
        """Acts of an earlier day that were let go."""
        self.unkept = False
        """Whether the disk refused: what waits now would not survive a restart."""

    def __len__(self) -> int:
        return len(self._asked) + len(self._waiting)

    def ask(self, path: str, body: Message) -> None:
        """Take one more act, behind those before it."""
        wish = KeptWish(
            key=new_id(self._clock),
            by=self._by,
            at_ms=self._clock.now_ms(),
            path=path,
            body=msgspec.json.encode(body).decode(),
        )
        self._asked.append(wish)

    def load(self) -> None:
        """Go on with what an earlier run could not send."""
        try:
            kept = self._store.kept()
        except WishFault:
            logger.exception("floor.outbox_unreadable")
            self.unkept = True
            return
        today = business_date(self._clock.now_ms())
        for each in kept:
            own = each.by == self._by
            if own and business_date(each.at_ms) == today:
                self._waiting.append(each)
            elif own or self._clock.now_ms() - each.at_ms > OTHERS_KEPT_MS:
                self.expired += own
                self._forget(each.key)
        logger.info("floor.outbox kept=%d expired=%d", len(self._waiting), self.expired)

    def first(self) -> KeptWish | None:
        """Return the oldest act that is not answered, with all that was asked for safe on disk."""
        while self._asked:
            try:
                self._store.add(self._asked[0])
                self.unkept = False
            except WishFault:
                logger.exception("floor.outbox_not_kept")
                self.unkept = True
            self._waiting.append(self._asked.popleft())
        return self._waiting[0] if self._waiting else None

    def answered(self) -> None:
        """The oldest act was done or refused: it is not sent again."""
        self._forget(self._waiting.popleft().key)

    def _forget(self, key: str) -> None:
        try:
            self._store.drop(key)
        except WishFault:
            logger.exception("floor.outbox_not_dropped")
