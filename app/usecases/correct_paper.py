"""更正: the card of an issued case is opened again, and its paper made anew under the same number; both are kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.case import CASE, Case, CaseEvent, CaseState
from app.domain.case_clock import counted
from app.domain.clerk import Clerk
from app.domain.correction import CorrectionReason, correctable, corrected, voidable
from app.domain.deferral_paper import DEFERRAL_SLIP
from app.domain.intake import Numbers, taken_in
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent, VisitState
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.of_case import card_of
from app.ports.clock import Clock
from app.ports.spool import JobState
from app.ports.store import Store, Work
from app.usecases.accept_case import ACCEPTING
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.case_record import newest, queue_paper, record_case
from app.usecases.complete_case import COMPLETING
from app.usecases.owe_original import void_originals
from app.usecases.promise_paper import Promise, promise_outdated, renew_promise
from app.usecases.taking_in import TakenIn, check, counting, published

_WAYS = {CaseState.ACCEPTED: ACCEPTING, CaseState.DELIVERED: COMPLETING}
_UNDER_WAY = frozenset({JobState.SENDING, JobState.UNKNOWN})


def reopen_case(store: Store, reason: CorrectionReason, by: Clerk) -> Visit:
    """Open the card of the case that the citizen at the window has the paper of; the case itself still stands.

    Raises:
        ActRefused: no right, no issued paper, one under way in the printer, or a case that is corrected otherwise.
    """
    require(by, Act.CORRECT_PAPER)
    with store.begin() as work:
        visit, case = issued_case(work)
        reopened = replace(visit, state=VISIT.after(visit.state, VisitEvent.REOPEN))
        put_card(work, reopened, case, reason)
        return reopened


def put_card(work: Work, visit: Visit, case: Case, reason: CorrectionReason) -> None:
    """Keep the visit with the card of the case it corrects.

    Raises:
        ActRefused: a paper under way in the printer, an item that is not published any more, a case that is
            corrected otherwise, or one whose newest revision is not here whole: what others wrote would be lost.
    """
    if not correctable(case) or case.state not in _WAYS:
        raise ActRefused(ActRefusal.VOID_AND_DECIDE_AGAIN if voidable(case) else ActRefusal.NOT_CORRECTABLE)
    if not work.case_whole(case.case_id):
        raise ActRefused(ActRefusal.NOT_WHOLE)
    settled(work, case)
    catalogue = published(work)
    card = card_of(case, visit.number, visit.business, catalogue)
    if card is None:
        raise ActRefused(ActRefusal.CATALOGUE_CHANGED)
    again = replace(card, ticket_id=visit.ticket_id, catalogue_version=catalogue.version, corrects=reason.value)
    work.put_visit(visit)
    work.put_draft(visit.visit_id, draft.to_json(again))


def drop_correction(store: Store, by: Clerk) -> Visit:
    """Leave the issued paper as it is.

    Raises:
        ActRefused: no right, or no paper is being corrected.
    """
    require(by, Act.CORRECT_PAPER)
    with store.begin() as work:
        visit = _reopened(work)
        kept = replace(visit, state=VISIT.after(visit.state, VisitEvent.ISSUE))
        work.put_visit(kept)
        work.drop_draft(visit.visit_id)
        return kept


def correct_paper(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> TakenIn:
    """Make the case's next revision and its paper anew, marked 更正 n; number and dates of acceptance stay.

    Raises:
        ActRefused: no right, nothing to correct, another item, or a paper under way in the printer.
        CardNotReady: the card has something open.
    """
    require(by, Act.CORRECT_PAPER)
    with store.begin() as work:
        visit = _reopened(work)
        before = _case(work, visit)
        way = _WAYS.get(before.state)
        if way is None or not card.corrects:
            raise ActRefused(ActRefusal.NOT_CORRECTABLE)
        if card.item is not None and card.item.id != before.item_id:
            raise ActRefused(ActRefusal.ITEM_CHANGED)
        reason = CorrectionReason(card.corrects)
        at, catalogue = counting(work, clock, by, visit), published(work)
        item = check(card, catalogue, at, by, way.act)
        then = replace(at, today=date.fromisoformat(before.accepted_on), now_ms=before.accepted_ms)
        kept = Numbers(before.case_id, before.case_no, before.doc_no, before.query_code, before.rating_token)
        case = replace(
            taken_in(card, way.event, kept, then, before.visit_id),
            state=CASE.after(before.state, CaseEvent.CORRECT),
            rev=before.rev + 1,
            first_clerk=before.first_clerk,
            received_on=before.received_on,
            notice=before.notice,
            clock=before.clock,
        )
        case = counted(item, case, at.calendar)
        nth = _papers(work, before, way.slip)
        void_papers(work, before, way.slip)
        promise = Promise(case, item, catalogue, at)
        if promise_outdated(work, templates, promise):
            void_papers(work, before, DEFERRAL_SLIP)
            renew_promise(work, clock, templates, promise)
        document = corrected(fill(templates[way.slip], way.fields(case, item, catalogue)), nth)
        more = {"correction": {"reason": reason.value, "slip": way.slip, "nth": nth, "on": at.today.isoformat()}}
        record_case(work, by, case, "case.corrected", base_rev=before.rev, more=more)
        outcome = visit.outcome or Outcome.CORRECTED
        issued = replace(visit, state=VISIT.after(visit.state, VisitEvent.ISSUE), outcome=outcome)
        work.put_visit(issued)
        work.drop_draft(visit.visit_id)
        return TakenIn(case, issued, queue_paper(work, clock, document, case.case_id))


def issued_case(work: Work) -> tuple[Visit, Case]:
    """Return the visit whose paper is out, and its case as it stands.

    Raises:
        ActRefused: there is none, or its paper is of no case.
    """
    visit = visit_at(work)
    if visit.state is not VisitState.ISSUED:
        raise ActRefused(ActRefusal.NOTHING_TO_CORRECT)
    return visit, _case(work, visit)


def settled(work: Work, case: Case) -> None:
    """Check that the fate of every paper of a case is known.

    Raises:
        ActRefused: one is in the printer, or nobody said yet whether it came out.
    """
    if any(each.state in _UNDER_WAY for each in work.print_jobs_of(case.case_id)):
        raise ActRefused(ActRefusal.PAPER_UNDER_WAY)


def void_papers(work: Work, case: Case, slip: str | None = None) -> None:
    """Mark the papers of a case, or those of one slip, so that they never print again; their content stays.

    Raises:
        ActRefused: one is in the printer, or nobody said yet whether it came out.
    """
    settled(work, case)
    void_originals(work, case, slip)
    for each in work.print_jobs_of(case.case_id):
        if slip in (None, each.slip) and each.state is not JobState.LOST:
            work.settle_print(each.job_id, JobState.VOIDED)


def _papers(work: Work, case: Case, slip: str) -> int:
    """Count the papers of a slip that a case got so far; a reprint is the same paper."""
    different: list[Mapping[str, Any]] = []
    for each in work.print_jobs_of(case.case_id):
        if each.slip == slip and each.document not in different:
            different.append(each.document)
    return len(different)


def _reopened(work: Work) -> Visit:
    visit = visit_at(work)
    if visit.state is not VisitState.SERVING or visit.case_id is None:
        raise ActRefused(ActRefusal.NOTHING_TO_CORRECT)
    return visit


def _case(work: Work, visit: Visit) -> Case:
    case = work.case(visit.case_id) if visit.case_id is not None else None
    if case is None:
        raise ActRefused(ActRefusal.NOTHING_TO_CORRECT)
    return newest(work, case)
