"""送达 a decision: it reached its person; the remedies run from here, and a denial has its proof of service."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.case import Case, CaseEvent
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.decision import Decision, DecisionKind, decision_of, served
from app.domain.decision_paper import document_words
from app.domain.intake import Counting
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.payment import owes
from app.domain.person import Person
from app.domain.service import Handing, Served, ServiceMode, service_of
from app.domain.service_paper import SERVICE_SLIP, service_fields
from app.domain.upward import result_attached, upward_of
from app.ports.clock import Clock
from app.ports.store import Work
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.deciding import OnDesk, case_in_hand, moved, tell_fact
from app.usecases.owe_original import owe_original
from app.usecases.taking_in import published


def hand_decision_over(
    work: Work, clock: Clock, templates: Mapping[str, Template], desk: OnDesk, *, person: Person, by: Clerk
) -> Case:
    """Record within the open transaction that the decision was handed to this person here; as ``serve_decision``."""
    at = desk.at
    handing = Handing(ServiceMode.DIRECT, person.name, relation_of(desk.case, person), place_of(desk))
    handed = {"on": at.today.isoformat(), "at_ms": at.now_ms, "name": person.name, "number": person.number}
    case, facts = _served(desk, handing, served_now(desk))
    tell_fact(work, by, case, "case.handed_out", {**facts, "handed_to": handed})
    _owe_proof(work, clock, templates, replace(desk, case=case))
    return case


def serve_decision(
    work: Work,
    clock: Clock,
    templates: Mapping[str, Template],
    desk: OnDesk,
    *,
    handing: Handing,
    at: Served,
    by: Clerk,
) -> Case:
    """Record within the open transaction how the decision reached its person; a denial's 送达回证 is owed under seal.

    Raises:
        ActRefused: the document has not come to the hand-out window, or the higher authority's result is not back.
        ServiceImpossible: the proof lacks what its mode asks for.
        IllegalTransition: the case cannot be delivered now.
        PaperError: the proof of service has a hole.
    """
    case, facts = _served(desk, handing, at)
    tell_fact(work, by, case, "case.served", facts)
    _owe_proof(work, clock, templates, replace(desk, case=case))
    return case


def ready_decision(desk: OnDesk) -> Decision:
    """Return the decision whose document lies ready and has not reached its person.

    Raises:
        ActRefused: there is none, the higher authority's result is not back, or the fee was not taken.
    """
    decision = decision_of(desk.case)
    if decision is None or decision.made_on is None or decision.served is not None:
        raise ActRefused(ActRefusal.NOT_READY_FOR_PICKUP)
    if not result_attached(upward_of(desk.case)):
        raise ActRefused(ActRefusal.RESULT_NOT_BACK)
    if decision.kind is DecisionKind.GRANTED and owes(desk.case, desk.item):
        raise ActRefused(ActRefusal.FEE_NOT_PAID)
    return decision


def served_now(desk: OnDesk) -> Served:
    """Return a service of this moment."""
    at = desk.at
    return Served(at.today, at.now_ms, at.clerk, at.calendar)


def place_of(desk: OnDesk) -> str:
    """Return the window of the act as a proof names it."""
    return f"{desk.catalogue.center.name}{desk.at.window}窗口"


def relation_of(case: Case, person: Person) -> str:
    """Return how somebody of the case stands to its addressee."""
    if case.agent is not None and case.agent["number"] == person.number:
        return "代理人"
    if case.guardian is not None and case.guardian["number"] == person.number:
        return "监护人"
    return "本人"


def _served(desk: OnDesk, handing: Handing, at: Served) -> tuple[Case, dict[str, Any]]:
    decision = ready_decision(desk)
    service = service_of(handing, at, review_days=decision.review_days, suit_months=decision.suit_months)
    after = served(decision, service).to_json()
    return moved(desk, CaseEvent.DELIVER, Step.HAND_OUT, decision=after), {"decision": after}


def _owe_proof(work: Work, clock: Clock, templates: Mapping[str, Template], desk: OnDesk) -> None:
    decision = decision_of(desk.case)
    if decision is None or decision.served is None or decision.kind is not DecisionKind.DENIED:
        return
    title = document_words(decision.kind)
    fields = service_fields(desk.case, desk.item, desk.catalogue, decision.served, title=title, doc_no=decision.doc_no)
    owe_original(work, clock, fill(templates[SERVICE_SLIP], fields), replace(desk.case, doc_no=decision.doc_no))


def desk_of(work: Work, case: Case, at: Counting) -> OnDesk:
    """Return a case at the hand-out window, whose clerk hands out what every department decided.

    Raises:
        ActRefused: no catalogue, or not all of the case is here yet.
    """
    whole = case_in_hand(work, case.case_id)
    catalogue = work.catalogue_version(whole.catalogue_version) or published(work)
    return OnDesk(whole, catalogue.items[whole.item_id], catalogue, at)
