"""Rows of tickets and their number series; the statements are built once, since a call is measured in milliseconds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Update,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from app.domain.reserved_block import block_of
from app.domain.ticket import IN_LINE, LIVE, Ticket, TicketState
from sync.server.storage.by_code_points import ByCodePoints
from sync.server.storage.engine import TryAgain
from sync.server.storage.if_absent import IfAbsent
from sync.server.storage.mirrored import mirrored
from sync.server.storage.padded import padded
from sync.server.storage.rows import Rows
from sync.server.storage.tables import ticket, ticket_series

_NAMES = tuple(field.name for field in fields(Ticket))
_STATE = _NAMES.index("state")
_VALUES = attrgetter(*_NAMES)
_HALL = ticket.c.hall == bindparam("of_hall")
COLUMNS = tuple(ticket.c[name] for name in _NAMES)
"""As ``of_row`` reads them."""
_TICKET = select(*COLUMNS).where(_HALL)
_PLACE = (func.coalesce(ticket.c.line_ms, ticket.c.issued_ms), ticket.c.ticket_id)
_SINCE = ticket.c.issued_ms >= bindparam("since_ms")
_SERIES = tuple(ticket_series.c[name] == bindparam(f"of_{name}") for name in ("hall", "business_date", "business"))
_BUSINESSES = ticket.c.business.in_(bindparam("businesses", expanding=True))
_IN_LINE = (ticket.c.state.in_(sorted(IN_LINE)), _BUSINESSES, _SINCE)

_NEXT_IN_SERIES = (
    update(ticket_series).where(*_SERIES).values(last=ticket_series.c.last + 1).returning(ticket_series.c.last)
)
_START_SERIES = insert(ticket_series)
_ADD = insert(ticket)
_ADD_NEW = IfAbsent(ticket)
_ROWS = Rows(ticket, (*_NAMES, "closed_ms"))
_STANDS = (_HALL, ticket.c.ticket_id == bindparam("of_id"), ticket.c.rev == bindparam("old_rev"))
_MOVE = update(ticket).where(*_STANDS).values({name: bindparam(name) for name in _NAMES if name != "hall"})
_CLOSE = _MOVE.values(closed_ms=bindparam("closed_ms"))
_GET = _TICKET.where(ticket.c.ticket_id == bindparam("of_id"))
_BY_NUMBER = _TICKET.where(ticket.c.business_date == bindparam("day"), ticket.c.number == bindparam("of_number"))
_LOCK = (
    _TICKET.where(ticket.c.ticket_id.in_(bindparam("ids", expanding=True)))
    .order_by(ticket.c.ticket_id)
    .with_for_update()
)
_LINE = _TICKET.where(*_IN_LINE).order_by(*_PLACE)
_RESERVED = _TICKET.where(ticket.c.state == TicketState.RESERVED, ticket.c.window == bindparam("of_window"), _SINCE)
_CALLED_LATELY = (
    select(ticket.c.priority)
    .where(
        _HALL,
        ticket.c.called_ms >= bindparam("since_ms"),
        _BUSINESSES,
        ticket.c.state.not_in(sorted(IN_LINE)),
    )
    .order_by(ticket.c.called_ms.desc(), ticket.c.ticket_id.desc())
    .limit(bindparam("at_most"))
)
_COUNT_WAITING = select(func.count()).select_from(ticket).where(_HALL, *_IN_LINE)
_COUNT_PRIORITY = _COUNT_WAITING.where(ticket.c.priority.is_not(None))
_HELD = _TICKET.where(
    ticket.c.window == bindparam("of_window"),
    ticket.c.state.in_([TicketState.CALLED, TicketState.SERVING]),
    ticket.c.called_ms >= bindparam("called_since_ms"),
).order_by(ticket.c.called_ms)
_LATELY = (
    select((ticket.c.closed_ms - ticket.c.called_ms).label("length"))
    .where(
        _HALL,
        ticket.c.business == bindparam("of_business"),
        ticket.c.state == TicketState.DONE,
        ticket.c.closed_ms.is_not(None),
    )
    .order_by(ticket.c.closed_ms.desc())
    .limit(bindparam("at_most"))
    .subquery()
)
"""Taken by their index alone, and looked at afterwards: a condition on the length would walk those of all years."""
_LENGTHS = select(_LATELY.c.length).where(_LATELY.c.length.between(0, bindparam("at_most_ms")))
_IN_STATES = _TICKET.where(ticket.c.state.in_(bindparam("states", expanding=True)), _SINCE).order_by(*_PLACE)
_STANDING = (
    select(*COLUMNS)
    .where(
        or_(  # each half along an index
            and_(_HALL, ticket.c.business_date >= bindparam("day")), and_(_HALL, ticket.c.state.in_(sorted(LIVE)))
        )
    )
    .order_by(ByCodePoints(ticket.c.ticket_id))
)


NONE_CLOSED: Mapping[str, int] = MappingProxyType({})


class Overtaken(TryAgain):
    """Another transaction changed the ticket first."""


def of_row(row: Sequence[Any]) -> Ticket:
    """Return the ticket of a row of ``COLUMNS``."""
    values = list(row)
    values[_STATE] = TicketState(values[_STATE])
    return Ticket(*values)


def values_of(of: Ticket) -> dict[str, Any]:
    """Return what a ticket says, by name: ``dataclasses.asdict`` without its copies, which cost more than the row."""
    return dict(zip(_NAMES, _VALUES(of), strict=True))


def next_in_series(connection: Connection, hall: str, business_date: str, business: str) -> int:
    """Return the next number of the day's series, starting at 1; a rolled-back issue takes none."""
    key = {"hall": hall, "business_date": business_date, "business": business}
    taken = connection.execute(_NEXT_IN_SERIES, {f"of_{name}": value for name, value in key.items()}).scalar()
    if taken is None:
        connection.execute(_START_SERIES, {**key, "last": 1})
        return 1
    return int(taken)


