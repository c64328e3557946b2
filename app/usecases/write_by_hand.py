"""手写单: the printer stands still, so the clerk writes the paper by hand and the queued one never prints."""

from app.domain.clerk import Clerk
from app.ports.spool import JobState
from app.ports.store import Store
from app.usecases.standing_paper import record_way, standing_paper


def write_by_hand(store: Store, job_id: str, reason: str, by: Clerk) -> None:
    """Record that the citizen got the job's paper in handwriting; its number stays. ``reason`` is the printer's fault.

    Raises:
        ActRefused: no right, no reason, no such paper, or one that is no longer waiting for the printer.
    """
    with store.begin() as work:
        job = standing_paper(work, job_id, reason, by)
        work.settle_print(job_id, JobState.HANDWRITTEN)
        record_way(work, job, by, "slip.handwritten", reason=reason)
