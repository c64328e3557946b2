"""The sealed A4 originals: rows of the store, and the same rows as the A4 thread sees them."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, literal_column, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.schema import Column

from app.domain.original import UNSEALED, Original, OriginalState
from app.domain.record import names, plain
from app.storage.engine import Database
from app.storage.tables import ORIGINAL

_ADD = insert(ORIGINAL)
_ARRIVAL: ColumnElement[Any] = literal_column("rowid")
"""Within a millisecond the order of the commits counts."""


class OriginalView:
    """Implements ``app.ports.originals.OriginalReading`` on the connection of a view."""

    _connection: Connection

    def originals_owed(self) -> Sequence[Original]:
        """See ``OriginalReading``."""
        return _all(self._connection, _select().where(ORIGINAL.c.state.in_(UNSEALED)))

    def original(self, original_id: str) -> Original | None:
        """See ``OriginalReading``."""
        return _first(self._connection, _select().where(ORIGINAL.c.original_id == original_id))

    def originals_of(self, case_id: str) -> Sequence[Original]:
        """See ``OriginalReading``."""
        return _all(self._connection, _select().where(ORIGINAL.c.case_id == case_id))

    def original_paper(self, original_id: str) -> Mapping[str, Any]:
        """See ``OriginalReading``."""
        return _paper(self._connection, original_id)


class OriginalWriting:
    """Implements ``app.ports.originals.OriginalWork``."""

    _connection: Connection

    def owe_original(self, original: Original, document: Mapping[str, Any]) -> None:
        """See ``OriginalWork``."""
        self._connection.execute(_ADD, {**plain(original), "document": dict(document)})

    def put_original(self, original: Original) -> None:
        """See ``OriginalWork``."""
        _put(self._connection, original)


class CounterOriginals:
    """Implements ``app.ports.originals.OriginalSpool``; may be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_queued(self) -> Original | None:
        """See ``OriginalSpool``."""
        with self._database.read() as connection:
            return _first(connection, _select().where(ORIGINAL.c.state == OriginalState.QUEUED))

    def claim(self, original_id: str) -> Mapping[str, Any] | None:
        """See ``OriginalSpool``."""
        waits = (ORIGINAL.c.original_id == original_id) & (ORIGINAL.c.state == OriginalState.QUEUED)
        with self._database.write() as connection:
            taken = connection.execute(update(ORIGINAL).where(waits).values(state=OriginalState.SENDING)).rowcount
            return _paper(connection, original_id) if taken else None

    def settle(self, original: Original) -> None:
        """See ``OriginalSpool``."""
        with self._database.write() as connection:
            _put(connection, original)

    def unsettled(self) -> Sequence[Original]:
        """See ``OriginalSpool``."""
        with self._database.read() as connection:
            return _all(connection, _select().where(ORIGINAL.c.state == OriginalState.SENDING))

    def owed(self) -> Sequence[Original]:
        """See ``OriginalSpool``."""
        with self._database.read() as connection:
            return _all(connection, _select().where(ORIGINAL.c.state.in_(UNSEALED)))


@cache
def _columns() -> tuple[Column[Any], ...]:
    """Return all but the content: a list of originals never reads what they say."""
    return tuple(ORIGINAL.c[name] for name in names(Original))


def _select() -> Select[Any]:
    return select(*_columns()).order_by(ORIGINAL.c.created_ms, _ARRIVAL)


def _all(connection: Connection, statement: Select[Any]) -> Sequence[Original]:
    return [_original(row) for row in connection.execute(statement).mappings()]


def _first(connection: Connection, statement: Select[Any]) -> Original | None:
    row = connection.execute(statement.limit(1)).mappings().first()
    return None if row is None else _original(row)


def _paper(connection: Connection, original_id: str) -> Mapping[str, Any]:
    content = select(ORIGINAL.c.document).where(ORIGINAL.c.original_id == original_id)
    document: Mapping[str, Any] = connection.execute(content).scalar_one()
    return document


def _put(connection: Connection, original: Original) -> None:
    named = ORIGINAL.c.original_id == original.original_id
    connection.execute(update(ORIGINAL).where(named).values(**plain(original)))


def _original(row: RowMapping) -> Original:
    return Original(**{**row, "state": OriginalState(row["state"])})
