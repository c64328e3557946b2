"""F10 收件: the window may not accept; the papers are taken in, and five working days run until somebody answers."""

from collections.abc import Mapping

from app.domain.case import CaseEvent
from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.intake_paper import INTAKE_SLIP, intake_fields
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.visit import Outcome
from app.domain.work.card import WorkCard
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import require
from app.usecases.taking_in import TakenIn, Way, take_in

INTAKE = Way(
    act=Authority.INTAKE,
    event=CaseEvent.RECEIVE,
    outcome=Outcome.RECEIVED,
    kind="case.received",
    slip=INTAKE_SLIP,
    fields=intake_fields,
    numbered_document=False,
)


def intake_case(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> TakenIn:
    """Take in the papers of the citizen at the window: case, number, operation and paper in one commit.

    Raises:
        ActRefused: no right, or this clerk, window, day or law forbids it.
        CardNotReady: the card has something open.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.RECEIVE_CASE)
    with store.begin() as work:
        return take_in(work, clock, templates, card, by, way=INTAKE)
