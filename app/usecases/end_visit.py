"""F12 while serving, where nothing is decided about a case: answered, registered or left (design.md decision 14)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.domain.business_day import business_date
from app.domain.clerk import Clerk
from app.domain.contact_record import ContactRecord
from app.domain.first_contact import (
    FIRST_CONTACT_SLIP,
    AnswerDue,
    ContactAction,
    FirstContact,
    answer_by,
    contact_number,
    contact_series,
    first_contact_fields,
)
from app.domain.operation import OperationDraft
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.receipt import moment_words
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.ending import LeaveReason, hindrances, value, wants_receipt
from app.domain.work.refusal import WorkRefusal
from app.ports.clock import Clock, new_id
from app.ports.spool import PrintJob
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.case_record import queue_paper
from app.usecases.close_contact import close_contact
from app.usecases.taking_in import CardNotReady, counting, published
from app.usecases.ticket_record import record


@dataclass(frozen=True, slots=True)
class Registered:
    """The contact, the visit that ended in it, and the job of its paper; None where nobody is there to take one."""

    contact: FirstContact
    visit: Visit
    job: PrintJob | None


def answer_question(store: Store, clock: Clock, by: Clerk) -> Visit:
    """F12 1: the question was answered and nothing is handed out.

    Raises:
        ActRefused: no right, nobody is there, or an issued paper is being corrected.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.END_VISIT)
    with store.begin() as work:
        return _ended(work, clock, by, Outcome.ANSWERED, "ticket.finished")


def leave(store: Store, clock: Clock, reason: LeaveReason, by: Clerk) -> Visit:
    """F12 3: the citizen leaves, with the reason that is known.

    Raises:
        ActRefused: no right, nobody is there, or an issued paper is being corrected.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.END_VISIT)
    with store.begin() as work:
        return _ended(work, clock, by, Outcome.LEFT, "ticket.left", reason=reason.value)


def register_contact(
    store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk
) -> Registered:
    """F12 2: what cannot be answered on the spot is registered, and its paper names who answers by when (SL-02).

    The page is kept with the contact, so that whoever goes on with it types nothing again (rule I70). Where nobody is
    there to take a paper and none is wanted, the visit is over with the registration.

    Raises:
        ActRefused: no right, nobody is there, or an issued paper is being corrected.
        CardNotReady: topic or owner are missing, a word must not be said to a citizen, or it was registered before.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.END_VISIT)
    with store.begin() as work:
        visit = undecided(work)
        state = VISIT.after(visit.state, VisitEvent.ISSUE)
        at, catalogue = counting(work, clock, by, visit), published(work)
        owner = usual_owner(by.number, at.window)
        before = (WorkRefusal.REGISTERED_BEFORE,) if visit.contact_id is not None else ()
        missing = (*before, *hindrances(card, owner))
        if missing:
            raise CardNotReady(missing)
        contact = FirstContact(
            contact_id=new_id(clock),
            no=contact_number(at.today, at.counter, work.take_serial(contact_series(at.today))),
            topic=value(card, "topic").strip(),
            action=ContactAction(value(card, "action")),
            owner=value(card, "owner", owner).strip(),
            due=answer_by(AnswerDue(value(card, "due")), business_date(at.now_ms), at.calendar).isoformat(),
            clerk=by.number,
            window=at.window,
            channel=visit.channel,
        )
        page = draft.to_json(card)
        work.put_contact_record(_kept(contact, page, at.now_ms))
        work.append(
            OperationDraft(
                kind="contact.registered",
                entity="contact",
                entity_id=contact.contact_id,
                payload=_told(contact, visit, page, at.now_ms),
                actor=by.at(at.window),
            )
        )
        if not wants_receipt(card):
            return Registered(contact, _over(work, clock, by, visit, Outcome.REGISTERED), None)
        fields = first_contact_fields(contact, catalogue, moment_words(at.now_ms))
        issued = replace(visit, state=state, outcome=Outcome.REGISTERED)
        work.put_visit(issued)
        work.put_draft(visit.visit_id, page)
        job = queue_paper(work, clock, fill(templates[FIRST_CONTACT_SLIP], fields), visit.visit_id)
        return Registered(contact, issued, job)


def usual_owner(clerk: str, window: str) -> str:
    """Return who answers until somebody else takes over: the clerk who was asked first (domain rule I01)."""
    return f"{window}窗口 {clerk}号"


def undecided(work: Work) -> Visit:
    """Return the visit at the window if no paper of it is out.

    Raises:
        ActRefused: nobody is there, or the visit came back to correct its paper.
    """
    visit = visit_at(work)
    if visit.case_id is not None:
        raise ActRefused(ActRefusal.CASE_REOPENED)
    return visit


def finished(work: Work, clock: Clock, visit: Visit, outcome: Outcome, case_id: str | None = None) -> Visit:
    """End a served visit within the open transaction; its journal is no longer needed."""
    state = VISIT.after(visit.state, VisitEvent.END)
    done = replace(visit, state=state, finished_ms=clock.now_ms(), outcome=outcome, case_id=case_id)
    work.put_visit(done)
    work.drop_draft(visit.visit_id)
    return done


def _ended(work: Work, clock: Clock, by: Clerk, outcome: Outcome, kind: str, **more: str) -> Visit:
    visit = undecided(work)
    if outcome is Outcome.ANSWERED:
        close_contact(work, clock, by, visit, outcome)
    done = finished(work, clock, visit, outcome)
    record(work, by, done, kind, outcome=outcome.value, case_id=None, **more)
    return done


def _over(work: Work, clock: Clock, by: Clerk, visit: Visit, outcome: Outcome) -> Visit:
    done = finished(work, clock, visit, outcome)
    record(work, by, done, "ticket.finished", outcome=outcome.value, case_id=None)
    return done


def _kept(contact: FirstContact, page: Mapping[str, Any], now_ms: int) -> ContactRecord:
    return ContactRecord(
        contact_id=contact.contact_id,
        no=contact.no,
        channel=contact.channel,
        topic=contact.topic,
        clerk=contact.clerk,
        window=contact.window,
        due=contact.due,
        registered_ms=now_ms,
        page=page,
    )


def _told(contact: FirstContact, visit: Visit, page: Mapping[str, Any], now_ms: int) -> dict[str, Any]:
    """Return what the server hears: all of it is sealed there, and the page only for who goes on with it."""
    said = {**asdict(contact), "action": contact.action.value, "channel": contact.channel.value}
    return {**said, "number": visit.number, "registered_ms": now_ms, "page": dict(page)}
