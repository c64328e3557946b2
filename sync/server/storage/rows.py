"""Adds rows to a table: many of them by one COPY where the database is PostgreSQL.

A row of an INSERT costs PostgreSQL and this process several times what it costs in a COPY (ADR 0031).
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import JSON, Connection, Engine, Table, event, insert

FEWEST: Final = 8
"""Fewer are inserted: PostgreSQL has that statement prepared, and a COPY waits for one more answer."""
_COPY: Final = "COPY "


class Rows:
    """Holds the statements of one table for both kinds of database; ``names`` are the columns that rows have."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._insert = insert(table)
        quoted = ", ".join(f'"{each}"' for each in names)
        self._copy = f"{_COPY}{table.name} ({quoted}) FROM STDIN"
        self._json = tuple(at for at, name in enumerate(names) if isinstance(table.c[name].type, JSON))

    def add(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert the rows, which may be none; each has its values, plain ones, in the order of the names.

        Raises:
            IntegrityError: a key is taken; the transaction must go back to its savepoint.
            DataError: a value does not fit its column.
        """
        if len(rows) >= FEWEST and connection.dialect.name == "postgresql":
            connection.exec_driver_sql(self._copy, [self._spelled(row) for row in rows] if self._json else list(rows))
        elif rows:
            connection.execute(self._insert, [dict(zip(self._names, row, strict=True)) for row in rows])

    def _spelled(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the row with its JSON as text."""
        return tuple(
            json.dumps(value) if at in self._json and value is not None else value for at, value in enumerate(row)
        )


def copies(statement: str) -> bool:
    """Say whether this is a statement of here whose rows are copied."""
    return statement.startswith(_COPY)


def copy(cursor: Any, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Send the rows through a cursor of psycopg."""
    with cursor.copy(statement) as sent:
        for row in rows:
            sent.write_row(row)


@event.listens_for(Engine, "do_executemany")
def _instead(cursor: Any, statement: str, rows: Sequence[tuple[Any, ...]], _context: Any) -> bool:
    """Copy where SQLAlchemy would execute the statement for each row; what goes wrong it tells as it tells all."""
    if not copies(statement):
        return False
    copy(cursor, statement, rows)
    return True
