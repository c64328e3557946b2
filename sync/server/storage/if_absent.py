"""Inserts rows whether or not one with their key is there: one round trip instead of a look and an insert."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_COUNTED: Final = {"preserve_rowcount": True}


class IfAbsent:
    """Holds the statement of one table for both kinds of database."""

    def __init__(self, table: Table) -> None:
        self._by_dialect = {
            "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
            "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
        }

    def add(self, connection: Connection, row: Mapping[str, Any]) -> bool:
        """Insert the row; False when a unique key was taken, also by a transaction that commits meanwhile."""
        statement = self._by_dialect[connection.dialect.name]
        return connection.execute(statement, dict(row), execution_options=_COUNTED).rowcount > 0

    def add_all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Insert the rows, which may be none, but those of which a unique key is taken; False when there were such."""
        if not rows:
            return True
        statement = self._by_dialect[connection.dialect.name]
        added = connection.execute(statement, [dict(row) for row in rows], execution_options=_COUNTED)
        return added.rowcount == len(rows)


class Upsert:
    """Inserts rows, or replaces one value of those whose key is there: one round trip, whoever was first."""

    def __init__(self, table: Table, replaced: str) -> None:
        def whole(statement: Any) -> Any:
            keys = [one.name for one in table.primary_key]
            return statement.on_conflict_do_update(index_elements=keys, set_={replaced: statement.excluded[replaced]})

        self._by_dialect = {
            "sqlite": whole(sqlite.insert(table)),
            "postgresql": whole(postgresql.insert(table)),
        }

    def put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put the rows, one at least."""
        connection.execute(self._by_dialect[connection.dialect.name], [dict(row) for row in rows])
