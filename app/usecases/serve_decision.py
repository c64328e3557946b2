"""送达: the decision is handed to its person; the remedies run from here, and a denial has its proof of service."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.case import Case, CaseEvent
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.decision import DecisionKind, decision_of, served
from app.domain.decision_paper import SERVICE_SLIP, service_fields
from app.domain.intake import Counting
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.person import Person
from app.domain.upward import result_attached, upward_of
from app.ports.clock import Clock
from app.ports.store import Work
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.deciding import OnDesk, case_in_hand, moved, tell_fact
from app.usecases.owe_original import owe_original
from app.usecases.taking_in import published


def serve_decision(
    work: Work, clock: Clock, templates: Mapping[str, Template], desk: OnDesk, *, person: Person, by: Clerk
) -> Case:
    """Record within the open transaction who took the decision; a denial's 送达回证 is owed under seal.

    Raises:
        ActRefused: the document has not come to the hand-out window, or the higher authority's result is not back.
        IllegalTransition: the case cannot be delivered now.
        PaperError: the proof of service has a hole.
    """
    at, decision = desk.at, decision_of(desk.case)
    if decision is None or decision.made_on is None:
        raise ActRefused(ActRefusal.NOT_READY_FOR_PICKUP)
    if not result_attached(upward_of(desk.case)):
        raise ActRefused(ActRefusal.RESULT_NOT_BACK)
    after = served(decision, at.today, at.now_ms, receiver=person.name, calendar=at.calendar)
    case = moved(desk, CaseEvent.DELIVER, Step.HAND_OUT, decision=after.to_json())
    handed = {"on": at.today.isoformat(), "at_ms": at.now_ms, "name": person.name, "number": person.number}
    facts: dict[str, Any] = {"decision": after.to_json(), "handed_to": handed}
    tell_fact(work, by, case, "case.handed_out", facts)
    if decision.kind is DecisionKind.DENIED:
        fields = service_fields(case, desk.item, desk.catalogue, after)
        owe_original(work, clock, fill(templates[SERVICE_SLIP], fields), replace(case, doc_no=decision.doc_no))
    return case


def desk_of(work: Work, case: Case, at: Counting) -> OnDesk:
    """Return a case at the hand-out window, whose clerk hands out what every department decided.

    Raises:
        ActRefused: no catalogue, or not all of the case is here yet.
    """
    whole = case_in_hand(work, case.case_id)
    catalogue = work.catalogue_version(whole.catalogue_version) or published(work)
    return OnDesk(whole, catalogue.items[whole.item_id], catalogue, at)