def add(connection: Connection, new: Ticket) -> None:
    """Insert a fresh ticket; its number is unique in hall and day by constraint."""
    connection.execute(_ADD, values_of(new))


def add_new(connection: Connection, new: Ticket) -> bool:
    """Insert a ticket that a counter made; False when its id, or its number on that day, is taken."""
    return _ADD_NEW.add(connection, values_of(new))


def add_all_new(connection: Connection, new: Sequence[tuple[Ticket, int | None]]) -> bool:
    """Insert several, each with the moment it was closed if it was; False when an id or a number is taken.

    Then the transaction has to be taken back.
    """
    try:
        _ROWS.add(connection, [(*_VALUES(each), closed_ms) for each, closed_ms in new])
    except IntegrityError:
        return False
    return True


def move(connection: Connection, old: Ticket, new: Ticket, closed_ms: int | None = None) -> None:
    """Replace what ``old`` says by ``new``.

    Raises:
        Overtaken: the row no longer is what ``old`` says.
    """
    values = {**values_of(new), "of_hall": old.hall, "of_id": old.ticket_id, "old_rev": old.rev}
    del values["hall"]
    if closed_ms is None:
        changed = connection.execute(_MOVE, values)
    else:
        changed = connection.execute(_CLOSE, {**values, "closed_ms": closed_ms})
    if not changed.rowcount:
        raise Overtaken(old.ticket_id)


def move_all(
    connection: Connection, moves: Sequence[tuple[Ticket, Ticket]], closed: Mapping[str, int] = NONE_CLOSED
) -> None:
    """Replace what the first of each pair says by the second; ``closed`` says of all or none when they were closed.

    Raises:
        Overtaken: a row no longer is what its first says.
    """
    if not moves:
        return
    pairs = [(values_of(old), values_of(new)) for old, new in moves]
    changed = tuple(name for name in _NAMES if any(old[name] != new[name] for old, new in pairs))
    rows = [
        {
            "of_hall": old["hall"],
            "of_id": old["ticket_id"],
            "old_rev": old["rev"],
            **{each: new[each] for each in changed},
            **({"closed_ms": closed[old["ticket_id"]]} if closed else {}),
        }
        for old, new in pairs
    ]
    if connection.execute(_move_of((*changed, "closed_ms") if closed else changed), rows).rowcount != len(rows):
        raise Overtaken(*(old.ticket_id for old, _ in moves))


