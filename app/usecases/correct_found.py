"""更正、作废 of a case that was found by search (F7): days later, or of a mistake seen while the citizen is away."""

from dataclasses import replace

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.rights import Act
from app.domain.visit import Outcome, Visit, VisitState
from app.ports.clock import Clock
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require, visit_at
from app.usecases.case_record import newest
from app.usecases.correct_paper import put_card
from app.usecases.end_visit import finished
from app.usecases.ticket_record import record
from app.usecases.void_paper import void
from app.usecases.walk_in import begin_walk_in


def reopen_found_case(store: Store, clock: Clock, case_id: str, reason: CorrectionReason, by: Clerk) -> Visit:
    """Begin a visit of this counter's own series whose page is the card of the case; the case itself still stands.

    Raises:
        ActRefused: no right or open day, somebody is at the window, a case of another counter, one that is corrected
            otherwise, or a paper under way in the printer.
    """
    require(by, Act.CORRECT_PAPER)
    with store.begin() as work:
        case = _own(work, case_id)
        visit = replace(begin_walk_in(work, clock, by), case_id=case.case_id)
        put_card(work, visit, case, reason)
        return visit


def leave_found(store: Store, clock: Clock, by: Clerk) -> Visit:
    """Leave the paper of the found case as it is; the visit that was begun for it ends with the question answered.

    Raises:
        ActRefused: no right, or no found case is being corrected.
    """
    require(by, Act.CORRECT_PAPER)
    with store.begin() as work:
        visit = visit_at(work)
        if visit.state is not VisitState.SERVING or visit.case_id is None or visit.outcome is not None:
            raise ActRefused(ActRefusal.NOTHING_TO_CORRECT)
        done = finished(work, clock, visit, Outcome.ANSWERED, visit.case_id)
        record(work, by, done, "ticket.finished", outcome=Outcome.ANSWERED.value, case_id=visit.case_id)
        return done


def void_found_case(store: Store, case_id: str, reason: VoidReason, by: Clerk) -> Case:
    """Void the case and all its papers, in one commit; nobody has to sit at the window.

    Raises:
        ActRefused: no right or open day, a case of another counter, one that is being corrected at the window, one
            that may not be voided any more, or a paper under way in the printer.
    """
    require(by, Act.CORRECT_PAPER)
    with store.begin() as work:
        case, visit = _own(work, case_id), work.open_visit()
        at_window = visit is not None and visit.case_id == case_id
        if visit is not None and at_window and visit.state is VisitState.SERVING:
            raise ActRefused(ActRefusal.CASE_REOPENED)
        voided = void(work, case, reason, by)
        if visit is not None and at_window:
            work.put_visit(replace(visit, outcome=Outcome.VOIDED))
        return voided


def _own(work: Work, case_id: str) -> Case:
    """Return the case as it stands, if this counter took it in: it alone may speak of it to the server."""
    counter, case = counter_of(work), work.case(case_id)
    if work.business_date() is None:
        raise ActRefused(ActRefusal.DAY_NOT_OPEN)
    if case is None or (case.counter, case.window) != (counter.counter, counter.window):
        raise ActRefused(ActRefusal.CORRECT_ELSEWHERE)
    return newest(work, case)
