"""不予受理 behind the window: on a closed ground, with the law, the way on and the remedies (Licensing Law art. 32)."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.case import Case, CaseEvent
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.intake import doc_number, doc_series
from app.domain.negative_end import given_back
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.refusal_paper import REFUSAL, REFUSAL_SLIP, Refusal, refusal_fields
from app.domain.work.refusal_sheet import RefusalSheet
from app.domain.work.refusing import hindrances
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.answering import answering, page_of
from app.usecases.deciding import OnDesk, moved, tell_fact
from app.usecases.owe_original import owe_original
from app.usecases.refuse_case import refusal_on
from app.usecases.taking_in import CardNotReady

_UNNUMBERED = "〔待编〕"
"""Stands on a preview where the number will be."""


def refuse_received(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, sheet: RefusalSheet, *, by: Clerk
) -> Case:
    """Refuse to accept: number, words, operation and the sealed notice in one commit.

    Raises:
        ActRefused: no right, another department's, a case not whole, silence has accepted it, or the law is lapsed.
        CardNotReady: ground, office, phone call or reason are missing, or a word must not be said to a citizen.
        IllegalTransition: it does not wait for an answer.
        PaperError: the notice has a hole; then nothing is refused either.
    """
    with store.begin() as work:
        desk = answering(work, clock, case_id, by)
        refusal = _refusal(desk, sheet)
        case = _refused(desk, refusal, _UNNUMBERED)
        at = desk.at
        number = doc_number(desk.item, at, work.take_serial(doc_series(desk.item, at.today, REFUSAL)), REFUSAL)
        case = replace(case, doc_no=number)
        given = given_back(case, desk.item, desk.catalogue, by.number)
        tell_fact(work, by, case, "case.refused_inside", {"doc_no": number, "refusal": case.refusal, "given": given})
        owe_original(work, clock, _document(templates, desk, case, refusal), case)
        return case


def preview_refused(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, sheet: RefusalSheet, *, by: Clerk
) -> Document:
    """Return the notice as it would come out, its number not given yet; raises what ``refuse_received`` raises."""
    with store.read() as view:
        desk = answering(view, clock, case_id, by)
        refusal = _refusal(desk, sheet)
        return _document(templates, desk, _refused(desk, refusal, _UNNUMBERED), refusal)


def _refusal(desk: OnDesk, sheet: RefusalSheet) -> Refusal:
    card = replace(page_of(desk), refusing=sheet)
    missing = hindrances(card)
    if missing:
        raise CardNotReady(missing)
    return refusal_on(card, desk.catalogue, desk.at)


def _refused(desk: OnDesk, refusal: Refusal, number: str) -> Case:
    case = moved(desk, CaseEvent.REFUSE, Step.REFUSAL, doc_no=number, notice_due=None)
    return replace(case, refusal=refusal.record())


def _document(templates: Mapping[str, Template], desk: OnDesk, case: Case, refusal: Refusal) -> Document:
    return fill(templates[REFUSAL_SLIP], refusal_fields(case, desk.item, desk.catalogue, refusal))
