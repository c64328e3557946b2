"""作废: an issued paper and its case no longer count; nothing is deleted, and the reason is on record."""

from dataclasses import replace

from app.domain.case import CASE, Case, CaseEvent
from app.domain.clerk import Clerk
from app.domain.correction import VoidReason, voidable
from app.domain.rights import Act
from app.domain.visit import Outcome
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.case_record import record_case
from app.usecases.correct_paper import issued_case, void_papers


def void_paper(store: Store, reason: VoidReason, by: Clerk) -> Case:
    """Void the case whose paper the citizen at the window holds, and all its papers, in one commit.

    Raises:
        ActRefused: no right, no issued paper, one under way in the printer, or a case that may not be voided any more.
    """
    require(by, Act.CORRECT_PAPER)
    with store.begin() as work:
        visit, case = issued_case(work)
        voided = void(work, case, reason, by)
        work.put_visit(replace(visit, outcome=Outcome.VOIDED))
        return voided


def void(work: Work, case: Case, reason: VoidReason, by: Clerk) -> Case:
    """Void a case and all its papers within an open transaction.

    Raises:
        ActRefused: a paper under way in the printer, or a case that may not be voided any more.
    """
    if not voidable(case):
        raise ActRefused(ActRefusal.NOT_CORRECTABLE)
    void_papers(work, case)
    voided = replace(case, state=CASE.after(case.state, CaseEvent.VOID), rev=case.rev + 1, notice_due=None)
    more = {"voiding": {"reason": reason.value, "before": case.state.value, "clerk": by.number}}
    record_case(work, by, voided, "case.voided", base_rev=case.rev, more=more)
    return voided
