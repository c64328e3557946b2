"""What taking a case in shares, whichever way: the guard of the card, numbers, case, operation and paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.case import CASE, Case, CaseEvent
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import ALL_ITEMS, Authority
from app.domain.clerk import Clerk
from app.domain.intake import Counting, Numbers, case_number, case_series, doc_number, doc_series, taken_in
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.query_code import LENGTH, query_code
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent, VisitState
from app.domain.work.card import WorkCard
from app.domain.work.outcome import Outcome as Possible
from app.domain.work.outcome import lacks_consent, outcome
from app.domain.work.refusal import WorkRefusal
from app.ports.clock import Clock, new_id
from app.ports.spool import PrintJob
from app.ports.store import Reading, Work
from app.usecases.acting import ActRefusal, ActRefused, counter_of, visit_at
from app.usecases.case_record import queue_case_paper, record_case, tell_case
from app.usecases.close_contact import close_contact
from app.usecases.promise_paper import Promise, queue_promise

TOKEN_BYTES = 16
SUPPLEMENTED = "case.supplemented"
"""The operation of missing papers that came: the case is received again, and may be accepted at once."""

Fields = Callable[[Case, Item, Catalogue], Mapping[str, object]]


class CardNotReady(Exception):  # noqa: N818 - a business "no"
    """The work card cannot end in this yet; ``reasons`` say all that is still open."""

    def __init__(self, reasons: tuple[WorkRefusal, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways a card becomes a case: what happens to it, what is recorded, which paper is given."""

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
    """Do all of it within the open transaction; a card that came back with its notice goes on under its own number.

    Raises:
        ActRefused: nobody is there, or the clerk, the window or a lapsed law forbids it.
        CardNotReady: the card has something open.
        IllegalTransition: the visit has its outcome already, or the case of the notice was ended meanwhile.
        PaperError: a paper with a hole is not printed, and then nothing is recorded either.
    """
    visit = visit_at(work)
    state = VISIT.after(visit.state, VisitEvent.ISSUE)
    at, catalogue = counting(work, clock, by, visit), published(work)
    item = check(card, catalogue, at, by, way.act)
    earlier = noticed_case(work, card)
    given = numbers(work, clock, at, earlier.doc_no if earlier else None, earlier)
    if earlier is not None:
        earlier = supplemented(card, earlier, given, at, visit.visit_id)
        if way.event is CaseEvent.RECEIVE:
            return finish(work, clock, templates, Ending(earlier, visit, state, way, SUPPLEMENTED, catalogue), by)
        tell_case(work, by, earlier, SUPPLEMENTED, base_rev=earlier.rev - 1 or None)
    doc_no = doc_number(item, at, work.take_serial(doc_series(item, at.today))) if way.numbered_document else None
    case = following(taken_in(card, way.event, replace(given, doc_no=doc_no), at, visit.visit_id), earlier)
    accepting = way.event is CaseEvent.ACCEPT
    more = queue_promise(work, clock, templates, Promise(case, item, catalogue, at)) if accepting else {}
    return finish(work, clock, templates, Ending(case, visit, state, way, way.kind, catalogue, more), by)


@dataclass(frozen=True, slots=True)
class Ending:
    """What a visit ends in: the case as it is now, the visit before and its state after, the way, the operation.

    ``catalogue`` is the one the paper takes its words from, ``more`` what the operation says beside the case.
    """

    case: Case
    visit: Visit
    state: VisitState
    way: Way
    kind: str
    catalogue: Catalogue
    more: Mapping[str, Any] = field(default_factory=dict)


def finish(work: Work, clock: Clock, templates: Mapping[str, Template], ending: Ending, by: Clerk) -> TakenIn:
    """Write case, operation, visit and paper within the open transaction.

    Raises:
        PaperError: a paper with a hole is not printed, and then nothing is recorded either.
    """
    case, way, catalogue = ending.case, ending.way, ending.catalogue
    issued = replace(ending.visit, state=ending.state, case_id=case.case_id, outcome=way.outcome)
    document = fill(templates[way.slip], way.fields(case, catalogue.items[case.item_id], catalogue))
    work.put_visit(issued)
    record_case(work, by, case, ending.kind, base_rev=case.rev - 1 or None, more=ending.more)
    work.drop_draft(issued.visit_id)
    close_contact(work, clock, by, issued, way.outcome)
    return TakenIn(case, issued, queue_case_paper(work, clock, document, case))


