"""What a hall restored from a backup has to find out again: who has not told everything, and which numbers it lost."""

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from sync.server.storage.tables import device, feed, hall, metadata, registration, server, ticket_series


def _hall() -> "Column[str]":
    return Column("hall", String(16), primary_key=True)


restored_hall = Table(
    "restored_hall",
    metadata,
    _hall(),
    Column("restored_ms", BigInteger, nullable=False),
    Column("backup_ms", BigInteger, nullable=False),
    Column("calls_held", Boolean, nullable=False),
)
"""Halls whose counters have not all pushed again yet; a row goes when they have."""

awaited_counter = Table(
    "awaited_counter",
    metadata,
    _hall(),
    Column("device", String(64), primary_key=True),
    Column("window", String(16), nullable=False),
)

lost_numbers = Table(
    "lost_numbers",
    metadata,
    _hall(),
    Column("business_date", String(10), primary_key=True),
    Column("business", String(8), primary_key=True),
    Column("after", Integer, nullable=False),
    Column("upto", Integer, nullable=False),
)
"""Numbers that may have been given out after the backup: ``after`` is the last one the backup knew."""


@dataclass(frozen=True, slots=True)
class Restored:
    """Moments in UTC milliseconds; ``calls_held``: a ticket the backup calls waiting may have been called since."""

    restored_ms: int
    backup_ms: int
    calls_held: bool


_RESTORED = select(restored_hall.c.restored_ms, restored_hall.c.backup_ms, restored_hall.c.calls_held).where(
    restored_hall.c.hall == bindparam("of_hall")
)
_AWAITED = (
    select(awaited_counter.c.window)
    .where(awaited_counter.c.hall == bindparam("of_hall"))
    .order_by(awaited_counter.c.window)
)
_IS_AWAITED = select(awaited_counter.c.device).where(
    awaited_counter.c.hall == bindparam("of_hall"), awaited_counter.c.device == bindparam("of_device")
)
_CAME = delete(awaited_counter).where(
    awaited_counter.c.hall == bindparam("of_hall"), awaited_counter.c.device == bindparam("of_device")
)
_GIVEN_UP = delete(awaited_counter).where(
    awaited_counter.c.hall == bindparam("of_hall"), awaited_counter.c.window == bindparam("of_window")
)
_LOST = select(lost_numbers.c.after, lost_numbers.c.upto).where(
    *(lost_numbers.c[name] == bindparam(f"of_{name}") for name in ("hall", "business_date", "business"))
)


def restored(connection: Connection, code: str) -> Restored | None:
    """Return the restore that the hall has not got over yet; None where there is none."""
    row = connection.execute(_RESTORED, {"of_hall": code}).first()
    return Restored(*row) if row else None


def begin(connection: Connection, code: str, new: Restored) -> None:
    """Await every counter that ever registered."""
    end(connection, code)
    connection.execute(
        insert(restored_hall).values(
            hall=code, restored_ms=new.restored_ms, backup_ms=new.backup_ms, calls_held=new.calls_held
        )
    )
    known = (
        select(device.c.hall, device.c.device, device.c.window)
        .join(registration, (registration.c.hall == device.c.hall) & (registration.c.device == device.c.device))
        .where(device.c.hall == code, device.c.window.is_not(None))
        .distinct()
    )
    connection.execute(insert(awaited_counter).from_select(["hall", "device", "window"], known))


def end(connection: Connection, code: str) -> None:
    """Await nobody any more."""
    connection.execute(delete(awaited_counter).where(awaited_counter.c.hall == code))
    connection.execute(delete(restored_hall).where(restored_hall.c.hall == code))


def awaited(connection: Connection, code: str) -> list[str]:
    """Return the windows whose counters have not told everything yet."""
    return list(connection.execute(_AWAITED, {"of_hall": code}).scalars())


def is_awaited(connection: Connection, code: str, of_device: str) -> bool:
    """Say whether this counter's word is awaited."""
    return connection.execute(_IS_AWAITED, {"of_hall": code, "of_device": of_device}).first() is not None


def came(connection: Connection, code: str, *, of_device: str | None = None, window: str | None = None) -> int:
    """Await this counter, or the counters of this window, no more; return how many that were."""
    if window is not None:
        return connection.execute(_GIVEN_UP, {"of_hall": code, "of_window": window}).rowcount
    return connection.execute(_CAME, {"of_hall": code, "of_device": of_device}).rowcount


def lost(connection: Connection, code: str, business_date: str, business: str) -> tuple[int, int] | None:
    """Return the numbers ``(after, upto]`` of a series that may have been given out; None where none was lost."""
    row = connection.execute(
        _LOST, {"of_hall": code, "of_business_date": business_date, "of_business": business}
    ).first()
    return (row.after, row.upto) if row else None


def skip_to(connection: Connection, code: str, business_date: str, business: str, upto: int) -> None:
    """Let the series go on behind ``upto``, and keep which numbers are skipped; never goes back."""
    of_series = tuple(
        ticket_series.c[name] == value
        for name, value in (("hall", code), ("business_date", business_date), ("business", business))
    )
    last = connection.execute(select(ticket_series.c.last).where(*of_series)).scalar()
    key = {"hall": code, "business_date": business_date, "business": business}
    if last is None:
        connection.execute(insert(ticket_series).values(**key, last=upto))
    elif last < upto:
        connection.execute(update(ticket_series).where(*of_series).values(last=upto))
    known = lost(connection, code, business_date, business)
    if known is None:
        connection.execute(insert(lost_numbers).values(**key, after=last or 0, upto=upto))
    elif known[1] < upto:
        of_lost = tuple(lost_numbers.c[name] == value for name, value in key.items())
        connection.execute(update(lost_numbers).where(*of_lost).values(upto=upto))


def series_since(connection: Connection, code: str) -> list[tuple[str, str, int]]:
    """Return every series of the hall: business date, business, last number."""
    rows = select(ticket_series.c.business_date, ticket_series.c.business, ticket_series.c.last)
    return [tuple(row) for row in connection.execute(rows.where(ticket_series.c.hall == code))]


def rename(connection: Connection, incarnation: str) -> None:
    """Give the database another name: clients see that it is not the one they spoke to."""
    connection.execute(update(server).values(incarnation=incarnation))


def new_feed(connection: Connection, code: str, head: int, *, skipped: int) -> None:
    """Begin the hall's feed anew at ``head``, where no cursor of before can be, and leave out registration numbers."""
    connection.execute(delete(feed).where(feed.c.hall == code))
    beyond = func.max if connection.dialect.name == "sqlite" else func.greatest
    highest = beyond(hall.c.head + 1, head)
    counters = hall.c.last_counter + skipped
    connection.execute(
        update(hall).where(hall.c.hall == code).values(head=highest, floor=highest, last_counter=counters)
    )
