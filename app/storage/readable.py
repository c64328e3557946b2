"""What can still be read of a damaged store, row by row: the cipher's own check says which pages are sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs

from app.storage.engine import Connect
from app.storage.pages import falls_short, promised

_TRIES: Final = 60
"""Steps over unreadable rows, each twice as wide as the last: wider than any table."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Rows of one table by column, values as the driver gives them, and whether some rows were passed over."""

    rows: Sequence[dict[str, Any]]
    whole: bool


def log_is_torn(connect: Connect, database: Path) -> bool:
    """Say whether commits are missing from what SQLite reads of the log."""
    wanted = promised(database)
    if not wanted:
        return False
    try:
        connection = connect()
    except sqlcipher.Error:
        return True
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return falls_short(database, wanted)
    except sqlcipher.Error:
        return True
    finally:
        connection.close()


def rows_in(connect: Connect, table: str, columns: Sequence[str]) -> Readable:
    """Return the rows of a table in the order of their row ids; every error is stepped over.

    A file that an older program left lacks the columns, and the tables, that came since: they are not asked for.
    """
    there = _columns(connect, table)
    names = [name for name in columns if there is None or name in there]
    if not names:
        return Readable([], whole=True)
    quoted = ", ".join(f'"{name}"' for name in names)
    question = f'SELECT rowid, {quoted} FROM "{table}" WHERE rowid > ? ORDER BY rowid'  # noqa: S608 - own names
    found: list[dict[str, Any]] = []
    after, step, tries = -1, 1, 0
    while tries < _TRIES:
        try:
            connection = connect()
        except sqlcipher.Error:
            break
        try:
            for row in connection.execute(question, (after,)):
                found.append(dict(zip(names, row[1:], strict=True)))
                after, step = row[0], 1
        except sqlcipher.Error:
            # A connection that met a damaged page is of no use any more.
            tries, after, step = tries + 1, after + step, step * 2
        else:
            return Readable(found, whole=tries == 0)
        finally:
            connection.close()
    return Readable(found, whole=False)


def _columns(connect: Connect, table: str) -> list[str] | None:
    """Return the names of a table's columns, none where there is no such table; None where that cannot be read."""
    try:
        connection = connect()
    except sqlcipher.Error:
        return None
    try:
        return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    except sqlcipher.Error:
        return None
    finally:
        connection.close()
