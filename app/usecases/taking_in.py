"""What accepting and completing share: the guard of the card, the numbers, the case, its operation and its paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from app.domain.case import Case, CaseEvent
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import ALL_ITEMS, Authority
from app.domain.clerk import Clerk
from app.domain.intake import Counting, Numbers, case_number, case_series, doc_number, doc_series, taken_in
from app.domain.operation import OperationDraft
from app.domain.paper.blocks import document_to_json
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.query_code import LENGTH, query_code
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent
from app.domain.work.card import WorkCard
from app.domain.work.outcome import outcome
from app.domain.work.refusal import WorkRefusal
from app.ports.clock import Clock, new_id
from app.ports.spool import JobState, PrintJob
from app.ports.store import Reading, Work
from app.usecases.acting import ActRefusal, ActRefused, counter_of, visit_at

TOKEN_BYTES = 16

Fields = Callable[[Case, Item, Catalogue], Mapping[str, object]]


class CardNotReady(Exception):  # noqa: N818 - a business "no"
    """The work card cannot end in this yet; ``reasons`` say all that is still open."""

    def __init__(self, reasons: tuple[WorkRefusal, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two ways a card becomes a case: what happens to it, what is recorded, which paper is given."""

    act: Authority
    event: CaseEvent
    outcome: Outcome
    kind: str
    slip: str
    fields: Fields
    numbered_document: bool


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The case, the visit that ended in it, and the job of its paper."""

    case: Case
    visit: Visit
    job: PrintJob


def take_in(
    work: Work, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk, *, way: Way
) -> TakenIn:
    """Do all of it within the open transaction.

    Raises:
        ActRefused: nobody is there, or the clerk, the window or a lapsed law forbids it.
        CardNotReady: the card has something open.
        IllegalTransition: the visit has its outcome already.
        PaperError: a paper with a hole is not printed, and then nothing is recorded either.
    """
    visit = visit_at(work)
    state = VISIT.after(visit.state, VisitEvent.ISSUE)
    at, catalogue = counting(work, clock, by), published(work)
    item = check(card, catalogue, at, by, way.act)
    case = taken_in(card, way.event, _numbers(work, clock, item, at, way), at, visit.visit_id)
    issued = replace(visit, state=state, case_id=case.case_id, outcome=way.outcome)
    document = fill(templates[way.slip], way.fields(case, item, catalogue))
    job = PrintJob(
        job_id=new_id(clock),
        slip=way.slip,
        document=document_to_json(document),
        reprint=0,
        state=JobState.QUEUED,
        created_ms=at.now_ms,
        case_id=case.case_id,
    )
    work.put_case(case)
    work.put_visit(issued)
    work.append(
        OperationDraft(
            kind=way.kind,
            entity="case",
            entity_id=case.case_id,
            payload={each.name: getattr(case, each.name) for each in fields(Case)},
            actor=by.at(at.window),
        )
    )
    work.queue_print(job)
    work.drop_draft(visit.visit_id)
    return TakenIn(case, issued, job)


def counting(view: Reading, clock: Clock, by: Clerk) -> Counting:
    """Return the place and day an act of this clerk counts for.

    Raises:
        ActRefused: the day was never opened.
    """
    counter, today = counter_of(view), view.business_date()
    if today is None:
        raise ActRefused(ActRefusal.DAY_NOT_OPEN)
    return Counting(
        centre=counter.centre,
        hall=counter.hall,
        counter=counter.counter,
        window=counter.window,
        clerk=by.number,
        today=today,
        now_ms=clock.now_ms(),
        calendar=view.calendar(),
    )


def published(view: Reading) -> Catalogue:
    """Return the published catalogue.

    Raises:
        ActRefused: the counter has none yet.
    """
    catalogue = view.catalogue()
    if catalogue is None:
        raise ActRefused(ActRefusal.NO_CATALOGUE)
    return catalogue


def check(card: WorkCard, catalogue: Catalogue, at: Counting, by: Clerk, act: Authority) -> Item:
    """Return the item of a card that may end in this act now, at this window, by this clerk.

    Raises:
        ActRefused: the window, the clerk or the law says no.
        CardNotReady: the card has something open.
    """
    if card.catalogue_version != catalogue.version:
        raise ActRefused(ActRefusal.CATALOGUE_CHANGED)
    window = catalogue.windows.get(at.window)
    if window is None:
        raise ActRefused(ActRefusal.NOT_AT_THIS_WINDOW)
    possible = outcome(card, window.authority)
    if not possible.act_possible:
        raise CardNotReady(possible.act_refusals)
    if possible.act is not act:
        raise ActRefused(ActRefusal.OTHER_OUTCOME)
    item = card.item
    assert item is not None, "a card without an item is not ready"
    if catalogue.authority(at.window, item.id) is None:
        raise ActRefused(ActRefusal.NOT_AT_THIS_WINDOW)
    if ALL_ITEMS not in by.items and item.id not in by.items:
        raise ActRefused(ActRefusal.NOT_QUALIFIED)
    if catalogue.lapsed_basis(item, at.today) is not None:
        raise ActRefused(ActRefusal.LAW_LAPSED)
    return item


def _numbers(work: Work, clock: Clock, item: Item, at: Counting, way: Way) -> Numbers:
    doc_no = doc_number(item, at, work.take_serial(doc_series(item, at.today))) if way.numbered_document else None
    return Numbers(
        case_id=new_id(clock),
        case_no=case_number(at, work.take_serial(case_series(at.today))),
        doc_no=doc_no,
        query_code=query_code(clock.random_bytes(LENGTH)),
        rating_token=clock.random_bytes(TOKEN_BYTES).hex(),
    )
