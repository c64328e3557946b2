"""Keeps the rows of ledgers: in the transaction that applies an operation, and once for the operations of before."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from app.domain.business_day import CHINA, business_date
from app.domain.ledgers import KINDS, CaseFacts, LedgerEntry, ends_visit, entries_of, overtime_of, pause_minutes
from app.domain.operation import MalformedOperation, Operation, from_wire
from sync.server.service.context import Context
from sync.server.service.upcasts import newest
from sync.server.storage import ledger_entries
from sync.server.storage.cipher import SealBroken
from sync.server.storage.engine import Transaction
from sync.server.storage.ledger_entries import KeptOperation

logger = logging.getLogger(__name__)

BATCH = 500
RESUMED = "window.resumed"


def keep_rows(context: Context, connection: Transaction, applied: Iterable[tuple[Operation, str]]) -> None:
    """Keep what each applied operation counts as; ``applied`` are operations with their hashes, in their order."""
    now_ms, entries, resumed = context.clock.now_ms(), list[LedgerEntry](), list[Operation]()
    closes = _Closes(context, connection)
    for operation, hashed in applied:
        known = _case(connection, operation)
        entries += entries_of(operation, hashed, now_ms, known)
        over = _overtime(closes, operation, hashed) if ends_visit(operation) else None
        entries += [] if over is None else [over]
        resumed += [operation] if operation.kind == RESUMED else []
    ledger_entries.add(connection, entries)
    for operation in resumed:
        _end_pause(connection, operation)


def keep_missing(context: Context) -> int:
    """Keep the rows of operations that were applied before there were ledgers; returns how many operations.

    Minutes after closing time are known from the moment on that ledgers are kept, not before.
    """
    done = 0
    while batch := context.storage.read(lambda connection: ledger_entries.not_kept(connection, BATCH)):
        opened = [(_opened(context, each), each) for each in batch]

        def work(connection: Transaction, opened: list[tuple[Operation | None, KeptOperation]] = opened) -> None:
            for operation, kept in opened:
                if operation is not None:
                    entries = entries_of(operation, kept.hash, kept.received_ms, _case(connection, operation))
                    ledger_entries.add(connection, entries)

        context.storage.write(work)
        done += len(batch)
        if not all(operation is not None for operation, _ in opened):
            break
    if done:
        _end_pauses(context)
        logger.info("ledgers.kept count=%d", done)
    return done


def _end_pauses(context: Context) -> None:
    resumed = context.storage.read(lambda connection: ledger_entries.applied_of(connection, RESUMED))
    opened = [_opened(context, each) for each in resumed]

    def work(connection: Transaction) -> None:
        for operation in opened:
            if operation is not None:
                _end_pause(connection, operation)

    context.storage.write(work)


def _end_pause(connection: Transaction, operation: Operation) -> None:
    since_ms, ended_ms = operation.payload.get("since_ms"), operation.payload.get("ended_ms")
    if isinstance(since_ms, int) and isinstance(ended_ms, int):
        minutes = pause_minutes(since_ms, ended_ms)
        ledger_entries.end_pause(connection, operation.hall, operation.actor.window, since_ms, minutes)


def _case(connection: Transaction, operation: Operation) -> CaseFacts | None:
    """Return the case of an operation that carries a fact and not the whole case."""
    if operation.kind not in KINDS or operation.entity != "case" or "item_id" in operation.payload:
        return None
    return ledger_entries.case_facts(connection, operation.hall, operation.entity_id)


@dataclass(frozen=True, slots=True)
class _Closes:
    """When halls close, read once for all operations of a transaction."""

    context: Context
    connection: Transaction
    _known: dict[str, str] = field(default_factory=dict)

    def of(self, hall: str) -> str:
        """Return the hour, ISO; empty where the plan says none."""
        if hall not in self._known:
            self._known[hall] = self.context.plan(self.connection, hall).floor.closes
        return self._known[hall]


def _overtime(known: _Closes, operation: Operation, hashed: str) -> LedgerEntry | None:
    closes, connection = known.of(operation.hall), known.connection
    if not closes:
        return None
    day = business_date(operation.wall_ms)
    closes_ms = int(datetime.combine(day, time.fromisoformat(closes), CHINA).timestamp() * 1000)
    if operation.wall_ms <= closes_ms:
        return None
    began = ledger_entries.called_ms(connection, operation.hall, operation.entity_id)
    return overtime_of(operation, hashed, closes_ms if began is None else began, closes_ms)


def _opened(context: Context, kept: KeptOperation) -> Operation | None:
    """Return the operation; None where it cannot be read, which is told in the log."""
    seal = f"operation/{kept.hall}/{kept.device}/{kept.incarnation}/{kept.seq}"
    try:
        return newest(from_wire(json.loads(context.cipher.open(kept.sealed, seal))))
    except (SealBroken, MalformedOperation, ValueError):
        logger.warning("ledgers.unreadable hall=%s device=%s seq=%d", kept.hall, kept.device, kept.seq)
        return None
