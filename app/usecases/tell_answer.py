"""告知部门的答复: the window that took the papers in tells the applicant, and prints the slip."""

from collections.abc import Mapping

from app.domain.case import Case, CaseState
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.decision import ToldHow
from app.domain.inside_answer import untold
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.refusal_paper import REFUSAL_SLIP, refusal_fields, refusal_from
from app.domain.rights import Act
from app.domain.supplement_paper import SUPPLEMENT_SLIP, supplement_fields
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.case_record import queue_slip
from app.usecases.deciding import OnDesk, case_in_hand, moved, tell_fact
from app.usecases.taking_in import counting, published


def tell_answer(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, *, how: ToldHow, by: Clerk
) -> PrintJob | None:
    """Record that the applicant was told, and print the slip; its sealed original is the department's.

    Who was told by telephone finds the slip when they come; who was given the original here needs none.

    Raises:
        ActRefused: no right, an unknown case, another window's, not all of it is here, or nothing is to be told.
        PaperError: the slip has a hole; then nothing is recorded either.
    """
    require(by, Act.TELL_RESULT)
    with store.begin() as work:
        case = case_in_hand(work, case_id)
        at = counting(work, clock, by, None)
        if case.window != at.window:
            raise ActRefused(ActRefusal.OTHER_WINDOWS_CASE)
        if not untold(case):
            raise ActRefused(ActRefusal.NOT_OPEN_ANY_MORE)
        catalogue = work.catalogue_version(case.catalogue_version) or published(work)
        desk = OnDesk(case, catalogue.items[case.item_id], catalogue, at)
        paper = None if how is ToldHow.IN_PERSON else slip_of(templates, desk)
        after = moved(desk, None, Step.TOLD)
        tell_fact(work, by, after, "case.answer_told", {"how": how.value})
        return queue_slip(work, clock, paper, case_id) if paper is not None else None


def slip_of(templates: Mapping[str, Template], desk: OnDesk) -> Document:
    """Return the slip of the department's answer.

    Raises:
        PaperError: it has a hole.
    """
    case: Case = desk.case
    if case.state is CaseState.REFUSED and case.refusal is not None:
        told = refusal_from(case.refusal)
        return fill(templates[REFUSAL_SLIP], refusal_fields(case, desk.item, desk.catalogue, told))
    return fill(templates[SUPPLEMENT_SLIP], supplement_fields(case, desk.item, desk.catalogue))
