"""补正 behind the window: the department tells all at once what is missing (Licensing Law art. 32(1)(4))."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from app.domain.case import Case, CaseEvent
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.inside_answer import INSIDE, faulted
from app.domain.intake import doc_series, verdicts_of
from app.domain.notice import SUPPLEMENT, frozen
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.supplement_paper import SUPPLEMENT_SLIP, supplement_fields
from app.domain.work.materials import Mark
from app.domain.work.refusal import WorkRefusal
from app.domain.work.refusing import unkind_words
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.answering import answering, page_of
from app.usecases.deciding import OnDesk, moved, tell_fact
from app.usecases.notice_case import supplement_number
from app.usecases.owe_original import owe_original
from app.usecases.taking_in import CardNotReady

Faults: TypeAlias = Mapping[str, Mark]
_UNNUMBERED = "〔待编〕"
"""Stands on a preview where the number will be."""


def notice_received(
    store: Store,
    clock: Clock,
    templates: Mapping[str, Template],
    case_id: str,
    faults: Faults,
    *,
    by: Clerk,
) -> Case:
    """Tell what is missing: list, number, operation and the sealed notice in one commit; the five days end.

    ``faults`` are marks by material, on top of what the window found.

    Raises:
        ActRefused: no right, another department's, a case not whole, or silence has accepted it.
        CardNotReady: nothing is missing, or a word must not be said to a citizen.
        WorkRefused: a material that is not due, or one that an earlier notice did not name (domain rule I03).
        IllegalTransition: it does not wait for an answer.
        PaperError: the notice has a hole; then nothing is told either.
    """
    with store.begin() as work:
        desk = answering(work, clock, case_id, by)
        # Everything is asked before a number is taken.
        _noticed(desk, faults, _UNNUMBERED)
        at = desk.at
        number = supplement_number(desk.item, at, work.take_serial(doc_series(desk.item, at.today, SUPPLEMENT)))
        case = _noticed(desk, faults, number)
        tell_fact(
            work,
            by,
            case,
            "case.noticed_inside",
            {"doc_no": number, "notice": case.notice, "verdicts": case.verdicts},
        )
        owe_original(work, clock, _document(templates, desk, case), case)
        return case


def preview_notice(
    store: Store,
    clock: Clock,
    templates: Mapping[str, Template],
    case_id: str,
    faults: Faults,
    *,
    by: Clerk,
) -> Document:
    """Return the notice as it would come out, its number not given yet; raises what ``notice_received`` raises."""
    with store.read() as view:
        desk = answering(view, clock, case_id, by)
        return _document(templates, desk, _noticed(desk, faults, _UNNUMBERED))


def _noticed(desk: OnDesk, faults: Faults, number: str) -> Case:
    card = faulted(page_of(desk), faults)
    said = tuple(unkind_words(*(each.reason for each in faults.values())))
    if said:
        raise CardNotReady(said)
    if not any(each.short for each in card.materials.states()):
        raise CardNotReady((WorkRefusal.NOTHING_MISSING,))
    told = frozen(card, number, desk.at.today, desk.case.notice)
    case = moved(desk, CaseEvent.NOTICE_SUPPLEMENT, Step.NOTICE, doc_no=number, notice_due=None)
    return replace(case, verdicts=verdicts_of(card), notice={**told, INSIDE: told["count"]})


def _document(templates: Mapping[str, Template], desk: OnDesk, case: Case) -> Document:
    return fill(templates[SUPPLEMENT_SLIP], supplement_fields(case, desk.item, desk.catalogue))
