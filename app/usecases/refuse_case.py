"""F11 不予受理: a written refusal on a closed ground, with the law, the way on and the remedies, in one commit."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.case import CASE, Case, CaseEvent
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.intake import Counting, Numbers, doc_number, doc_series, taken_in
from app.domain.negative_end import given_back
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.receipt import masked
from app.domain.refusal_grounds import Basis, GroundKind, LawLapsed, basis_of
from app.domain.refusal_paper import REFUSAL, REFUSAL_SLIP, Refusal, refusal_fields, refusal_of
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, VisitEvent
from app.domain.work.card import WorkCard
from app.domain.work.refusal import WorkRefusal
from app.domain.work.refusing import chosen_case, chosen_ground, hindrances, sheet_of
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.case_record import queue_paper, record_case
from app.usecases.close_contact import close_contact
from app.usecases.taking_in import (
    CardNotReady,
    TakenIn,
    allowed_item,
    counting,
    following,
    noticed_case,
    numbers,
    published,
)

BLANK = "……"
"""Stands in the preview for what the clerk has not said yet."""
_OPEN = Numbers(case_id="", case_no="办理后生成", doc_no="办理后生成", query_code="----", rating_token="")


def refuse_case(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> TakenIn:
    """Refuse what the citizen at the window applies for: case, numbers, operation and paper in one commit.

    One who came back with a notice is refused under the number of their case; the notice stays on record.

    Raises:
        ActRefused: no right, or this clerk, window, day or law forbids it.
        CardNotReady: ground, office, phone call or reason are missing, or a word must not be said to a citizen.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.REFUSE_CASE)
    with store.begin() as work:
        visit = visit_at(work)
        state = VISIT.after(visit.state, VisitEvent.ISSUE)
        at, catalogue = counting(work, clock, by, visit), published(work)
        item = _item(card, catalogue, at, by)
        missing = hindrances(card)
        if missing:
            raise CardNotReady(missing)
        refusal = refusal_on(card, catalogue, at)
        doc_no = doc_number(item, at, work.take_serial(doc_series(item, at.today, REFUSAL)), REFUSAL)
        earlier = noticed_case(work, card)
        case = _refused(card, numbers(work, clock, at, doc_no, earlier), at, visit.visit_id, earlier)
        issued = replace(visit, state=state, case_id=case.case_id, outcome=Outcome.REFUSED)
        document = fill(templates[REFUSAL_SLIP], refusal_fields(case, item, catalogue, refusal))
        base, more = earlier.rev if earlier else None, {"refusal": refusal.record()}
        more["given"] = given_back(case, item, catalogue, "")
        record_case(work, by, case, "case.refused", base_rev=base, more=more)
        work.put_visit(issued)
        work.drop_draft(visit.visit_id)
        close_contact(work, clock, by, issued, Outcome.REFUSED)
        return TakenIn(case, issued, queue_paper(work, clock, document, case.case_id))


def preview_refusal(
    store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk
) -> Document | None:
    """Return the refusal as it would print now, persons masked and gaps left open; None while nobody is known.

    Raises:
        ActRefused: no open day or no catalogue.
    """
    with store.read() as view:
        at, catalogue = counting(view, clock, by, view.open_visit()), published(view)
        earlier = noticed_case(view, card)
    if card.item is None or card.applicant is None:
        return None
    case = masked(_refused(card, _OPEN, at, None, earlier))
    fields = refusal_fields(case, card.item, catalogue, _draft(card, catalogue, at))
    return fill(templates[REFUSAL_SLIP], {**fields, "qr": "ZW1:", "rating_qr": "ZW1R:"})


def _refused(card: WorkCard, given: Numbers, at: Counting, visit_id: str | None, earlier: Case | None) -> Case:
    """Return the refused case: a new one, or the next revision of the one the citizen came back with.

    Raises:
        IllegalTransition: the earlier case was ended meanwhile.
    """
    case = following(taken_in(card, CaseEvent.REFUSE, given, at, visit_id), earlier)
    return case if earlier is None else replace(case, state=CASE.after(earlier.state, CaseEvent.REFUSE))


def _item(card: WorkCard, catalogue: Catalogue, at: Counting, by: Clerk) -> Item:
    """Only a window that may accept may refuse, and only a clerk who is qualified for the item."""
    if card.item is None:
        raise CardNotReady((WorkRefusal.NO_ITEM,))
    if card.catalogue_version != catalogue.version:
        raise ActRefused(ActRefusal.CATALOGUE_CHANGED)
    item = allowed_item(card, catalogue, at, by)
    if catalogue.authority(at.window, item.id) is Authority.INTAKE or card.corrects:
        raise ActRefused(ActRefusal.OTHER_OUTCOME)
    return item


def refusal_on(card: WorkCard, catalogue: Catalogue, at: Counting) -> Refusal:
    """Return the refusal that a page without hindrances says.

    Raises:
        ActRefused: it rests on a law that is not in force that day.
    """
    sheet, ground, case = sheet_of(card), chosen_ground(card), chosen_case(card)
    assert sheet is not None, "a card without hindrances has a sheet"
    assert ground is not None, "a card without hindrances has a ground"
    try:
        basis = basis_of(ground, case, catalogue, at.today)
    except LawLapsed as lapsed:
        raise ActRefused(ActRefusal.LAW_LAPSED) from lapsed
    return refusal_of(ground, case, basis, reason=sheet.reason, office=sheet.office, phoned=sheet.phoned)


def _draft(card: WorkCard, catalogue: Catalogue, at: Counting) -> Refusal:
    sheet, ground, case = sheet_of(card), chosen_ground(card), chosen_case(card)
    if sheet is None or ground is None:
        return Refusal(GroundKind.PUBLISHED, "", "", "", BLANK, BLANK, BLANK, BLANK, "", None)
    try:
        basis = basis_of(ground, case, catalogue, at.today)
    except LawLapsed:
        basis = Basis("", "", BLANK, BLANK)
    reason, office = sheet.reason.strip() or BLANK, sheet.office.strip() or BLANK
    return refusal_of(ground, case, basis, reason=reason, office=office, phoned=sheet.phoned)
