"""What the handlers of operation kinds share: where an operation comes from, and how one is parked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from app.domain.conflict import Reason
from app.domain.operation import Operation
from sync.server.service.context import Context
from sync.server.service.known import Known
from sync.server.storage import clerks
from sync.server.storage.catalogue import current_number
from sync.server.storage.clerks import Profile
from sync.server.storage.engine import Transaction

T = TypeVar("T")

__all__ = ["Desk", "Parked", "Reason", "payload_of"]


class Parked(Exception):  # noqa: N818 - a business "no" that waits for a person
    """The operation is kept but not applied."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Desk:
    """The counter that pushed, and the transaction its operations are applied in.

    ``batch`` are the operations of this push, in order; the log has them when all are applied.
    """

    context: Context
    connection: Transaction
    hall: str
    window: str
    counter: str
    batch: Sequence[Operation] = ()
    known: Known = field(default_factory=Known)

    def actor(self, clerk: str) -> Profile | None:
        """Return the person with that number; None where there is none."""
        actors = self.known.actors
        if clerk not in actors:
            actors[clerk] = clerks.get(self.connection, self.hall, clerk)
        return actors[clerk]

    def published(self) -> int | None:
        """Return the version of the catalogue that is in force today; None before the first."""
        day, published = self.context.today(), self.known.published
        if day not in published:
            published[day] = current_number(self.connection, self.hall, day)
        return published[day]


def payload_of(operation: Operation, kind: type[T]) -> T:
    """Return the payload as the given type; fields that a newer counter adds are let pass.

    Raises:
        Parked: ``malformed_payload``.
    """
    try:
        return msgspec.convert(operation.payload, kind)
    except msgspec.ValidationError as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
