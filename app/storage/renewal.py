"""Makes a counter's store anew, from a damaged file or from a backup: another life, with what can be known of the last.

A store that was copied or torn must not go on with its own chain: what it would number next may have been numbered
already (sync.md section 3). The new one registers again and gets a number of its own; the operations of before keep
their ids and signatures and are settled first (``app.storage.former``, ADR 0027).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, update

from app.domain.operation import Operation, to_wire
from app.domain.renewal import Report, Why
from app.ports.clock import Clock
from app.ports.spool import JobState
from app.storage import case_index, rows
from app.storage.carve import operations_in, whole
from app.storage.engine import Connect, Database, file_connection
from app.storage.mirror_tables import CALENDAR, CATALOGUE
from app.storage.opening import open_file
from app.storage.readable import log_is_torn, rows_in
from app.storage.renewal_tables import FORMER_COUNTER, FORMER_OPERATION
from app.storage.renewals import add_report
from app.storage.signer import Ed25519Signer
from app.storage.tables import (
    CASE,
    CATALOGUE_ARRIVAL,
    CONTACT_RECORD,
    COUNTER_STATE,
    DRAFT,
    HANDOVER,
    ITEM_CHOICE,
    OPERATION,
    ORIGINAL,
    PAUSE,
    PRINT_JOB,
    SCANNED_COPY,
    SIGN_IN,
    VISIT,
)

CARRIED: Final = (
    SIGN_IN,
    VISIT,
    DRAFT,
    CASE,
    ITEM_CHOICE,
    PRINT_JOB,
    CATALOGUE,
    CALENDAR,
    CATALOGUE_ARRIVAL,
    PAUSE,
    HANDOVER,
    ORIGINAL,
    CONTACT_RECORD,
    SCANNED_COPY,
    FORMER_COUNTER,
)
"""What goes over row by row; numbers, chain and the copy of the hall begin anew."""

_ENDINGS: Final = frozenset(
    {"ticket.finished", "ticket.left", "ticket.missed", "ticket.withdrawn", "ticket.transferred", "ticket.declined"}
)
_UNSETTLED: Final = frozenset({JobState.QUEUED.value, JobState.SENDING.value, JobState.UNKNOWN.value})


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of the file, and the seed of the device key; 32 bytes each."""

    database: bytes
    device_seed: bytes


