"""What a window says of scanned copies: their hash, size and kind; their bytes come later (ADR 0021)."""

import re
from dataclasses import dataclass

from app.domain.operation import Operation
from app.domain.scanned_copy import MAX_BYTES, CopyKind
from sync.server.service.blob_names import blob_name, sealed_hash
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.storage import copies
from sync.server.storage.clerks import Profile
from sync.server.storage.copies import ReportedCopy
from sync.server.storage.feed import Change

_MAX_TEXT = 64
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Attached:
    visit_id: str
    material_id: str
    kind: CopyKind
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Removed:
    visit_id: str
    material_id: str
    sha256: str


def copy_attached(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep what was reported, so that the bytes are known when they come."""
    said = payload_of(operation, _Attached)
    _shaped(operation, said)
    if not 0 < said.size <= MAX_BYTES:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    copies.add(
        desk.connection,
        ReportedCopy(
            hall=desk.hall,
            copy_id=operation.entity_id,
            visit_id=said.visit_id,
            material_id=said.material_id,
            blob=blob_name(desk.context, desk.hall, said.sha256),
            kind=said.kind,
            size=said.size,
            window=desk.window,
            taken_ms=operation.wall_ms,
            sealed=sealed_hash(desk.context, desk.hall, operation.entity_id, said.sha256),
        ),
    )
    return []


def copy_removed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep that a copy was taken off; of its bytes nothing stays where no other copy has the same."""
    _shaped(operation, payload_of(operation, _Removed))
    copies.remove(desk.connection, desk.hall, operation.entity_id, desk.window, desk.context.clock.now_ms())
    return []


def _shaped(operation: Operation, said: _Attached | _Removed) -> None:
    texts = (operation.entity_id, said.visit_id, said.material_id)
    whole = operation.entity == "copy" and _SHA256.fullmatch(said.sha256) is not None
    if not whole or not all(0 < len(each) <= _MAX_TEXT and each.isprintable() for each in texts):
        raise Parked(Reason.MALFORMED_PAYLOAD)
