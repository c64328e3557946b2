"""A scanned copy goes to the material it is of: bytes and operation in one commit (sync.md section 1, attachment)."""

from hashlib import sha256

from app.domain.clerk import Clerk
from app.domain.disk_room import Room, room_of
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.scanned_copy import MOST_OF_A_MATERIAL, CopyKind, CopyPlace, ScannedCopy
from app.domain.visit import VisitState
from app.ports.clock import Clock, new_id
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require, visit_at

OPEN = frozenset({VisitState.SERVING, VisitState.ISSUED})


def attach_copy(
    store: Store, clock: Clock, place: CopyPlace, kind: CopyKind, content: bytes, *, by: Clerk, disk_used: float = 0.0
) -> ScannedCopy:
    """Keep a copy with a material of the citizen at the window; the server learns its hash, size and kind.

    ``disk_used`` is the share of the disk in use, 0 to 1: a full one stops the counter, so copies end before that.

    Raises:
        ActRefused: no right, no room, another citizen is at the window by now, the same bytes are kept with this
            material already, or it has as many copies as it may have.
    """
    require(by, Act.SERVE_TICKET)
    if room_of(disk_used) >= Room.NO_SCANS:
        raise ActRefused(ActRefusal.COPY_NO_ROOM)
    copy = ScannedCopy(
        copy_id=new_id(clock),
        visit_id=place.visit_id,
        material_id=place.material_id,
        kind=kind,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        taken_ms=clock.now_ms(),
        taken_by=by.number,
    )
    with store.begin() as work:
        visit = visit_at(work)
        if visit.visit_id != place.visit_id or visit.state not in OPEN:
            raise ActRefused(ActRefusal.COPY_TOO_LATE)
        there = [each.sha256 for each in work.copies_of(place.visit_id) if each.material_id == place.material_id]
        if copy.sha256 in there:
            raise ActRefused(ActRefusal.COPY_TWICE)
        if len(there) >= MOST_OF_A_MATERIAL:
            raise ActRefused(ActRefusal.COPY_TOO_MANY)
        work.put_copy(copy, content)
        work.append(
            OperationDraft(
                kind="copy.attached",
                entity="copy",
                entity_id=copy.copy_id,
                payload={
                    "visit_id": place.visit_id,
                    "material_id": place.material_id,
                    "kind": kind.value,
                    "size": copy.size,
                    "sha256": copy.sha256,
                },
                actor=actor_at(work, by),
            )
        )
    return copy