def noticed_case(view: Reading, card: WorkCard) -> Case | None:
    """Return the case of the notice that a card came back with."""
    return view.case(card.supplement.case_id) if card.supplement else None


def supplemented(card: WorkCard, earlier: Case, given: Numbers, at: Counting, visit_id: str | None) -> Case:
    """Return the noticed case with what was handed in since: received, the five days run anew.

    Raises:
        IllegalTransition: the case waits for nothing (any more).
    """
    state = CASE.after(earlier.state, CaseEvent.SUPPLEMENT)
    return replace(following(taken_in(card, CaseEvent.RECEIVE, given, at, visit_id), earlier), state=state)


def following(case: Case, earlier: Case | None) -> Case:
    """Return the case as the next revision of an earlier one, whose first clerk, receipt and notice stay.

    Its number stays with the counter it was counted by, which was another one before the store was made anew.
    """
    if earlier is None:
        return case
    return replace(
        case,
        rev=earlier.rev + 1,
        counter=earlier.counter,
        first_clerk=earlier.first_clerk,
        received_on=earlier.received_on,
        notice=earlier.notice,
    )


def counting(view: Reading, clock: Clock, by: Clerk, visit: Visit | None) -> Counting:
    """Return the place and day an act of this clerk counts for; ``visit`` is the citizen's at the window.

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
        first_clerk=_asked_first(view, visit),
        today=today,
        now_ms=clock.now_ms(),
        calendar=view.calendar(),
    )


def _asked_first(view: Reading, visit: Visit | None) -> str | None:
    """Return who was asked first (domain rule I01): whom the contact names that the visit goes on with.

    Else who served the citizen's ticket first, as the hall's feed tells.
    """
    if visit is None:
        return None
    contact = view.contact_record(visit.contact_id) if visit.contact_id is not None else None
    if contact is not None:
        return contact.clerk
    ticket = view.ticket(visit.ticket_id) if visit.ticket_id else view.ticket_by_number(visit.number)
    return ticket.first_clerk if ticket else None


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
    possible = possible_at(card, catalogue, at)
    if not possible.act_possible:
        raise CardNotReady(possible.act_refusals)
    if lacks_consent(card):
        raise CardNotReady((WorkRefusal.CONSENT_NEEDED,))
    if possible.act is not act:
        raise ActRefused(ActRefusal.OTHER_OUTCOME)
    return allowed_item(card, catalogue, at, by)


def possible_at(card: WorkCard, catalogue: Catalogue, at: Counting) -> Possible:
    """Return what the card can end in at this window, under the catalogue in force.

    Raises:
        ActRefused: another catalogue is in force, or the window is none of it.
    """
    if card.catalogue_version != catalogue.version:
        raise ActRefused(ActRefusal.CATALOGUE_CHANGED)
    window = catalogue.windows.get(at.window)
    if window is None:
        raise ActRefused(ActRefusal.NOT_AT_THIS_WINDOW)
    return outcome(card, window.authority)


def allowed_item(card: WorkCard, catalogue: Catalogue, at: Counting, by: Clerk) -> Item:
    """Return the card's item if this clerk may handle it here and its law is in force.

    Raises:
        ActRefused: the window, the clerk or the law says no.
    """
    item = card.item
    assert item is not None, "a card without an item is not ready"
    if catalogue.authority(at.window, item.id) is None:
        raise ActRefused(ActRefusal.NOT_AT_THIS_WINDOW)
    if ALL_ITEMS not in by.items and item.id not in by.items:
        raise ActRefused(ActRefusal.NOT_QUALIFIED)
    if catalogue.lapsed_basis(item, at.today) is not None:
        raise ActRefused(ActRefusal.LAW_LAPSED)
    return item


def numbers(work: Work, clock: Clock, at: Counting, doc_no: str | None, earlier: Case | None) -> Numbers:
    """Return the numbers of a new case, or those of an earlier one with a fresh rating token for this visit."""
    code, token = new_codes(clock)
    if earlier is not None:
        return Numbers(earlier.case_id, earlier.case_no, doc_no, earlier.query_code, token)
    number = case_number(at, work.take_serial(case_series(at.today)))
    return Numbers(case_id=new_id(clock), case_no=number, doc_no=doc_no, query_code=code, rating_token=token)


def new_codes(clock: Clock) -> tuple[str, str]:
    """Return a query code and a one-time rating token."""
    return query_code(clock.random_bytes(LENGTH)), clock.random_bytes(TOKEN_BYTES).hex()
