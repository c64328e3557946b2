"""What a window says of scanned copies: their hash, size and kind; the bytes stay where they were scanned."""

import re
from dataclasses import dataclass

from app.domain.operation import Operation
from app.domain.scanned_copy import MAX_BYTES, CopyKind
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.storage.clerks import Profile
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


def copy_attached(_desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the record; the log itself is the register of copies."""
    said = payload_of(operation, _Attached)
    texts = (operation.entity_id, said.visit_id, said.material_id)
    shaped = operation.entity == "copy" and _SHA256.fullmatch(said.sha256) and 0 < said.size <= MAX_BYTES
    if not shaped or not all(0 < len(each) <= _MAX_TEXT and each.isprintable() for each in texts):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return []