@dataclass(slots=True)
class _Found:
    """What was read of the old store; ``state`` is its one row, where that could be read."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    operations: dict[tuple[str, int], Operation] = field(default_factory=dict)
    held: set[tuple[str, int]] = field(default_factory=set)
    state: Mapping[str, Any] | None = None
    rows_lost: bool = False
    torn: bool = False
    """Commits are known to be missing from the log."""


def make_anew(source: Path, target: Path, keys: Keys, clock: Clock, why: Why, *, folder: str) -> Report:
    """Fill the new file ``target`` with what can be read of ``source``, whose files may be changed by it.

    ``folder`` names where the old files will lie.

    Raises:
        StoreFault: the new file cannot be written.
    """
    found = _read(source, keys)
    report, incarnation = _report(found, clock, why, folder)
    database = open_file(target, keys.database, clock)
    try:
        with database.write() as connection:
            _fill(connection, found, why)
            add_report(connection, clock, report, incarnation)
        _settle(database)
    finally:
        database.close()
    return report


def _read(source: Path, keys: Keys) -> _Found:
    found, public_key = _Found(), Ed25519Signer(keys.device_seed).public_key()
    # The pages first: opening the file lets the program in it write.
    found.operations = operations_in(source, keys.database, public_key)
    connect = file_connection(source, keys.database)
    found.torn = log_is_torn(connect, source)
    for table in CARRIED:
        found.tables[table.name] = _table(connect, table, found)
    state = _table(connect, COUNTER_STATE, found)
    found.state = state[0] if state else None
    for row in _table(connect, OPERATION, found):
        _take(found, row, public_key)
    for row in _table(connect, FORMER_OPERATION, found):
        operation = _take(found, row, public_key)
        if operation is not None and row["held"]:
            found.held.add((operation.incarnation, operation.seq))
    return found


def _table(connect: Connect, table: Table, found: _Found) -> list[dict[str, Any]]:
    read = rows_in(connect, table.name, list(table.c.keys()))
    found.rows_lost |= not read.whole
    return list(read.rows)


def _take(found: _Found, row: Mapping[str, Any], public_key: str) -> Operation | None:
    try:
        operation = whole(json.loads(row["wire"]), public_key)
    except ValueError:
        operation = None
    if operation is not None:
        found.operations[operation.incarnation, operation.seq] = operation
    return operation


def _report(found: _Found, clock: Clock, why: Why, folder: str) -> tuple[Report, str]:
    """Count what is saved and what is not; the second value is the life that ended."""
    known = sorted(found.operations)
    incarnation = _incarnation(found)
    own = [seq for life, seq in known if life == incarnation]
    acked, last = 0, max(own, default=0)
    if found.state is not None:
        acked, last = found.state["acked_seq"], max(found.state["last_seq"], last)
    found.held |= {(incarnation, seq) for seq in own if seq <= acked}
    first = acked + 1 if found.state is not None else min(own, default=1)
    jobs = [row for row in found.tables[PRINT_JOB.name] if row["state"] in _UNSETTLED]
    open_visits = [row for row in found.tables[VISIT.name] if row["finished_ms"] is None]
    report = Report(
        why=why,
        at_ms=clock.now_ms(),
        saved=len(set(known) - found.held),
        missing=tuple(sorted(set(range(first, last + 1)) - set(own))),
        tail_unknown=why is Why.DAMAGED and (found.torn or found.state is None),
        papers=len(jobs),
        visits=len(open_visits) if why is Why.DAMAGED else 0,
        rows_lost=found.rows_lost,
        folder=folder,
    )
    return report, incarnation


def _incarnation(found: _Found) -> str:
    if found.state is not None:
        name: str = found.state["incarnation"]
        return name
    newest = max(found.operations.values(), key=lambda each: (each.wall_ms, each.seq), default=None)
    return "" if newest is None else newest.incarnation


def _fill(connection: Connection, found: _Found, why: Why) -> None:
    for table in CARRIED:
        _insert(connection, table, _kept(table, found, why))
    former = [
        {
            "incarnation": life,
            "seq": seq,
            "wall_ms": each.wall_ms,
            "wire": to_wire(each),
            "held": (life, seq) in found.held,
        }
        for (life, seq), each in sorted(found.operations.items())
    ]
    if former:
        connection.execute(insert(FORMER_OPERATION), former)
    state = found.state
    if state is not None:
        # A restored server has another one, and is told again what the one before it held.
        connection.execute(update(COUNTER_STATE).values(server_incarnation=state["server_incarnation"]))
        if state["device"] is not None:
            was = {name: state[name] for name in ("incarnation", "device", "counter")}
            connection.execute(insert(FORMER_COUNTER).prefix_with("OR IGNORE"), was)
    for case in connection.execute(CASE.select()).mappings().all():
        case_index.index(connection, rows.case_of(case))


def _kept(table: Table, found: _Found, why: Why) -> list[dict[str, Any]]:
    given = found.tables[table.name]
    if table is PRINT_JOB:
        doubted = {"state": JobState.UNKNOWN.value}
        return [{**row, **doubted} if row["state"] in _UNSETTLED else row for row in given]
    if table is VISIT and why is Why.RESTORED:
        # Who sat there when the backup was made has gone on since; their paper is served again by its number.
        return [row for row in given if row["finished_ms"] is not None]
    if table is VISIT:
        return [row for row in given if row["finished_ms"] is not None or not _went_on(row, found)]
    return list(given)


def _went_on(row: Mapping[str, Any], found: _Found) -> bool:
    """Say whether the last signed word on a visit ended it, whose row is of before: the end of the log was torn off.

    A miss that was undone is not the last word. The chains give the order: a clock may have been set back meanwhile.
    """
    names, life = {row["ticket_id"], row["number"]}, _incarnation(found)
    words = (each for each in found.operations.values() if each.entity == "ticket" and each.entity_id in names)
    last = max(words, key=lambda each: (each.incarnation == life, each.incarnation, each.seq), default=None)
    return last is not None and last.kind in _ENDINGS and last.wall_ms >= row["called_ms"]


def _insert(connection: Connection, table: Table, given: Sequence[dict[str, Any]]) -> None:
    """Insert rows as the driver gave them: nothing is turned into another form on the way.

    Columns that an older file lacked get the value which a migration gives them.
    """
    for row in given:
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
        statement = f'INSERT OR IGNORE INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - own names
        connection.exec_driver_sql(statement, tuple(row.values()))


def _settle(database: Database) -> None:
    """Bring the log into the file, so that the file alone is the store."""
    with database.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None, "a read has a connection"
        connection.rollback()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
