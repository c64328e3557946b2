"""Inserts a row unless one with its key is there: one round trip instead of a look and an insert."""

from collections.abc import Mapping
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
