"""The hall's own row (head and floor of its feed), the server's incarnation, and which windows opened today."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.server.storage.tables import hall, server, window_day


@dataclass(frozen=True, slots=True)
class Hall:
    """``head`` is the newest number of the feed, ``floor`` the highest cursor that can no longer be served from it."""

    hall: str
    centre: str
    head: int
    floor: int


_HALL = select(hall.c.hall, hall.c.centre, hall.c.head, hall.c.floor).where(hall.c.hall == bindparam("of_hall"))
_HEADS = select(hall.c.hall, hall.c.head).where(hall.c.hall.in_(bindparam("codes", expanding=True)))
_INCARNATION = select(server.c.incarnation)
_OPENED = select(window_day.c.window).where(
    window_day.c.hall == bindparam("of_hall"), window_day.c.business_date == bindparam("day")
)


def add(connection: Connection, code: str, centre: str) -> None:
    """Insert a hall with an empty feed."""
    connection.execute(insert(hall).values(hall=code, centre=centre, head=0, floor=0, last_counter=0))


def get(connection: Connection, code: str) -> Hall | None:
    """Return one hall."""
    row = connection.execute(_HALL, {"of_hall": code}).first()
    return Hall(*row) if row else None


def heads(connection: Connection, codes: Collection[str]) -> dict[str, int]:
    """Return the newest number of the feed of each of these halls."""
    return {row.hall: row.head for row in connection.execute(_HEADS, {"codes": list(codes)})}


def codes(connection: Connection) -> list[str]:
    """Return the codes of all halls of this server."""
    return list(connection.execute(select(hall.c.hall).order_by(hall.c.hall)).scalars())


def incarnation(connection: Connection) -> str | None:
    """Return what tells this database from one restored from a backup; None before the first start."""
    return connection.execute(_INCARNATION).scalar()


def set_incarnation(connection: Connection, value: str) -> None:
    """Keep the incarnation made at the first start."""
    connection.execute(insert(server).values(incarnation=value))


def business_date(connection: Connection, code: str, window: str) -> str | None:
    """Return the last business day the window opened."""
    return connection.execute(
        select(window_day.c.business_date).where(window_day.c.hall == code, window_day.c.window == window)
    ).scalar()


def open_day(connection: Connection, code: str, window: str, day: str) -> None:
    """Record that the window opened its business day."""
    changed = connection.execute(
        update(window_day).where(window_day.c.hall == code, window_day.c.window == window).values(business_date=day)
    )
    if not changed.rowcount:
        connection.execute(insert(window_day).values(hall=code, window=window, business_date=day))


def opened(connection: Connection, code: str, day: str) -> frozenset[str]:
    """Return the windows that opened on that business day."""
    return frozenset(connection.execute(_OPENED, {"of_hall": code, "day": day}).scalars())