def get(connection: Connection, hall: str, ticket_id: str) -> Ticket | None:
    """Return one ticket."""
    return _first(connection, _GET, {"of_hall": hall, "of_id": ticket_id})


def by_number(connection: Connection, hall: str, business_date: str, number: str) -> Ticket | None:
    """Return the ticket with that printed number on that day."""
    return _first(connection, _BY_NUMBER, {"of_hall": hall, "day": business_date, "of_number": number})


def lock(connection: Connection, hall: str, ids: Collection[str]) -> dict[str, Ticket]:
    """Lock tickets in id order, second in the lock order of sync.md section 1; return those that there are, by id."""
    found = _all(connection, _LOCK, {"of_hall": hall, "ids": padded(sorted(ids))}) if ids else []
    return {each.ticket_id: each for each in found}


def line(connection: Connection, hall: str, businesses: Collection[str], since_ms: int) -> list[Ticket]:
    """Return all tickets of the businesses that wait, also those reserved for a window, by their place."""
    return _all(connection, _LINE, {"of_hall": hall, "businesses": list(businesses), "since_ms": since_ms})


def block(connection: Connection, hall: str, window: str, since_ms: int) -> tuple[Ticket, ...]:
    """Return the tickets that are reserved for the window, in the order it calls them."""
    return block_of(_all(connection, _RESERVED, {"of_hall": hall, "of_window": window, "since_ms": since_ms}), window)


def in_a_row(connection: Connection, hall: str, businesses: Collection[str], since_ms: int, most: int) -> int:
    """Return how many tickets with a priority were called since the last one without; ``most`` are looked at."""
    values = {"of_hall": hall, "businesses": list(businesses), "since_ms": since_ms, "at_most": most}
    lately = list(connection.execute(_CALLED_LATELY, values).scalars())
    return next((n for n, priority in enumerate(lately) if priority is None), len(lately))


def waiting_ahead(connection: Connection, new: Ticket, since_ms: int) -> int:
    """Return how many other waiting tickets of the business will be called before a new one."""
    query = _COUNT_WAITING if new.priority is None else _COUNT_PRIORITY
    values = {"of_hall": new.hall, "businesses": [new.business], "since_ms": since_ms}
    return int(connection.execute(query, values).scalar_one()) - 1


def held_by(connection: Connection, hall: str, window: str, since_ms: int) -> list[Ticket]:
    """Return the tickets the window called or serves, oldest call first."""
    return _all(connection, _HELD, {"of_hall": hall, "of_window": window, "called_since_ms": since_ms})


def service_lengths(connection: Connection, hall: str, business: str, *, at_most_ms: int, limit: int) -> list[int]:
    """Return call to close, in milliseconds, of the last ``limit`` closed tickets but clock faults: longer ones."""
    values = {"of_hall": hall, "of_business": business, "at_most_ms": at_most_ms, "at_most": limit}
    return list(connection.execute(_LENGTHS, values).scalars())


def in_states(connection: Connection, hall: str, states: Collection[TicketState], since_ms: int) -> list[Ticket]:
    """Return the tickets in these states that were issued since then, oldest first."""
    return _all(connection, _IN_STATES, {"of_hall": hall, "states": list(states), "since_ms": since_ms})


def standing(connection: Connection, hall: str, day: str) -> Iterator[dict[str, Any]]:
    """Return the mirrored rows of the tickets from that business date (ISO) on and of older live ones, by their ids."""
    return mirrored(connection, _STANDING, {"of_hall": hall, "day": day}, _NAMES)


@cache
def _move_of(names: tuple[str, ...]) -> Update:
    return update(ticket).where(*_STANDS).values({name: bindparam(name) for name in names})


def _first(connection: Connection, query: Select[Any], values: dict[str, Any]) -> Ticket | None:
    row = connection.execute(query, values).first()
    return of_row(row) if row else None


def _all(connection: Connection, query: Select[Any], values: dict[str, Any]) -> list[Ticket]:
    return [of_row(row) for row in connection.execute(query, values)]
