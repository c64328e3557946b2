"""All rows of a database as plain values, from either kind into either kind, at whatever migration it stands."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import JSON, Connection, MetaData, Table, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sync.server.storage import schema
from sync.server.storage.engine import Storage
from sync.server.storage.tables import SCHEMA

ROWS: Final = 500
"""Rows of one portion."""
_LEFT_OUT: Final = frozenset({"alembic_version", "feed", "restored_hall", "awaited_counter"})
"""A restored hall begins a feed of its own, and awaits everybody anew."""

_DAMAGED: Final = frozenset({11, 26})
"""SQLITE_CORRUPT and SQLITE_NOTADB."""

Portion = tuple[str, Sequence[str], list[list[Any]]]
"""Table, its columns, and rows of plain values."""


class DamagedError(Exception):
    """The database's file is damaged."""


def migration(connection: Connection) -> str | None:
    """Return the migration the database stands at; None for one that is not this product's."""
    return schema.version(connection)


def is_empty(connection: Connection) -> bool:
    """Say whether nothing at all lies in the database."""
    return not inspect(connection).get_table_names()


def check_sound(connection: Connection) -> None:
    """Read every page of an SQLite file; PostgreSQL looks after its own.

    Raises:
        DamagedError: something is wrong.
    """
    if connection.dialect.name != "sqlite":
        return
    try:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except SQLAlchemyError as error:
        raise DamagedError from error
    if found != "ok":
        raise DamagedError


def require_sound(storage: Storage) -> None:
    """Look whether the database can be opened and read from end to end.

    Raises:
        DamagedError: its file is damaged.
        SQLAlchemyError: it cannot be reached.
    """
    try:
        storage.read(check_sound)
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            raise DamagedError from error
        raise


def portions(connection: Connection) -> Iterator[Portion]:
    """Yield all tables in portions, as one consistent view has them."""
    for table in _tables(connection):
        rows = connection.execution_options(yield_per=ROWS).execute(select(table))
        names = [str(name) for name in table.c.keys()]  # noqa: SIM118 - columns, not a mapping
        for part in rows.partitions(ROWS):
            yield str(table.name), names, [list(row) for row in part]


def migrate_to(connection: Connection, wanted: str) -> None:
    """Bring the tables to a migration, or to ``head``, within the connection's transaction."""
    schema.upgrade_to(connection, wanted)


def fill(connection: Connection, given: Iterator[Portion]) -> dict[str, int]:
    """Insert the portions into the empty tables of the same migration; return how many rows each table has now.

    Raises:
        SQLAlchemyError: a table or column is not there.
    """
    tables = {table.name: table for table in _tables(connection)}
    for name, columns, rows in given:
        connection.execute(insert(tables[name]), [dict(zip(columns, row, strict=True)) for row in rows])
    return {name: _count(connection, table) for name, table in tables.items()}


def newest() -> str:
    """Return the migration this program knows last."""
    return SCHEMA


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as the database itself describes them: it may be older than this program."""
    found = MetaData()
    found.reflect(connection)
    tables = [table for table in found.sorted_tables if table.name not in _LEFT_OUT]
    for table in tables:
        for column in table.c:
            if isinstance(column.type, JSON):
                column.type = type(column.type)(none_as_null=True)
    return tables
