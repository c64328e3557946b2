"""A paper that waits for a printer which stands still: what its two ways out have in common (design/README.md 13)."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.ports.spool import JobState, PrintJob
from app.ports.store import Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require


def standing_paper(work: Work, job_id: str, reason: str, by: Clerk) -> PrintJob:
    """Return the paper that still waits.

    Raises:
        ActRefused: no right, no reason, no such paper, or one of which bytes may be on their way.
    """
    require(by, Act.REPRINT_SLIP)
    if not reason.strip():
        raise ActRefused(ActRefusal.REASON_NEEDED)
    job = work.print_job(job_id)
    if job is None:
        raise ActRefused(ActRefusal.UNKNOWN_PAPER)
    if job.state is not JobState.QUEUED:
        raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
    return job


def record_way(work: Work, job: PrintJob, by: Clerk, kind: str, **said: str) -> None:
    """Record which way the paper went, and why."""
    work.append(
        OperationDraft(
            kind=kind,
            entity="case",
            entity_id=job.case_id or job.job_id,
            payload={"slip": job.slip, **said},
            actor=actor_at(work, by),
        )
    )
