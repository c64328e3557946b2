"""What the acts on a case's limits share: the case with its item, the written notice, and the operation with the fact.

Such an operation carries the fact alone (from when to when, on which basis, under which number): the server counts the
dates itself, with its own calendar, on the record it holds.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.clock_moves import ClockRefused
from app.domain.clock_paper import CLOCK_NOTICE
from app.domain.intake import doc_number, doc_series
from app.domain.operation import OperationDraft
from app.domain.original import OriginalEvent, OriginalState, voided
from app.domain.paper.blocks import Document
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.spool import JobState, PrintJob
from app.ports.store import Reading, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require
from app.usecases.case_record import queue_case_paper
from app.usecases.deciding import OnDesk, on_desk

CAME_OUT = frozenset({JobState.PRINTED, JobState.HANDWRITTEN})
_UNDER_WAY = frozenset({JobState.SENDING, JobState.UNKNOWN})
_ON_PAPER = frozenset({OriginalState.PRINTED, OriginalState.SEALED})


@dataclass(frozen=True, slots=True)
class Told:
    """The case after an act, and the job of the written notice about it."""

    case: Case
    job: PrintJob


def standing(view: Reading, clock: Clock, case_id: str, by: Clerk) -> OnDesk:
    """Return the case this clerk may act on.

    Raises:
        ActRefused: no right, the day is not open, or the case or its item is not known here, or not theirs.
    """
    require(by, Act.STOP_CLOCK)
    return on_desk(view, clock, case_id, by)


@contextmanager
def as_refusals() -> Iterator[None]:
    """Turn what the rules of the clock refuse into what an act refuses."""
    try:
        yield
    except ClockRefused as refused:
        raise ActRefused(ActRefusal(refused.reason.value)) from refused


def notice_number(work: Work, held: OnDesk) -> str:
    """Take the next number of the item's notices about its limit."""
    sequence = work.take_serial(doc_series(held.item, held.at.today, CLOCK_NOTICE))
    return doc_number(held.item, held.at, sequence, CLOCK_NOTICE)


def record(work: Work, by: Clerk, before: Case, after: Case, *, kind: str, fact: Mapping[str, Any]) -> None:
    """Keep the case and append the operation with the fact."""
    work.put_case(after)
    work.append(
        OperationDraft(
            kind=kind,
            entity="case",
            entity_id=after.case_id,
            payload={"case_no": after.case_no, **fact},
            actor=actor_at(work, by),
            base_rev=before.rev,
        )
    )


def queue_notice(work: Work, clock: Clock, document: Document, case: Case, doc_no: str) -> PrintJob:
    """Queue the notice and owe its sealed original under the notice's own number."""
    return queue_case_paper(work, clock, document, replace(case, doc_no=doc_no))


def notice_printed(view: Reading, case: Case, doc_no: str) -> bool:
    """Say whether a notice is on paper: the slip came out or was written by hand, or its original was printed."""
    if any(each.doc_no == doc_no and each.state in _ON_PAPER for each in view.originals_of(case.case_id)):
        return True
    return any(each.state in CAME_OUT for each in _jobs(view, case, doc_no))


def void_notice(work: Work, case: Case, doc_no: str) -> None:
    """Take a notice back: what is not printed never prints, what is owed is owed no more.

    Raises:
        ActRefused: it is in a printer, or nobody said yet whether it came out.
    """
    jobs = _jobs(work, case, doc_no)
    if any(each.state in _UNDER_WAY for each in jobs):
        raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
    for each in work.originals_of(case.case_id):
        if each.doc_no == doc_no and each.state is not OriginalState.VOIDED:
            if not each.may(OriginalEvent.VOID):
                raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
            work.put_original(voided(each))
    for job in jobs:
        if job.state is not JobState.LOST:
            work.settle_print(job.job_id, JobState.VOIDED)


def _jobs(view: Reading, case: Case, doc_no: str) -> list[PrintJob]:
    """Return the papers of a case that bear this document number; a reprint bears it too."""
    papers = view.print_jobs_of(case.case_id)
    return [job for job in papers if any(each.get("text") == doc_no for each in job.document["blocks"])]
