"""How an act writes down a case that it changed: the row, the operation with the whole case, and the paper."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.original import has_original
from app.domain.paper.blocks import Document, document_to_json
from app.domain.person import Person
from app.domain.record import plain
from app.domain.work.card import WorkCard
from app.ports.clock import Clock, new_id
from app.ports.spool import JobState, PrintJob
from app.ports.store import Reading, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at
from app.usecases.owe_original import owe_original


def record_case(
    work: Work, by: Clerk, case: Case, kind: str, *, base_rev: int | None, more: Mapping[str, Any] | None = None
) -> None:
    """Keep the case and append its operation; ``base_rev`` is the revision it had before, None for a new case."""
    work.put_case(case)
    tell_case(work, by, case, kind, base_rev=base_rev, more=more)


def tell_case(
    work: Work, by: Clerk, case: Case, kind: str, *, base_rev: int | None, more: Mapping[str, Any] | None = None
) -> None:
    """Append the operation alone: the case goes on within the same commit, and what it is then is kept."""
    work.append(
        OperationDraft(
            kind=kind,
            entity="case",
            entity_id=case.case_id,
            payload={**plain(case), **(more or {})},
            actor=actor_at(work, by),
            base_rev=base_rev,
        )
    )


def queue_paper(work: Work, clock: Clock, document: Document, case_id: str | None) -> PrintJob:
    """Put a filled paper into the spool, its sealed original on the list where it has one, and return its job."""
    job = queue_slip(work, clock, document, case_id)
    owe_original(work, clock, document, work.case(case_id) if case_id and has_original(document) else None)
    return job


def queue_case_paper(work: Work, clock: Clock, document: Document, case: Case) -> PrintJob:
    """Do the same with the paper of a case that the caller holds."""
    job = queue_slip(work, clock, document, case.case_id)
    owe_original(work, clock, document, case)
    return job


def queue_slip(work: Work, clock: Clock, document: Document, case_id: str | None) -> PrintJob:
    """Put a filled paper into the spool and return its job; its sealed original, if it has one, is owed elsewhere."""
    job = PrintJob(
        job_id=new_id(clock),
        slip=document.slip,
        document=document_to_json(document),
        reprint=0,
        state=JobState.QUEUED,
        created_ms=clock.now_ms(),
        case_id=case_id,
    )
    work.queue_print(job)
    return job


def newest(view: Reading, case: Case) -> Case:
    """Return the case with the state the server last told, where that is newer than the counter's own record."""
    heard = view.case_heard(case.case_id)
    return case if heard is None or heard[1] <= case.rev else replace(case, state=heard[0], rev=heard[1])


def case_of_citizen(view: Reading, typed: str, card: WorkCard) -> Case:
    """Return the case that the citizen at the window names by case number or query code.

    Raises:
        ActRefused: nobody was read, this counter does not know the case, or it is another person's.
    """
    here = {each.number for each in (card.applicant, card.agent) if each is not None}
    if not here:
        raise ActRefused(ActRefusal.NO_PERSON)
    named = view.cases_named(typed.strip().upper())
    if not named:
        raise ActRefused(ActRefusal.UNKNOWN_CASE)
    theirs = [each for each in named if here & _people_of(each)]
    if len(theirs) != 1:
        raise ActRefused(ActRefusal.NOT_THE_RECEIVER)
    return newest(view, theirs[0])


def receiver_of(case: Case, card: WorkCard) -> Person:
    """Return who of the people at the window belongs to the case, the applicant first."""
    present = [each for each in (card.applicant, card.agent) if each is not None]
    return next(each for each in present if each.number in _people_of(case))


def _people_of(case: Case) -> set[str]:
    return {str(each["number"]) for each in (case.applicant, case.agent, case.guardian) if each}
