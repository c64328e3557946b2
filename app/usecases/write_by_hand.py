"""手写单: the printer stands still, so the clerk writes the paper by hand and the queued one never prints."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.ports.spool import JobState
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require


def write_by_hand(store: Store, job_id: str, by: Clerk) -> None:
    """Record that the citizen got the job's paper in handwriting.

    Raises:
        ActRefused: no right, no such paper, or one that is no longer waiting for the printer.
    """
    require(by, Act.REPRINT_SLIP)
    with store.begin() as work:
        job = work.print_job(job_id)
        if job is None:
            raise ActRefused(ActRefusal.UNKNOWN_PAPER)
        if job.state is not JobState.QUEUED:
            raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
        work.settle_print(job_id, JobState.HANDWRITTEN)
        work.append(
            OperationDraft(
                kind="slip.handwritten",
                entity="case",
                entity_id=job.case_id or job.job_id,
                payload={"slip": job.slip},
                actor=actor_at(work, by),
            )
        )
