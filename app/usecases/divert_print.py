"""改打: this window's printer stands still, so the queued paper comes out of another one, or on A4."""

from app.domain.clerk import Clerk
from app.ports.spool import PrintWay
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.standing_paper import record_way, standing_paper


def divert_print(store: Store, job_id: str, way: PrintWay, reason: str, by: Clerk) -> None:
    """Send a paper that waits another way; it leaves this window's queue in the same commit, so it never prints twice.

    ``reason`` is the fault of the printer that was to print it.

    Raises:
        ActRefused: no right, no reason, no such paper, or one that no longer waits for this window's own printer.
    """
    with store.begin() as work:
        job = standing_paper(work, job_id, reason, by)
        if way is PrintWay.OWN or job.way is not PrintWay.OWN:
            raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
        work.divert_print(job_id, way)
        record_way(work, job, by, "slip.diverted", way=way.value, reason=reason)
