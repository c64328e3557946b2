"""After a restore the counters push again in no order: what does not fit yet waits for what it builds on."""

from dataclasses import dataclass, field
from typing import Final

from app.domain.operation import Operation
from sync.protocol.messages import OperationResult
from sync.server.service.desk import Desk, Reason
from sync.server.storage import restored
from sync.server.storage.waiting_operations import of_status

POSTPONED: Final = "postponed"
"""A status in log and answer: held durably, applied once the others have told what they know."""

_NEVER_FITS = frozenset({Reason.UNKNOWN_KIND})
"""Whatever else stands against an operation may be what another counter has not told yet."""


@dataclass(slots=True)
class Queue:
    """What waits in a restored hall; ``behind`` are the things that a device told something about that waits.

    ``told_now`` are those of this batch that wait, by chain and sequence number: the log does not have them yet.
    """

    behind: set[tuple[str, str, str]] = field(default_factory=set)
    told_now: set[tuple[str, str, object]] = field(default_factory=set)

    def holds(self, operation: Operation) -> bool:
        """Say whether the same device's operation on the same thing waits already: then this one comes after it.

        So does what a person made of an operation that waits.
        """
        seq = operation.payload.get("seq")
        resolves = operation.entity == "conflict" and isinstance(seq, int)
        return _thing(operation) in self.behind or (resolves and _told(operation, seq) in self.told_now)

    def postpone(self, operation: Operation, reason: Reason) -> OperationResult | None:
        """Let the operation wait; None where it never could fit."""
        if reason in _NEVER_FITS:
            return None
        self.behind.add(_thing(operation))
        self.told_now.add(_told(operation, operation.seq))
        return OperationResult(seq=operation.seq, status=POSTPONED, reason=reason.value)


def queue_of(desk: Desk) -> Queue | None:
    """Return what waits in the hall; None where it was never restored, or is over it."""
    told = desk.context.told
    if desk.hall not in told and restored.restored(desk.connection, desk.hall) is None:
        told.add(desk.hall)
    if desk.hall in told:
        return None
    waiting = of_status(desk.connection, desk.hall, POSTPONED)
    return Queue({(each.device, each.entity, each.entity_id) for each in waiting})


def _thing(operation: Operation) -> tuple[str, str, str]:
    return operation.device, operation.entity, operation.entity_id


def _told(operation: Operation, seq: object) -> tuple[str, str, object]:
    return operation.device, operation.incarnation, seq
