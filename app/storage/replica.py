"""The counter's store as the sync client sees it: an outbox to empty, and a copy of the server's tables to keep."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, RowMapping, Select, Table, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import StatementError

from app.domain.feed import table_digest
from app.domain.operation import Operation, from_wire
from app.domain.standing import standing
from app.ports.clock import Clock
from app.ports.replica import UnreadableRow
from app.ports.store import Counter
from app.storage import mirror_keeping, rows
from app.storage.closed_tasks import closes_a_task, end_closed
from app.storage.conflict_view import let_stand, park, unpark, waiting
from app.storage.engine import Database
from app.storage.mirror_tables import CATALOGUE, MIRRORED
from app.storage.rehomed import let_go
from app.storage.renewal_tables import FORMER_OPERATION
from app.storage.tables import CASE, CATALOGUE_ARRIVAL, COUNTER_STATE, OPERATION, SCANNED_COPY

KEEP_ACKNOWLEDGED_MS = 30 * 24 * 3_600_000
"""A server restored from a backup asks for acknowledged operations again (sync.md section 1)."""

_CASE = select(CASE).where(CASE.c.case_id == bindparam("wanted"))
_SET_STATE = update(COUNTER_STATE)
_PENDING = (
    select(OPERATION.c.wire)
    .where(OPERATION.c.seq > bindparam("acked"))
    .order_by(OPERATION.c.seq)
    .limit(bindparam("most"))
)
_DROP_SETTLED = delete(OPERATION).where(
    OPERATION.c.seq <= bindparam("acked"),
    # The newest operation stays for ever: it proves at the next start that the log is whole.
    OPERATION.c.seq < bindparam("newest"),
    OPERATION.c.wall_ms < bindparam("before_ms"),
    OPERATION.c.parked.is_(None),
)
_DROP_FORMER = delete(FORMER_OPERATION).where(
    FORMER_OPERATION.c.held, FORMER_OPERATION.c.wall_ms < bindparam("before_ms")
)


class CounterReplica:
    """Implements ``app.ports.replica.Replica``; may be used from any thread."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: tuple[int, RowMapping] | None = None

    def incarnation(self) -> str:
        """See ``Replica``."""
        incarnation: str = self._state()["incarnation"]
        return incarnation

    def counter(self) -> Counter | None:
        """See ``Replica``."""
        return rows.counter_of(self._state())

    def register(self, counter: Counter, server_incarnation: str) -> None:
        """See ``Replica``."""
        given = {name: getattr(counter, name) for name in ("device", "counter", "centre", "hall", "window")}
        with self._database.write() as connection:
            _meet(connection, server_incarnation)
            _set_state(connection, **given)

    def pending(self, limit: int) -> Sequence[Operation]:
        """See ``Replica``."""
        with self._database.read() as connection:
            acked = rows.state(connection)["acked_seq"]
            wires = connection.execute(_PENDING, {"acked": acked, "most": limit}).scalars()
            return [from_wire(wire) for wire in wires]

    def acknowledge(self, acked_seq: int, parked: dict[int, str], applied: Collection[int] = ()) -> None:
        """See ``Replica``. Never moves back, and never past what there is; what is acknowledged 30 days is dropped."""
        with self._database.write() as connection:
            state = rows.state(connection)
            acked = min(max(acked_seq, state["acked_seq"]), state["last_seq"])
            park(connection, parked)
            unpark(connection, applied)
            before_ms = self._clock.now_ms() - KEEP_ACKNOWLEDGED_MS
            connection.execute(_DROP_SETTLED, {"acked": acked, "newest": state["last_seq"], "before_ms": before_ms})
            connection.execute(_DROP_FORMER, {"before_ms": before_ms})
            _set_state(connection, acked_seq=acked)

    def rewind(self, next_seq: int, server_incarnation: str) -> None:
        """See ``Replica``. Only what is still kept can be sent again."""
        with self._database.write() as connection:
            state = rows.state(connection)
            oldest = connection.execute(select(func.min(OPERATION.c.seq))).scalar_one()
            floor = state["last_seq"] if oldest is None else oldest - 1
            acked = min(max(next_seq - 1, floor), state["last_seq"])
            _meet(connection, server_incarnation)
            _set_state(connection, acked_seq=acked)

    def server_incarnation(self) -> str | None:
        """See ``Replica``."""
        incarnation: str | None = self._state()["server_incarnation"]
        return incarnation

    def cursor(self) -> int:
        """See ``Replica``."""
        cursor: int = self._state()["cursor"]
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
            if any(closes_a_task(event["entity"], event["data"]) for event in events):
                end_closed(connection)
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
            end_closed(connection)

    def followed(self, most: int) -> tuple[Sequence[str], Sequence[str]]:
        """See ``Replica``."""
        with self._database.read() as connection:
            return mirror_keeping.followed(connection, most)

    def digest(self, since: str = "", kept_from: str = "") -> tuple[int, dict[str, tuple[int, str]]]:
        """See ``Replica``."""
        with self._database.read() as connection:
            cursor, tables = rows.state(connection)["cursor"], {}
            for entity, (table, key) in MIRRORED.items():
                counts = standing(entity, since, kept_from)
                held = (dict(row) for row in connection.execute(select(table)).mappings())
                tables[entity] = table_digest(filter(counts, held), key)
            return cursor, tables

    def prune(self, since: str, kept_from: str) -> None:
        """See ``Replica``. Nothing is written where there is nothing to forget."""
        with self._database.read() as connection:
            if not mirror_keeping.prunable(connection, since, kept_from):
                return
        with self._database.write() as connection:
            mirror_keeping.prune(connection, since, kept_from)

    def outbox(self) -> tuple[int, int]:
        """See ``Replica``."""
        state = self._state()
        return state["acked_seq"] + 1, state["last_seq"] - state["acked_seq"]

    def parked(self) -> int:
        """See ``Replica``."""
        with self._database.read() as connection:
            return waiting(connection)

    def offline_since(self) -> int | None:
        """See ``Replica``."""
        since: int | None = self._state()["offline_since_ms"]
        return since

    def set_link(self, *, online: bool) -> None:
        """See ``Replica``. The moment of the loss stays while it lasts."""
        if (self.offline_since() is None) == online:
            return
        with self._database.write() as connection:
            _set_state(connection, offline_since_ms=None if online else self._clock.now_ms())

    def server_offset(self) -> int | None:
        """See ``Replica``."""
        offset: int | None = self._state()["server_offset_ms"]
        return offset

    def set_server_offset(self, offset_ms: int) -> None:
        """See ``Replica``."""
        with self._database.write() as connection:
            _set_state(connection, server_offset_ms=offset_ms)

    def log_refused(self) -> str | None:
        """See ``Replica``."""
        code: str | None = self._state()["log_refused"]
        return code

    def set_log_refused(self, code: str | None) -> None:
        """See ``Replica``."""
        with self._database.write() as connection:
            _set_state(connection, log_refused=code)

    def _state(self) -> RowMapping:
        """Return the counter's one row: read once and asked often, and read anew after anything was written."""
        written, kept = self._database.written, self._kept
        if kept is None or kept[0] != written:
            with self._database.read() as connection:
                kept = self._kept = written, rows.state(connection)
        return kept[1]


