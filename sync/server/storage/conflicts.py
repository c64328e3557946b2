"""Rows of parked operations: kept for ever, open until a person at their counter has resolved them."""

from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Connection, insert, select, update

from app.domain.operation import Operation
from sync.server.storage.conflict_tables import conflict
from sync.server.storage.tables import operation


@dataclass(frozen=True, slots=True)
class Conflict:
    """One parked operation; ``resolved_ms`` is None while it is open."""

    kind: str
    entity_id: str
    reason: str
    parked_ms: int
    resolved_ms: int | None = None
    resolved_by: str | None = None
    how: str | None = None


_ROW = tuple(conflict.c[each.name] for each in fields(Conflict))
_ADD = insert(conflict)


def add(connection: Connection, parked: Operation, reason: str, seen_rev: int | None, parked_ms: int) -> None:
    """Keep that an operation waits for a person."""
    row = {name: getattr(parked, name) for name in ("hall", "device", "incarnation", "seq", "kind", "entity_id")}
    kept = {"reason": reason, "base_rev": parked.base_rev, "seen_rev": seen_rev, "parked_ms": parked_ms}
    connection.execute(_ADD, {**row, **kept})


def get(connection: Connection, like: Operation, seq: int) -> Conflict | None:
    """Return what the same chain was told of one of its operations, and lock its row; None where it was applied.

    What was parked before there were such rows is in the log.
    """
    row = connection.execute(select(*_ROW).where(*_key(like, seq)).with_for_update()).first()
    if row is not None:
        return Conflict(*row)
    logged = connection.execute(
        select(operation.c.kind, operation.c.entity_id, operation.c.reason, operation.c.received_ms).where(
            operation.c.hall == like.hall,
            operation.c.device == like.device,
            operation.c.incarnation == like.incarnation,
            operation.c.seq == seq,
            operation.c.reason.is_not(None),
        )
    ).first()
    if logged is None:
        return None
    chain = {name: getattr(like, name) for name in ("hall", "device", "incarnation")}
    known = dict(zip(("kind", "entity_id", "reason", "parked_ms"), logged, strict=True))
    connection.execute(insert(conflict).values(**chain, seq=seq, **known))
    return Conflict(*logged)


def resolve(connection: Connection, by: Operation, seq: int, how: str, resolved_ms: int) -> None:
    """Close one by the operation that resolves it."""
    closed = {"resolved_ms": resolved_ms, "resolved_by": by.actor.clerk, "how": how}
    connection.execute(update(conflict).where(*_key(by, seq)).values(**closed))


def seen_before(connection: Connection, told: Operation) -> int | None:
    """Return up to which revision a counter had seen its case, when it acts on what an open conflict of it made."""
    if told.base_rev is None:
        return None
    found = select(conflict.c.seen_rev).where(
        conflict.c.hall == told.hall,
        conflict.c.entity_id == told.entity_id,
        conflict.c.device == told.device,
        conflict.c.incarnation == told.incarnation,
        conflict.c.base_rev == told.base_rev - 1,
        conflict.c.resolved_ms.is_(None),
    )
    seen: int | None = connection.execute(found.order_by(conflict.c.seq.desc())).scalars().first()
    return seen


def _key(of: Operation, seq: int) -> tuple[ColumnElement[bool], ...]:
    return (
        conflict.c.hall == of.hall,
        conflict.c.device == of.device,
        conflict.c.incarnation == of.incarnation,
        conflict.c.seq == seq,
    )
