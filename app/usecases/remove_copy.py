"""A scanned copy is taken off its material, while its citizen is served: recorded, and its bytes are gone."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.scanned_copy import ScannedCopy
from app.domain.visit import VisitState
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require, visit_at


def remove_copy(store: Store, copy_id: str, by: Clerk) -> ScannedCopy:
    """Take a copy of the citizen at the window off; hash, material and clerk stay in the log.

    Raises:
        ActRefused: no right, nobody is served, or the copy is none of this visit.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit = visit_at(work)
        copies = work.copies_of(visit.visit_id) if visit.state is VisitState.SERVING else ()
        copy = next((each for each in copies if each.copy_id == copy_id), None)
        if copy is None:
            raise ActRefused(ActRefusal.NO_SUCH_COPY)
        work.drop_copy(copy_id)
        work.append(
            OperationDraft(
                kind="copy.removed",
                entity="copy",
                entity_id=copy_id,
                payload={"visit_id": copy.visit_id, "material_id": copy.material_id, "sha256": copy.sha256},
                actor=actor_at(work, by),
            )
        )
    return copy
