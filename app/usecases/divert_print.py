"""改打: this window's printer stands still, so the queued paper comes out of another one, or on A4."""

from app.domain.clerk import Clerk
from app.ports.spool import JobState, PrintJob, PrintWay
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.standing_paper import record_way, standing_paper


def divert_print(store: Store, job_id: str, way: PrintWay, reason: str, by: Clerk) -> None:
    """Send a paper that waits another way, with those of its case that wait in front of it.

    They leave this window's queue in the same commit, so none prints twice.

    ``reason`` is the fault of the printer that was to print it.

    Raises:
        ActRefused: no right, no reason, no such paper, or one that no longer waits for this window's own printer.
    """
    with store.begin() as work:
        job = standing_paper(work, job_id, reason, by)
        if way is PrintWay.OWN or job.way is not PrintWay.OWN:
            raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
        for each in (*_with_it(work, job), job):
            work.divert_print(each.job_id, way)
            record_way(work, each, by, "slip.diverted", way=way.value, reason=reason)


def _with_it(work: Work, job: PrintJob) -> list[PrintJob]:
    """Return the papers of the same case that wait in front of it: the citizen takes them together (SL-16)."""
    papers = work.print_jobs_of(job.case_id) if job.case_id else []
    waiting = [each for each in papers if each.state is JobState.QUEUED and each.way is PrintWay.OWN]
    return [each for each in waiting if each.job_id != job.job_id and each.slip != job.slip]
