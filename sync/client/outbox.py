"""How much of the outbox goes into one push: the wire bounds it in number and in bytes."""

from collections.abc import Hashable, Sequence
from typing import Any

import msgspec

from app.domain.operation import Operation, to_wire
from app.ports.former import FormerChains
from app.ports.replica import Replica
from app.ports.store import Counter
from sync.protocol.messages import MAX_PUSH_BYTES, Push

ENVELOPE_BYTES = 4_096
"""Room for what stands around the operations."""


class Outbox:
    """Makes the push of the oldest operations, once for all the times that a busy server sends it away."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._made: tuple[Hashable, Push] | None = None

    def next_push(self, counter: Counter, limit: int) -> Push:
        """Return the oldest operations that are not acknowledged, at most ``limit`` and 1 MiB, but always one."""
        head, waiting = self._replica.outbox()
        of = (counter.device, counter.incarnation, head, min(waiting, limit))
        if self._made is None or self._made[0] != of:
            self._made = of, _push(counter.device, counter.incarnation, self._replica.pending(limit))
        return self._made[1]

    def taken(self) -> None:
        """Forget what was made: the server has it."""
        self._made = None


def former_push(former: FormerChains | None, limit: int) -> Push | None:
    """Return what to push of earlier chains, within the same bounds; None where none is left."""
    run = None if former is None else former.next_run(limit)
    return None if run is None else _push(run.device, run.incarnation, run.operations)


def _push(device: str, incarnation: str, pending: Sequence[Operation]) -> Push:
    size = ENVELOPE_BYTES
    operations: list[dict[str, Any]] = []
    for each in pending:
        wire = to_wire(each)
        size += len(msgspec.json.encode(wire)) + 1
        if operations and size > MAX_PUSH_BYTES:
            break
        operations.append(wire)
    return Push(device=device, incarnation=incarnation, first_seq=pending[0].seq, ops=operations)
