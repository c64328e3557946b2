"""The counter's store as the sync client sees it: an outbox to empty, and a copy of the server's tables to keep."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import StatementError

from app.domain.feed import table_digest
from app.domain.operation import Operation, from_wire
from app.ports.clock import Clock
from app.ports.replica import UnreadableRow
from app.ports.store import Counter
from app.storage import rows
from app.storage.engine import Database
from app.storage.rehomed import let_go
from app.storage.tables import CASE, CATALOGUE, CATALOGUE_ARRIVAL, COUNTER_STATE, MIRRORED, OPERATION

KEEP_ACKNOWLEDGED_MS = 30 * 24 * 3_600_000
"""A server restored from a backup asks for acknowledged operations again (sync.md section 1)."""


class CounterReplica:
    """Implements ``app.ports.replica.Replica``; may be used from any thread."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def incarnation(self) -> str:
        """See ``Replica``."""
        incarnation: str = self._state("incarnation")
        return incarnation

    def counter(self) -> Counter | None:
        """See ``Replica``."""
        with self._database.read() as connection:
            return rows.counter_of(rows.state(connection))

    def register(self, counter: Counter, server_incarnation: str) -> None:
        """See ``Replica``."""
        given = {name: getattr(counter, name) for name in ("device", "counter", "centre", "hall", "window")}
        with self._database.write() as connection:
            _set_state(connection, **given, server_incarnation=server_incarnation)

    def pending(self, limit: int) -> Sequence[Operation]:
        """See ``Replica``."""
        with self._database.read() as connection:
            acked = rows.state(connection)["acked_seq"]
            after = select(OPERATION.c.wire).where(OPERATION.c.seq > acked).order_by(OPERATION.c.seq).limit(limit)
            return [from_wire(wire) for wire in connection.execute(after).scalars()]

    def acknowledge(self, acked_seq: int, parked: dict[int, str]) -> None:
        """See ``Replica``. Never moves back, and never past what there is; what is acknowledged 30 days is dropped."""
        with self._database.write() as connection:
            state = rows.state(connection)
            acked = min(max(acked_seq, state["acked_seq"]), state["last_seq"])
            for seq, reason in parked.items():
                connection.execute(update(OPERATION).where(OPERATION.c.seq == seq).values(parked=reason))
            old = (OPERATION.c.wall_ms < self._clock.now_ms() - KEEP_ACKNOWLEDGED_MS) & OPERATION.c.parked.is_(None)
            # The newest operation stays for ever: it proves at the next start that the log is whole.
            settled = (OPERATION.c.seq <= acked) & (OPERATION.c.seq < state["last_seq"])
            connection.execute(delete(OPERATION).where(settled, old))
            _set_state(connection, acked_seq=acked)

    def rewind(self, next_seq: int, server_incarnation: str) -> None:
        """See ``Replica``. Only what is still kept can be sent again."""
        with self._database.write() as connection:
            state = rows.state(connection)
            oldest = connection.execute(select(func.min(OPERATION.c.seq))).scalar_one()
            floor = state["last_seq"] if oldest is None else oldest - 1
            acked = min(max(next_seq - 1, floor), state["last_seq"])
            _set_state(connection, acked_seq=acked, server_incarnation=server_incarnation)

    def server_incarnation(self) -> str | None:
        """See ``Replica``."""
        incarnation: str | None = self._state("server_incarnation")
        return incarnation

    def cursor(self) -> int:
        """See ``Replica``."""
        cursor: int = self._state("cursor")
        return cursor

    def apply(self, after: int, events: Sequence[dict[str, Any]], cursor: int) -> bool:
        """See ``Replica``."""
        with self._database.write() as connection:
            if not _continues(rows.state(connection)["cursor"], after, events, cursor):
                return False
            for event in events:
                _mirror(connection, event["entity"], event["data"], self._clock.now_ms())
            if events:
                _set_state(connection, cursor=cursor)
        return True

    def replace(self, rows: dict[str, list[dict[str, Any]]], cursor: int) -> None:
        """See ``Replica``."""
        with self._database.write() as connection:
            for table, _ in MIRRORED.values():
                connection.execute(delete(table))
            for entity, mirrored in rows.items():
                for row in mirrored:
                    _mirror(connection, entity, row, self._clock.now_ms())
            _set_state(connection, cursor=cursor)

    def digest(self) -> tuple[int, dict[str, tuple[int, str]]]:
        """See ``Replica``."""
        with self._database.read() as connection:
            cursor = rows.state(connection)["cursor"]
            return cursor, {
                entity: table_digest((dict(row) for row in connection.execute(select(table)).mappings()), key)
                for entity, (table, key) in MIRRORED.items()
            }

    def outbox(self) -> tuple[int, int]:
        """See ``Replica``."""
        with self._database.read() as connection:
            state = rows.state(connection)
            return state["acked_seq"] + 1, state["last_seq"] - state["acked_seq"]

    def parked(self) -> int:
        """See ``Replica``."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).where(OPERATION.c.parked.is_not(None))).scalar_one()

    def offline_since(self) -> int | None:
        """See ``Replica``."""
        since: int | None = self._state("offline_since_ms")
        return since

    def set_link(self, *, online: bool) -> None:
        """See ``Replica``. The moment of the loss stays while it lasts."""
        if (self.offline_since() is None) == online:
            return
        with self._database.write() as connection:
            _set_state(connection, offline_since_ms=None if online else self._clock.now_ms())

    def _state(self, column: str) -> Any:
        with self._database.read() as connection:
            return rows.state(connection)[column]


def _continues(held: int, after: int, events: Sequence[Mapping[str, Any]], cursor: int) -> bool:
    """Say whether a page begins at the cursor held here and leads without a gap to its own."""
    whole = all(event["seq"] == seq for seq, event in enumerate(events, after + 1))
    return held == after and whole and cursor == after + len(events)


def _mirror(connection: Connection, entity: str, row: Mapping[str, Any], now_ms: int) -> None:
    """Put the row the server sent unless a newer one is here.

    Raises:
        UnreadableRow: an entity, field or type this version does not know.
    """
    if entity not in MIRRORED:
        raise UnreadableRow(entity)
    table, key = MIRRORED[entity]
    if set(row) != set(table.c.keys()) or type(row["rev"]) is not int:
        raise UnreadableRow(entity)
    try:
        if _held_rev(connection, table, key, row[key]) >= row["rev"]:
            return
        rows.put(connection, table, key, row)
        if table is CATALOGUE:
            arrived = {"version": row["version"], "arrived_ms": now_ms}
            connection.execute(insert(CATALOGUE_ARRIVAL).on_conflict_do_nothing(), arrived)
    except StatementError as error:
        raise UnreadableRow(entity) from error
    if entity == "case":
        _follow(connection, row)
    if entity == "ticket":
        let_go(connection, row, now_ms)


def _held_rev(connection: Connection, table: Table, key: str, value: Any) -> int:
    held = connection.execute(select(table.c.rev).where(table.c[key] == value)).scalar_one_or_none()
    return -1 if held is None else held


def _follow(connection: Connection, row: Mapping[str, Any]) -> None:
    """Let the counter's own record of a case follow what the server made of it."""
    held = connection.execute(select(CASE).where(CASE.c.case_id == row["case_id"])).mappings().first()
    if held is None or held["rev"] >= row["rev"]:
        return
    known = {name: row[name] for name in ("state", "rev", "promised_due", "statutory_due", "provisional")}
    case = rows.case_of({**held, **known})
    rows.put(connection, CASE, "case_id", rows.case_row(case))


def _set_state(connection: Connection, **values: Any) -> None:
    connection.execute(update(COUNTER_STATE), values)
