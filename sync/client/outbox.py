"""How much of the outbox goes into one push: the wire bounds it in number and in bytes."""

from typing import Any

from app.domain.canonical import canonical_json
from app.domain.operation import to_wire
from app.ports.replica import Replica
from app.ports.store import Counter
from sync.protocol.messages import MAX_PUSH_BYTES, Push

ENVELOPE_BYTES = 4_096
"""Room for what stands around the operations."""


def next_push(replica: Replica, counter: Counter, limit: int) -> Push:
    """Return the oldest operations that are not acknowledged, at most ``limit`` and 1 MiB, but always one."""
    pending = replica.pending(limit)
    size = ENVELOPE_BYTES
    operations: list[dict[str, Any]] = []
    for each in pending:
        wire = to_wire(each)
        size += len(canonical_json(wire)) + 1
        if operations and size > MAX_PUSH_BYTES:
            break
        operations.append(wire)
    return Push(device=counter.device, incarnation=counter.incarnation, first_seq=pending[0].seq, ops=operations)
