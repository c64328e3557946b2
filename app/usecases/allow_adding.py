"""A material that the notice did not name: blocked, unless the floor manager allows it, with a reason (rule I03)."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act, may
from app.domain.work.adding import addable
from app.domain.work.card import WorkCard
from app.domain.work.supplement import Added, AddingReason
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require, visit_at


def allow_adding(
    store: Store, clock: Clock, card: WorkCard, material_id: str, reason: AddingReason, *, manager: Clerk, by: Clerk
) -> Added:
    """Record that the manager who stands at the window allowed one more material; works with and without the server.

    Raises:
        ActRefused: no right, nobody is there, the person who gave their password is no floor manager, or the material
            may be asked for already or is none of the list.
    """
    require(by, Act.NOTICE_CASE)
    if not may(manager.roles, Act.ALLOW_ADDING):
        raise ActRefused(ActRefusal.MANAGER_NEEDED)
    back = card.supplement
    if back is None or material_id not in {each.line.material.id for each in addable(card)}:
        raise ActRefused(ActRefusal.NOTHING_TO_ADD)
    added = Added(material_id, reason, manager.number, clock.now_ms())
    with store.begin() as work:
        visit_at(work)
        work.append(
            OperationDraft(
                kind="notice.extended",
                entity="case",
                entity_id=back.case_id,
                payload={"case_no": back.case_no, **added.to_json()},
                actor=actor_at(work, by),
            )
        )
    return added
