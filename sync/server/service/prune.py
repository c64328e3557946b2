"""Forgets what no retry and no cursor needs any more: at every start, and every hour while the server serves."""

from datetime import date, timedelta
from functools import partial

from sync.server.service.context import Context
from sync.server.storage import clerks, feed, feed_days, halls, idempotency, page_devices
from sync.server.storage.engine import Transaction

ANSWERS_MS = 7 * 24 * 60 * 60 * 1000
FEED_EVENTS = 200_000
"""What a hall keeps of its feed at most: several weeks of a busy one; who was away longer takes a snapshot."""
FEED_DAYS = 60
"""And no event longer than so many days."""


def prune(context: Context) -> None:
    """Drop old answers, expired sessions and the tail of every feed."""
    now_ms = context.clock.now_ms()

    def work(connection: Transaction) -> list[str]:
        idempotency.forget(connection, now_ms - ANSWERS_MS)
        clerks.forget_sessions(connection, now_ms)
        page_devices.forget_links(connection, now_ms)
        return halls.codes(connection)

    for code in context.storage.write(work):
        context.storage.write(partial(_trim, context, code))


def _trim(context: Context, code: str, connection: Transaction) -> None:
    """Forget the tail of one hall's feed: by age, measured by where it stood on which day, and by number."""
    hall = halls.get(connection, code)
    if hall is None:
        return
    today = context.today()
    oldest = (date.fromisoformat(today) - timedelta(days=FEED_DAYS)).isoformat()
    aged = feed_days.head_at(connection, code, oldest)
    feed_days.note(connection, code, today, hall.head)
    feed_days.forget(connection, code, oldest)
    floor = max(hall.head - FEED_EVENTS, aged)
    if floor > hall.floor:
        feed.trim(connection, code, floor)  # LAST: it locks the hall's row
