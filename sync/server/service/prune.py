"""Forgets what no retry and no cursor needs any more, once at every start."""

from sync.server.service.context import Context
from sync.server.storage import clerks, feed, halls, idempotency, page_devices
from sync.server.storage.engine import Transaction

ANSWERS_MS = 7 * 24 * 60 * 60 * 1000
FEED_EVENTS = 200_000
"""What a hall keeps of its feed: several weeks of a busy one; who was away longer takes a snapshot."""


def prune(context: Context) -> None:
    """Drop old answers, expired sessions and the tail of every feed."""
    now_ms = context.clock.now_ms()

    def work(connection: Transaction) -> None:
        idempotency.forget(connection, now_ms - ANSWERS_MS)
        clerks.forget_sessions(connection, now_ms)
        page_devices.forget_links(connection, now_ms)
        for code in halls.codes(connection):
            hall = halls.get(connection, code)
            if hall is not None and hall.head - FEED_EVENTS > hall.floor:
                feed.trim(connection, code, hall.head - FEED_EVENTS)

    context.storage.write(work)
