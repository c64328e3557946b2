"""A paper whose fate is unknown after a power cut: only a person can say whether it came out."""

from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.spool import JobState, PrintJob
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.reprint_slip import reprint

NO_PAPER = "no_paper"
"""The reason recorded for a reprint after a lost paper."""


def settle_print(store: Store, clock: Clock, job_id: str, *, came_out: bool, by: Clerk) -> PrintJob | None:
    """Record what the clerk saw: 已出纸, or 没出, which queues a reprint that is returned.

    Raises:
        ActRefused: no right, no such paper, or one that is not in doubt.
    """
    require(by, Act.REPRINT_SLIP)
    with store.begin() as work:
        job = work.print_job(job_id)
        if job is None:
            raise ActRefused(ActRefusal.UNKNOWN_PAPER)
        if job.state is not JobState.UNKNOWN:
            raise ActRefused(ActRefusal.PAPER_NOT_IN_DOUBT)
        work.settle_print(job_id, JobState.PRINTED if came_out else JobState.LOST)
        return None if came_out else reprint(work, clock, job, NO_PAPER, by)
