"""F9 after verdicts: everything that is missing is told at once, and the case waits for it (Licensing Law art. 32)."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.case import CASE, Case, CaseEvent
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.intake import Counting, Numbers, doc_number, doc_series, taken_in
from app.domain.notice import SUPPLEMENT, frozen
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.supplement_paper import SUPPLEMENT_SLIP, supplement_fields
from app.domain.visit import VISIT, Outcome, VisitEvent
from app.domain.work.card import WorkCard
from app.domain.work.outcome import NoticeKind, lacks_consent
from app.domain.work.refusal import WorkRefusal
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.taking_in import (
    CardNotReady,
    Ending,
    TakenIn,
    Way,
    allowed_item,
    counting,
    finish,
    following,
    noticed_case,
    numbers,
    possible_at,
    published,
)

NOTICING = Way(
    act=Authority.INTAKE,
    event=CaseEvent.NOTICE_SUPPLEMENT,
    outcome=Outcome.NOTICED,
    kind="case.noticed",
    slip=SUPPLEMENT_SLIP,
    fields=supplement_fields,
    numbered_document=True,
)


def notice_case(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> TakenIn:
    """Give the citizen at the window the whole list of what is missing: case, operation and paper in one commit.

    A citizen who came back and is still short gets the same list again, under a number of its own.

    Raises:
        ActRefused: no right, or this clerk, window, day or law forbids it.
        CardNotReady: a line has no verdict, nothing is missing, or nobody is the applicant.
        IllegalTransition: the visit has its outcome already, or the case was ended meanwhile.
        PaperError: a paper with a hole is not printed, and then nothing is recorded either.
    """
    require(by, Act.NOTICE_CASE)
    with store.begin() as work:
        visit = visit_at(work)
        state = VISIT.after(visit.state, VisitEvent.ISSUE)
        at, catalogue = counting(work, clock, by, visit), published(work)
        possible = possible_at(card, catalogue, at)
        if not possible.notice_possible:
            raise CardNotReady(possible.notice_refusals)
        if lacks_consent(card):
            raise CardNotReady((WorkRefusal.CONSENT_NEEDED,))
        if possible.notice is not NoticeKind.SUPPLEMENT:
            raise ActRefused(ActRefusal.OTHER_OUTCOME)
        item = allowed_item(card, catalogue, at, by)
        earlier = noticed_case(work, card)
        doc_no = supplement_number(item, at, work.take_serial(doc_series(item, at.today, SUPPLEMENT)))
        case = noticed(card, numbers(work, clock, at, doc_no, earlier), at, visit.visit_id, earlier)
        ending = Ending(case, visit, state, NOTICING, NOTICING.kind, catalogue)
        return finish(work, clock, templates, ending, by)


def supplement_number(item: Item, at: Counting, sequence: int) -> str:
    """Return the printed number of a supplement notice."""
    return doc_number(item, at, sequence, SUPPLEMENT)


def noticed(card: WorkCard, given: Numbers, at: Counting, visit_id: str | None, earlier: Case | None) -> Case:
    """Return the case as it waits for the missing papers, with the frozen list.

    Raises:
        IllegalTransition: the earlier case waits for nothing any more.
    """
    case = following(taken_in(card, CaseEvent.NOTICE_SUPPLEMENT, given, at, visit_id), earlier)
    state = CASE.after(earlier.state, CaseEvent.NOTICE_SUPPLEMENT) if earlier else case.state
    told = frozen(card, given.doc_no or "", at.today, earlier.notice if earlier else None)
    return replace(case, state=state, notice=told)
