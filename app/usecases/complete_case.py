"""F10 办结: an on-the-spot case (即办件) ends at the counter, and the citizen leaves with the result."""

from collections.abc import Mapping

from app.domain.case import CaseEvent
from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.paper.markup import Template
from app.domain.receipt import COMPLETION_SLIP, completion_fields
from app.domain.rights import Act
from app.domain.visit import Outcome
from app.domain.work.card import WorkCard
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import require
from app.usecases.taking_in import TakenIn, Way, take_in

COMPLETING = Way(
    act=Authority.COMPLETE,
    event=CaseEvent.COMPLETE,
    outcome=Outcome.COMPLETED,
    kind="case.completed",
    slip=COMPLETION_SLIP,
    fields=completion_fields,
    numbered_document=False,
)


def complete_case(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> TakenIn:
    """Complete the case of the citizen at the window: case, number, operation and paper in one commit.

    Raises:
        ActRefused: no right, or this clerk, window, day or law forbids it.
        CardNotReady: the card has something open.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.COMPLETE_CASE)
    with store.begin() as work:
        return take_in(work, clock, templates, card, by, way=COMPLETING)
