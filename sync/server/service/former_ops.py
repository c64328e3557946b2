"""Operations of a counter's life before: those behind a hole in its chain are signed anew by the next life."""

from dataclasses import dataclass, replace

import msgspec

from app.domain.operation import Operation
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.storage import devices
from sync.server.storage import operations as log
from sync.server.storage.devices import ChainKey

FORMER = "former"
"""The field of the envelope beside those every operation has (sync/protocol/README.md)."""


@dataclass(frozen=True, slots=True)
class _Former:
    incarnation: str
    seq: int
    hash: str


def desk_of(desk: Desk, operation: Operation) -> Desk | None:
    """Return the desk an operation comes from, in its earlier life where it was signed anew; None where it is held.

    The earlier chain is closed by it: nothing can come that way a second time.

    Raises:
        Parked: ``malformed_payload`` where the envelope says of it what cannot be.
    """
    if not is_signed_anew(operation):
        return desk
    try:
        was = msgspec.convert(operation.extra[FORMER], _Former)
    except msgspec.ValidationError as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    key = ChainKey(desk.hall, operation.device, was.incarnation)
    if was.incarnation == operation.incarnation:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if [each.hash for each in log.kept(desk.connection, key, was.seq, was.seq)] == [was.hash]:
        return None
    chain = devices.chain(desk.connection, key)
    if chain is None:
        return desk
    devices.quarantine(desk.connection, key)
    return replace(desk, counter=chain.counter)


def is_signed_anew(operation: Operation) -> bool:
    """Say whether an operation is of an earlier life of its counter, so that its chain there is gone."""
    return FORMER in operation.extra


def as_signed_first(operation: Operation) -> Operation:
    """Return an operation that was taken in as what it was in its earlier life; itself where it had none."""
    if not is_signed_anew(operation):
        return operation
    was = msgspec.convert(operation.extra[FORMER], _Former)
    return replace(operation, incarnation=was.incarnation, seq=was.seq)


def is_of(desk: Desk, operation: Operation, counter: str) -> bool:
    """Say whether a number is of this counter, in whichever of its lives."""
    return counter == desk.counter or devices.is_own(desk.connection, desk.hall, operation.device, counter)
