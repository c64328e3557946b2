"""送达 other than at the hand-out window: left before witnesses, by post, electronically, taken to somebody (L20)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.business_day import business_date
from app.domain.case import Case, CaseState
from app.domain.clerk import Clerk
from app.domain.decision import decision_of
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.service import Handing, Served, Service, ServiceMode, service_day, service_of
from app.domain.service_paper import SERVICE_SLIP, service_fields
from app.ports.clock import Clock
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.deciding import OnDesk, moved, tell_fact
from app.usecases.owe_original import owe_original
from app.usecases.serve_decision import desk_of, place_of, serve_decision, served_now
from app.usecases.taking_in import counting

REFUSAL_TITLE = "不予受理通知书"
SERVED = "case.served"
"""The operation of a service that no hand-out at a window is."""


def serve_document(
    store: Store,
    clock: Clock,
    templates: Mapping[str, Template],
    case_id: str,
    *,
    handing: Handing,
    day: str,
    by: Clerk,
) -> Case:
    """Record how a decision or a refusal to accept reached its person on ``day`` (ISO), in one commit.

    An empty receiver is the applicant, an empty place the address on their card. A negative document's 送达回证 is owed
    under seal.

    Raises:
        ActRefused: no right, an unknown case, or one with nothing to serve.
        ServiceImpossible: the proof lacks what its mode asks for, or the day is before the document or after today.
        IllegalTransition: the case cannot be delivered now.
        PaperError: the proof of service has a hole.
    """
    require(by, Act.DELIVER_CASE)
    with store.begin() as work:
        at = counting(work, clock, by, None)
        case = work.case(case_id)
        if case is None:
            raise ActRefused(ActRefusal.UNKNOWN_CASE)
        desk = desk_of(work, case, at)
        handing = _to_the_applicant(handing, desk.case)
        on = service_day(day, _made_on(desk.case), at.today)
        served = Served(on, at.now_ms, by.number, at.calendar)
        if desk.case.state is CaseState.REFUSED:
            return _serve_refusal(work, clock, templates, desk, handing=handing, at=served, by=by)
        return serve_decision(work, clock, templates, desk, handing=handing, at=served, by=by)


def refusal_taken(work: Work, clock: Clock, case: Case, by: Clerk) -> None:
    """Record, as its visit ends, that a refusal was handed over at the window, unless its service is on record.

    Its proof is the copy for the file, on whose line 签收 the citizen signs.
    """
    if case.state is not CaseState.REFUSED or case.service is not None or not work.case_whole(case.case_id):
        return
    desk = desk_of(work, case, counting(work, clock, by, None))
    receiver, relation = (case.agent["name"], "代理人") if case.agent else (case.applicant["name"], "本人")
    handing = Handing(ServiceMode.DIRECT, str(receiver), relation, place_of(desk))
    _keep(work, desk, _service(desk, handing, served_now(desk)), by)


def _to_the_applicant(handing: Handing, case: Case) -> Handing:
    """Fill in what nobody typed: who gets a document is its addressee, and lives where their card says."""
    if not handing.receiver.strip():
        handing = replace(handing, receiver=str(case.applicant["name"]), relation="本人")
    if not handing.place.strip() and handing.mode is not ServiceMode.ELECTRONIC:
        handing = replace(handing, place=str(case.applicant.get("address") or ""))
    return handing


def _serve_refusal(
    work: Work,
    clock: Clock,
    templates: Mapping[str, Template],
    desk: OnDesk,
    *,
    handing: Handing,
    at: Served,
    by: Clerk,
) -> Case:
    if desk.case.service is not None:
        raise ActRefused(ActRefusal.NOT_OPEN_ANY_MORE)
    service = _service(desk, handing, at)
    case = _keep(work, desk, service, by)
    number = case.doc_no or case.case_no
    fields = service_fields(case, desk.item, desk.catalogue, service, title=REFUSAL_TITLE, doc_no=number)
    owe_original(work, clock, fill(templates[SERVICE_SLIP], fields), replace(case, doc_no=number))
    return case


def _keep(work: Work, desk: OnDesk, service: Service, by: Clerk) -> Case:
    case = moved(desk, None, service=service.to_json())
    tell_fact(work, by, case, SERVED, {"service": case.service})
    return case


def _service(desk: OnDesk, handing: Handing, at: Served) -> Service:
    remedy = desk.catalogue.remedies[desk.item.remedy]
    return service_of(handing, at, review_days=remedy.review_days, suit_months=remedy.suit_months)


def _made_on(case: Case) -> date:
    """Return the day of the document that is served."""
    decision = decision_of(case)
    if decision is not None:
        return date.fromisoformat(decision.on)
    if case.steps:
        return business_date(max(int(each["at_ms"]) for each in case.steps))
    return date.fromisoformat(case.accepted_on)
