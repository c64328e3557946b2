"""Versions of the catalogue and years of the working-day calendar."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from sync.server.storage.tables import calendar_year, catalogue_version


@dataclass(frozen=True, slots=True)
class Version:
    """One version; it is published once ``approved_by`` is set."""

    version: int
    document: Mapping[str, Any]
    effective_from: str
    submitted_by: str
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A version without its document; times are UTC milliseconds, None while it waits."""

    version: int
    effective_from: str
    submitted_by: str
    submitted_ms: int
    approved_by: str | None
    published_ms: int | None


_CURRENT = (
    select(catalogue_version.c.version)
    .where(
        catalogue_version.c.hall == bindparam("of_hall"),
        catalogue_version.c.approved_by.is_not(None),
        catalogue_version.c.effective_from <= bindparam("day"),
    )
    .order_by(catalogue_version.c.effective_from.desc(), catalogue_version.c.version.desc())
    .limit(1)
)

_TURN = _CURRENT.with_for_update(key_share=True)


def add(connection: Connection, hall: str, new: Version, now_ms: int) -> None:
    """Insert a version that waits for its second person."""
    connection.execute(
        insert(catalogue_version).values(
            hall=hall,
            version=new.version,
            document=json.dumps(new.document, ensure_ascii=False),
            effective_from=new.effective_from,
            submitted_by=new.submitted_by,
            submitted_ms=now_ms,
        )
    )


def last_number(connection: Connection, hall: str) -> int:
    """Return the highest version number, 0 when there is none."""
    query = select(func.max(catalogue_version.c.version)).where(catalogue_version.c.hall == hall)
    return connection.execute(query).scalar() or 0


def get(connection: Connection, hall: str, version: int) -> Version | None:
    """Return one version."""
    row = connection.execute(_one(hall, version)).first()
    return _version(row) if row else None


def lock(connection: Connection, hall: str, version: int) -> Version | None:
    """Return one version and lock its row."""
    row = connection.execute(_one(hall, version).with_for_update()).first()
    return _version(row) if row else None


def approve(connection: Connection, hall: str, version: int, by: str, now_ms: int) -> None:
    """Publish a version."""
    connection.execute(
        update(catalogue_version)
        .where(catalogue_version.c.hall == hall, catalogue_version.c.version == version)
        .values(approved_by=by, published_ms=now_ms)
    )


def begin_on(connection: Connection, hall: str, version: int, document: Mapping[str, Any]) -> None:
    """Keep a version's document with another day of effect."""
    connection.execute(
        update(catalogue_version)
        .where(catalogue_version.c.hall == hall, catalogue_version.c.version == version)
        .values(document=json.dumps(document, ensure_ascii=False), effective_from=document["effective_from"])
    )


def listed(connection: Connection, hall: str) -> list[Listed]:
    """Return every version, the newest first."""
    columns = (catalogue_version.c[each.name] for each in fields(Listed))
    rows = connection.execute(
        select(*columns).where(catalogue_version.c.hall == hall).order_by(catalogue_version.c.version.desc())
    )
    return [Listed(*row) for row in rows]


def current_number(connection: Connection, hall: str, day: str) -> int | None:
    """Return the published version in force on an ISO date: the one that began last, of one day the newest."""
    return connection.execute(_CURRENT, {"of_hall": hall, "day": day}).scalar()


def take_turn(connection: Connection, hall: str, day: str) -> int | None:
    """Return ``current_number`` and lock its row: who holds it decides alone who is called in the hall, in any process.

    After the devices and before the tickets in the lock order; nothing that waits for it holds a ticket.
    """
    return connection.execute(_TURN, {"of_hall": hall, "day": day}).scalar()


def published(connection: Connection, hall: str) -> list[Version]:
    """Return all published versions, oldest first."""
    rows = connection.execute(
        _select()
        .where(catalogue_version.c.hall == hall, catalogue_version.c.approved_by.is_not(None))
        .order_by(catalogue_version.c.version)
    )
    return [_version(row) for row in rows]


def put_year(connection: Connection, hall: str, year: int, days: Mapping[str, Any]) -> int:
    """Insert or replace a calendar year; returns its new revision."""
    where = (calendar_year.c.hall == hall, calendar_year.c.year == year)
    text = json.dumps(days, ensure_ascii=False)
    rev = connection.execute(
        update(calendar_year)
        .where(*where)
        .values(rev=calendar_year.c.rev + 1, days=text)
        .returning(calendar_year.c.rev)
    ).scalar()
    if rev is None:
        connection.execute(insert(calendar_year).values(hall=hall, year=year, rev=1, days=text))
    return rev or 1


def years(connection: Connection, hall: str) -> list[dict[str, Any]]:
    """Return the mirrored rows of the calendar."""
    rows = connection.execute(
        select(calendar_year.c.year, calendar_year.c.rev, calendar_year.c.days)
        .where(calendar_year.c.hall == hall)
        .order_by(calendar_year.c.year)
    )
    return [{"year": row.year, "rev": row.rev, "table": json.loads(row.days)} for row in rows]


def _one(hall: str, version: int) -> Any:
    return _select().where(catalogue_version.c.hall == hall, catalogue_version.c.version == version)


def _select() -> Any:
    return select(
        catalogue_version.c.version,
        catalogue_version.c.document,
        catalogue_version.c.effective_from,
        catalogue_version.c.submitted_by,
        catalogue_version.c.approved_by,
    )


def _version(row: Row[Any]) -> Version:
    return Version(row.version, json.loads(row.document), row.effective_from, row.submitted_by, row.approved_by)
