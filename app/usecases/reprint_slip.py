"""补打: the same paper once more, with its count on it and a reason in the log."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.ports.clock import Clock, new_id
from app.ports.spool import JobState, PrintJob, PrintWay
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require


def reprint_slip(store: Store, clock: Clock, job_id: str, reason: str, by: Clerk) -> PrintJob:
    """Queue the paper of an earlier job again; the document is the frozen one, the count one higher.

    Raises:
        ActRefused: no right, no reason, or a job that does not exist.
    """
    require(by, Act.REPRINT_SLIP)
    if not reason.strip():
        raise ActRefused(ActRefusal.REASON_NEEDED)
    with store.begin() as work:
        job = work.print_job(job_id)
        if job is None:
            raise ActRefused(ActRefusal.UNKNOWN_PAPER)
        return reprint(work, clock, job, reason.strip(), by)


def reprint(work: Work, clock: Clock, job: PrintJob, reason: str, by: Clerk) -> PrintJob:
    """Queue the job's paper again within an open transaction, and record it."""
    earlier = work.print_jobs_of(job.case_id) if job.case_id else [job]
    count = max(each.reprint for each in earlier if each.slip == job.slip) + 1
    again = replace(
        job,
        job_id=new_id(clock),
        reprint=count,
        state=JobState.QUEUED,
        created_ms=clock.now_ms(),
        way=PrintWay.OWN,
    )
    work.queue_print(again)
    work.append(
        OperationDraft(
            kind="slip.reprinted",
            entity="case",
            entity_id=job.case_id or job.job_id,
            payload={"slip": job.slip, "reprint": count, "reason": reason},
            actor=actor_at(work, by),
        )
    )
    return again
