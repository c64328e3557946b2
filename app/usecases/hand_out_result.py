"""F12 4 取件: the result goes to the person it belongs to, named by case number or query code and identity card."""

from collections.abc import Mapping

from app.domain.case import CASE, Case, CaseEvent
from app.domain.clerk import Clerk
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.visit import Outcome, Visit
from app.domain.work.card import WorkCard
from app.domain.work.ending import hindrances, value
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.case_record import case_of_citizen, receiver_of
from app.usecases.end_visit import finished, undecided
from app.usecases.serve_decision import desk_of, hand_decision_over
from app.usecases.taking_in import CardNotReady, counting
from app.usecases.ticket_record import record


def hand_out_result(
    store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk
) -> tuple[Case, Visit]:
    """Record who took the result of which case, and end the visit, in one commit.

    Raises:
        ActRefused: no right, nobody was read, an unknown or another person's case, or one without a result yet.
        CardNotReady: no case number or query code was typed.
        PaperError: the proof of service of a denial has a hole.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.DELIVER_CASE)
    with store.begin() as work:
        visit = undecided(work)
        at = counting(work, clock, by, visit)
        missing = hindrances(card, "")
        if missing:
            raise CardNotReady(missing)
        case = case_of_citizen(work, value(card, "number"), card)
        if not CASE.allows(case.state, CaseEvent.DELIVER):
            raise ActRefused(ActRefusal.NOT_READY_FOR_PICKUP)
        person = receiver_of(case, card)
        delivered = hand_decision_over(work, clock, templates, desk_of(work, case, at), person=person, by=by)
        done = finished(work, clock, visit, Outcome.PICKED_UP, case.case_id)
        record(work, by, done, "ticket.finished", outcome=Outcome.PICKED_UP.value, case_id=case.case_id)
        return delivered, done
