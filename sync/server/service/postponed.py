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
    """What waits in a restored hall; ``behind`` are the things that a device told something about that waits."""

    behind: set[tuple[str, str, str]] = field(default_factory=set)

    def holds(self, operation: Operation) -> bool:
        """Say whether the same device's operation on the same thing waits already: then this one comes after it."""
        return _thing(operation) in self.behind

    def postpone(self, operation: Operation, reason: Reason) -> OperationResult | None:
        """Let the operation wait; None where it never could fit."""
        if reason in _NEVER_FITS:
            return None
        self.behind.add(_thing(operation))
        return OperationResult(seq=operation.seq, status=POSTPONED, reason=reason.value)


def queue_of(desk: Desk) -> Queue | None:
    """Return what waits in the hall; None where it was never restored, or is over it."""
    if desk.hall in desk.context.told or restored.restored(desk.connection, desk.hall) is None:
        return None
    waiting = of_status(desk.connection, desk.hall, POSTPONED)
    return Queue({(each.device, each.entity, each.entity_id) for each in waiting})


def _thing(operation: Operation) -> tuple[str, str, str]:
    return operation.device, operation.entity, operation.entity_id
