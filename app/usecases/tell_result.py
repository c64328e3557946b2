"""办结告知: the applicant is told of the result, by telephone, at the window or with SL-11 (domain rule I57)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.decision import Decision, ToldHow, decision_of, told
from app.domain.decision_paper import RESULT_SLIP, result_fields
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.case_record import queue_paper
from app.usecases.deciding import OnDesk, case_in_hand, moved, tell_fact
from app.usecases.taking_in import counting


@dataclass(frozen=True, slots=True)
class ToldOf:
    """The case, and the paper that was given, None where nobody is here to take one."""

    case: Case
    job: PrintJob | None


def tell_result(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, *, how: ToldHow, by: Clerk
) -> ToldOf:
    """Record that the applicant was told; with ``ToldHow.SLIP`` SL-11 prints.

    Raises:
        ActRefused: no right, an unknown case, or one whose result does not lie at the hand-out window.
        PaperError: SL-11 has a hole; then nothing is recorded either.
    """
    require(by, Act.TELL_RESULT)
    with store.begin() as work:
        desk, decision = _ready(work, clock, case_id, by)
        after = told(decision, desk.at.today, desk.at.now_ms, how=how, by=by.number)
        case = moved(desk, None, Step.TOLD if decision.told is None else None, decision=after.to_json())
        paper = result_notice(templates, desk, decision) if how is ToldHow.SLIP else None
        tell_fact(work, by, case, "case.result_told", {"decision": after.to_json()})
        return ToldOf(case, queue_paper(work, clock, paper, case_id) if paper is not None else None)


def result_notice(templates: Mapping[str, Template], desk: OnDesk, decision: Decision) -> Document:
    """Return SL-11 of a decided case; raises PaperError."""
    fields = result_fields(desk.case, desk.item, desk.catalogue, decision, desk.at.calendar)
    return fill(templates[RESULT_SLIP], fields)


def _ready(view: Reading, clock: Clock, case_id: str, by: Clerk) -> tuple[OnDesk, Decision]:
    case = case_in_hand(view, case_id)
    catalogue = view.catalogue_version(case.catalogue_version) or view.catalogue()
    if catalogue is None or case.item_id not in catalogue.items:
        raise ActRefused(ActRefusal.NO_CATALOGUE)
    decision = decision_of(case)
    if decision is None or decision.made_on is None or decision.served is not None:
        raise ActRefused(ActRefusal.NOT_READY_FOR_PICKUP)
    return OnDesk(case, catalogue.items[case.item_id], catalogue, counting(view, clock, by, None)), decision
