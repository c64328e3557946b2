"""Where the feed of a hall stood on which day: what its events are forgotten by after so many days."""

from sqlalchemy import BigInteger, Column, Connection, String, Table, delete, func, insert, select

from sync.server.storage.tables import metadata

feed_day = Table(
    "feed_day",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("head", BigInteger, nullable=False),
)


def note(connection: Connection, hall: str, day: str, head: int) -> None:
    """Keep where the feed stood when a day (ISO) was first looked at."""
    known = select(feed_day.c.day).where(feed_day.c.hall == hall, feed_day.c.day == day)
    if connection.execute(known).first() is None:
        connection.execute(insert(feed_day).values(hall=hall, day=day, head=head))


def head_at(connection: Connection, hall: str, day: str) -> int:
    """Return where the feed stood at the last day looked at up to this one; 0 where nobody knows."""
    wanted = select(func.max(feed_day.c.head)).where(feed_day.c.hall == hall, feed_day.c.day <= day)
    return connection.execute(wanted).scalar() or 0


def forget(connection: Connection, hall: str, day: str) -> None:
    """Drop the days before this one (ISO)."""
    connection.execute(delete(feed_day).where(feed_day.c.hall == hall, feed_day.c.day < day))
