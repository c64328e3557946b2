"""A parked operation is resolved: what stands holds, it is done anew, or the floor manager sees to it (sync.md §1)."""

from dataclasses import replace
from typing import Final

from app.domain.case import Case, CaseState
from app.domain.clerk import Clerk
from app.domain.conflict import RESOLVED, How, Matter, matter_of, ways_out
from app.domain.operation import OperationDraft
from app.domain.original import Original, OriginalEvent, OriginalState, voided
from app.domain.rights import Act
from app.ports.conflict_store import ParkedOperation
from app.ports.spool import JobState
from app.ports.store import Reading, Store, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require
from app.usecases.correct_paper import settled

_ENDED_HERE = frozenset({CaseState.VOIDED, CaseState.WITHDRAWN})
"""The server has it so too: what was voided stays voided."""
MOST: Final = 200
"""Of one matter so many are resolved together."""
ONE_ACT_MS: Final = 2_000
"""Papers made within this time of an operation are those of its act: nobody does two acts on a case so fast."""


def resolve_conflict(store: Store, seq: int, how: How, by: Clerk) -> Case | None:
    """Record how one was resolved; returns the case it is about as it stands now, None where it is about none.

    What was said after it of the same ticket or case, and waits too, is resolved with it: one matter, one answer.
    Unless the floor manager is to see to it, the papers of the act are voided, since what they say does not hold; those
    that it voided count again; and a case that the server never took in ends as issued in error. The operation itself
    stays in the log.

    Raises:
        ActRefused: no right, nothing of that number waits, a way out that it has not, or a paper of the act under way
            in the printer.
    """
    require(by, Act.RESOLVE_CONFLICT)
    with store.begin() as work:
        parked = work.parked_operation(seq)
        if parked is None or how not in ways_of(work, parked):
            raise ActRefused(ActRefusal.NO_SUCH_CONFLICT)
        waiting = work.parked_operations(MOST)
        matter = [parked, *(each for each in waiting if each.operation.seq > seq and _same(each, parked))]
        case = _case(work, parked)
        if case is not None and how is not How.MANAGER:
            settled(work, case)
            for each in matter:
                _void_papers(work, each, case)
            heard = work.case_heard(case.case_id)
            if heard is not None and heard[0] not in _ENDED_HERE:
                _let_count(work, case, parked.operation.wall_ms)
            if heard is None:
                case = replace(case, state=CaseState.VOIDED, rev=case.rev + 1, notice_due=None)
                work.put_case(case)
        for each in matter:
            _tell(work, each, how, by)
        return case


def ways_of(view: Reading, parked: ParkedOperation) -> tuple[How, ...]:
    """Return the ways out of a parked operation, as things stand here."""
    operation = parked.operation
    stands = operation.entity != "case" or view.case_heard(operation.entity_id) is not None
    return ways_out(operation.kind, parked.reason, stands=stands)


def _tell(work: Work, parked: ParkedOperation, how: How, by: Clerk) -> None:
    operation = parked.operation
    payload = {"op": operation.op_id, "seq": operation.seq, "how": how.value, "reason": parked.reason}
    work.append(
        OperationDraft(
            kind=RESOLVED, entity="conflict", entity_id=operation.op_id, payload=payload, actor=actor_at(work, by)
        )
    )
    work.resolve_parked(operation.seq, how)


def _same(one: ParkedOperation, other: ParkedOperation) -> bool:
    return one.operation.entity == other.operation.entity and one.operation.entity_id == other.operation.entity_id


def _case(work: Work, parked: ParkedOperation) -> Case | None:
    if matter_of(parked.operation.kind) is not Matter.CASE:
        return None
    return work.case(parked.operation.entity_id)


def _void_papers(work: Work, parked: ParkedOperation, case: Case) -> None:
    """Void what the act printed; papers of before and of later acts stay."""
    for job in work.print_jobs_of(case.case_id):
        if _of_act(parked, job.created_ms) and job.state is not JobState.LOST:
            work.settle_print(job.job_id, JobState.VOIDED)
    for original in work.originals_of(case.case_id):
        if _of_act(parked, original.created_ms) and original.state is not OriginalState.VOIDED:
            if not original.may(OriginalEvent.VOID):
                raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
            work.put_original(voided(original))


def _let_count(work: Work, case: Case, before_ms: int) -> None:
    """Let the papers of before count again, of each slip the last: what voided them did not come to be."""
    early = before_ms - ONE_ACT_MS
    jobs = {each.slip: each for each in work.print_jobs_of(case.case_id) if each.created_ms < early}
    for job in jobs.values():
        if job.state is JobState.VOIDED:
            work.settle_print(job.job_id, JobState.PRINTED)
    originals = {each.slip: each for each in work.originals_of(case.case_id) if each.created_ms < early}
    for original in originals.values():
        if original.state is OriginalState.VOIDED:
            work.put_original(replace(original, state=_stood(original)))


def _stood(original: Original) -> OriginalState:
    if original.sealed_ms is not None:
        return OriginalState.SEALED
    return OriginalState.PRINTED if original.printed_ms is not None else OriginalState.OWED


def _of_act(parked: ParkedOperation, created_ms: int) -> bool:
    return abs(created_ms - parked.operation.wall_ms) <= ONE_ACT_MS
