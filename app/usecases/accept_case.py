"""F10 受理: the papers are complete; from this commit on the clock runs, and the citizen gets a notice."""

from collections.abc import Mapping

from app.domain.case import CaseEvent
from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.paper.markup import Template
from app.domain.receipt import ACCEPTANCE_SLIP, acceptance_fields
from app.domain.rights import Act
from app.domain.visit import Outcome
from app.domain.work.card import WorkCard
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import require
from app.usecases.taking_in import TakenIn, Way, take_in

ACCEPTING = Way(
    act=Authority.ACCEPT,
    event=CaseEvent.ACCEPT,
    outcome=Outcome.ACCEPTED,
    kind="case.accepted",
    slip=ACCEPTANCE_SLIP,
    fields=acceptance_fields,
    numbered_document=True,
)


def accept_case(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> TakenIn:
    """Accept the case of the citizen at the window: case, numbers, operation and paper in one commit.

    Raises:
        ActRefused: no right, or this clerk, window, day or law forbids it.
        CardNotReady: the card has something open.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.ACCEPT_CASE)
    with store.begin() as work:
        return take_in(work, clock, templates, card, by, way=ACCEPTING)