def _continues(held: int, after: int, events: Sequence[Mapping[str, Any]], cursor: int) -> bool:
    """Say whether a page begins at the cursor held here and leads without a gap to its own."""
    whole = all(event["seq"] == seq for seq, event in enumerate(events, after + 1))
    return held == after and whole and cursor == after + len(events)


def _meet(connection: Connection, server_incarnation: str) -> None:
    """Take note of the server; another one than this store or the one before it knew may hold nothing of theirs.

    It is offered what was told in earlier lives, and every scanned copy: it says what of each is there.
    """
    if server_incarnation == rows.state(connection)["server_incarnation"]:
        return
    held = (SCANNED_COPY.c.sent_ms.is_not(None)) & (SCANNED_COPY.c.content != b"")
    connection.execute(update(SCANNED_COPY).where(held).values(sent_ms=None))
    connection.execute(update(FORMER_OPERATION).values(held=False))
    _set_state(connection, server_incarnation=server_incarnation)


def _mirror(connection: Connection, entity: str, row: Mapping[str, Any], now_ms: int) -> None:
    """Put the row the server sent unless a newer one is here.

    Raises:
        UnreadableRow: an entity, field or type this version does not know.
    """
    if entity not in MIRRORED:
        raise UnreadableRow(entity)
    table, key = MIRRORED[entity]
    if set(row) != set(table.c.keys()) or type(row["rev"]) is not int or not _fits(table, row):
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


def _fits(table: Table, row: Mapping[str, Any]) -> bool:
    """Say whether every value is of its column's type: SQLite would keep whatever comes."""
    return all(row[name] is None or isinstance(row[name], kind) for name, kind in _kinds(table))


@cache
def _kinds(table: Table) -> tuple[tuple[str, type], ...]:
    plain = (each for each in table.c if not isinstance(each.type, JSON))
    return tuple((each.name, each.type.python_type) for each in plain)


def _held_rev(connection: Connection, table: Table, key: str, value: Any) -> int:
    held = connection.execute(_rev_of(table, key), {"wanted": value}).scalar_one_or_none()
    return -1 if held is None else held


@cache
def _rev_of(table: Table, key: str) -> Select[Any]:
    return select(table.c.rev).where(table.c[key] == bindparam("wanted"))


def _follow(connection: Connection, row: Mapping[str, Any]) -> None:
    """Let the counter's own record of a case follow what the server made of it."""
    held = connection.execute(_CASE, {"wanted": row["case_id"]}).mappings().first()
    if held is None or held["rev"] >= row["rev"]:
        return
    let_stand(connection, held, row, whole_rev=held["whole_rev"])


def _set_state(connection: Connection, **values: Any) -> None:
    connection.execute(_SET_STATE, values)
