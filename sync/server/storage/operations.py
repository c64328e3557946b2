"""The operation log: what every device pushed, sealed, with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select, text

from app.domain.operation import Operation
from sync.protocol.messages import OperationResult
from sync.server.storage.cipher import Cipher
from sync.server.storage.devices import ChainKey
from sync.server.storage.rows import Rows
from sync.server.storage.tables import operation


@dataclass(frozen=True, slots=True)
class Received:
    """An operation with its own hash, which the next one chains to and the device signed, and in canonical JSON."""

    operation: Operation
    hash: str
    wire: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What the log says of an operation: ``reason`` is set when it was parked."""

    seq: int
    hash: str
    status: str
    reason: str | None


_ROWS = Rows(
    operation,
    (
        "hall",
        "device",
        "incarnation",
        "seq",
        "kind",
        "entity",
        "entity_id",
        "hash",
        "status",
        "reason",
        "received_ms",
        "sealed",
    ),
)
_ALLOWED = text("kind = 'notice.extended'")
"""As the index has it: by a parameter the database would not find it."""
_KEPT = (
    select(operation.c.seq, operation.c.hash, operation.c.status, operation.c.reason)
    .where(
        operation.c.hall == bindparam("of_hall"),
        operation.c.device == bindparam("of_device"),
        operation.c.incarnation == bindparam("of_incarnation"),
        operation.c.seq.between(bindparam("first"), bindparam("last")),
    )
    .order_by(operation.c.seq)
)


def kept(connection: Connection, key: ChainKey, first: int, last: int) -> list[Kept]:
    """Return what is held of a chain between two sequence numbers, both included, in order."""
    chain = {"of_hall": key.hall, "of_device": key.device, "of_incarnation": key.incarnation}
    return [Kept(*row) for row in connection.execute(_KEPT, {**chain, "first": first, "last": last})]


def allowances(connection: Connection, hall: str, like: Operation) -> int:
    """Return how many materials were allowed for the same case by the same device's applied operations."""
    found = select(func.count()).where(
        operation.c.hall == hall,
        operation.c.device == like.device,
        operation.c.entity_id == like.entity_id,
        _ALLOWED,
        operation.c.status == "applied",
    )
    return connection.execute(found).scalar_one()


def count_since(connection: Connection, hall: str, kind: str, since_ms: int) -> int:
    """Return how many operations of a kind were applied since then, UTC milliseconds of the server."""
    found = select(func.count()).where(
        operation.c.hall == hall,
        operation.c.status == "applied",
        operation.c.received_ms >= since_ms,
        operation.c.kind == kind,
    )
    return connection.execute(found).scalar_one()


def entities_since(connection: Connection, hall: str, kind: str, since_ms: int) -> set[str]:
    """Return of what operations of a kind were applied since then, UTC milliseconds of the server."""
    found = select(operation.c.entity_id).where(
        operation.c.hall == hall,
        operation.c.status == "applied",
        operation.c.received_ms >= since_ms,
        operation.c.kind == kind,
    )
    return set(connection.execute(found).scalars())


def add(
    connection: Connection,
    received: Sequence[Received],
    results: Sequence[OperationResult],
    cipher: Cipher,
    received_ms: int,
) -> None:
    """Append operations, parked ones included, each with its result."""
    rows = [
        (
            (of := each.operation).hall,
            of.device,
            of.incarnation,
            of.seq,
            of.kind,
            of.entity,
            of.entity_id,
            each.hash,
            result.status,
            result.reason,
            received_ms,
            cipher.seal(each.wire, _context(of)),
        )
        for each, result in zip(received, results, strict=True)
    ]
    _ROWS.add(connection, rows)


def _context(each: Operation) -> str:
    return f"operation/{each.hall}/{each.device}/{each.incarnation}/{each.seq}"
