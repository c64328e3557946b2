"""What a window says of the sealed originals of its papers: printed, and under seal; the log is their register."""

import re
from dataclasses import dataclass

from app.domain.operation import Operation
from app.domain.rights import Role
from app.domain.service_paper import SERVICE_SLIP
from sync.server.service.decision_ops import may_hand_out, qualified
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.former_ops import is_of
from sync.server.storage import cases
from sync.server.storage.cases import MirroredCase
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

MOST_COPIES = 9
_MAX_TEXT = 64
_SLIP = re.compile(r"SL-[0-9D][0-9]")


@dataclass(frozen=True, slots=True)
class _Document:
    case_id: str
    slip: str
    doc_no: str
    copies: int


@dataclass(frozen=True, slots=True)
class _Printed(_Document):
    reprint: int


@dataclass(frozen=True, slots=True)
class _Sealed(_Document):
    sealed_ms: int


def document_printed(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep the record that an original was given to the A4 printer, for the ``reprint``-th time after the first."""
    said = payload_of(operation, _Printed)
    _check(desk, operation, said, actor)
    if said.reprint < 0:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return []


def document_sealed(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep the record that the copies bear the seal."""
    said = payload_of(operation, _Sealed)
    _check(desk, operation, said, actor)
    if said.sealed_ms < 0:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return []


def _check(desk: Desk, operation: Operation, said: _Document, actor: Profile) -> None:
    """A counter speaks of papers of its own cases, of what its reviewer decides, and of what it serves.

    One whose case is parked is kept all the same.
    """
    shaped = operation.entity == "document" and _SLIP.fullmatch(said.slip) and 1 <= said.copies <= MOST_COPIES
    texts = (operation.entity_id, said.case_id, said.doc_no)
    if not shaped or not all(0 < len(each) <= _MAX_TEXT and each.isprintable() for each in texts):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    held = cases.get(desk.connection, desk.hall, said.case_id)
    if held is not None and not is_of(desk, operation, held.counter) and not _works_on(desk, held, said, actor):
        raise Parked(Reason.MALFORMED_PAYLOAD)


def _works_on(desk: Desk, held: MirroredCase, said: _Document, actor: Profile) -> bool:
    """Say whether another counter's case is on this desk: for review, or for its decision to be served here."""
    reviews = Role.REVIEWER.value in actor.roles and held.department == actor.department and qualified(held, actor)
    return reviews or (said.slip == SERVICE_SLIP and may_hand_out(desk, held, actor))
