"""准予 and 不予: the decision with its frozen document, which is owed under seal (Licensing Law arts. 38-40, 42-44)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.case import Case, CaseEvent
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.decision import Decision, DecisionKind, Made, denied, granted
from app.domain.decision_paper import NUMBERED, SLIPS, decision_fields
from app.domain.intake import doc_number, doc_series
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.upward import is_upward, upward_of
from app.ports.clock import Clock
from app.ports.store import Reading, Store, Work
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.deciding import OnDesk, moved, of_department, on_desk, tell_fact
from app.usecases.owe_original import owe_original

_EVENTS = {DecisionKind.GRANTED: CaseEvent.GRANT, DecisionKind.DENIED: CaseEvent.DENY}
_KINDS = {DecisionKind.GRANTED: "case.granted", DecisionKind.DENIED: "case.denied"}
_UNNUMBERED = "〔待编〕"
"""Stands on a preview where the number will be."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What the reviewer says of a denial: places of the conditions not met, from 1, and the facts."""

    unmet: Sequence[int]
    facts: str


def decide(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, *, denial: Denial | None, by: Clerk
) -> Case:
    """Grant, or deny for ``denial``: case, number, operation and document in one commit.

    Raises:
        ActRefused: no right, another department's, a case not whole, one whose deferred materials are still owed, or
            one that a higher authority decides and whose result is not back.
        DecisionImpossible: a reason, the facts, a law in force or the remedies are missing.
        IllegalTransition: the case is not under review.
        PaperError: a document with a hole is not made, and then nothing is decided either.
    """
    require(by, Act.DECIDE_CASE)
    with store.begin() as work:
        desk = of_department(on_desk(work, clock, case_id, by), by)
        kind = DecisionKind.GRANTED if denial is None else DecisionKind.DENIED
        # The state is asked before a number is taken; a rolled-back act takes none all the same.
        case = moved(desk, _EVENTS[kind], Step.DECISION)
        decision = _decision(desk, denial, _number(work, desk, kind))
        case = replace(case, decision=decision.to_json())
        document = _document(templates, replace(desk, case=case), decision)
        tell_fact(work, by, case, _KINDS[kind], {"decision": decision.to_json()})
        owe_original(work, clock, document, replace(case, doc_no=decision.doc_no))
        return case


def preview_decision(
    view: Reading, clock: Clock, templates: Mapping[str, Template], case_id: str, *, denial: Denial | None, by: Clerk
) -> Document:
    """Return the document as it would come out, its number not given yet; raises what ``decide`` raises."""
    desk = on_desk(view, clock, case_id, by)
    return _document(templates, desk, _decision(desk, denial, _UNNUMBERED))


def _decision(desk: OnDesk, denial: Denial | None, doc_no: str) -> Decision:
    at = desk.at
    made = Made(at.clerk, at.window, at.today, at.now_ms, doc_no, at.calendar)
    upward = upward_of(desk.case)
    if is_upward(desk.item) and (upward is None or upward.result is None):
        raise ActRefused(ActRefusal.RESULT_NOT_BACK)
    if denial is not None:
        return denied(desk.item, desk.catalogue, made, unmet=denial.unmet, facts=denial.facts)
    if desk.case.deferred:
        raise ActRefused(ActRefusal.DEFERRED_OPEN)
    return granted(desk.item, desk.catalogue, made)


def _number(work: Work, desk: OnDesk, kind: DecisionKind) -> str:
    word = NUMBERED[kind]
    return doc_number(desk.item, desk.at, work.take_serial(doc_series(desk.item, desk.at.today, word)), word)


def _document(templates: Mapping[str, Template], desk: OnDesk, decision: Decision) -> Document:
    fields = decision_fields(desk.case, desk.item, desk.catalogue, decision)
    return fill(templates[SLIPS[decision.kind]], fields)
