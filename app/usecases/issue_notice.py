"""F9 before any paper was handed over: the whole published list for the answers given; no case begins (SL-03)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.clerk import Clerk
from app.domain.consultation_paper import CONSULTATION_SLIP, consultation_fields
from app.domain.notice import consultation_number, consultation_series
from app.domain.operation import OperationDraft
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.outcome import NoticeKind
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require, visit_at
from app.usecases.case_record import queue_paper
from app.usecases.close_contact import close_contact
from app.usecases.taking_in import TOKEN_BYTES, CardNotReady, allowed_item, counting, possible_at, published


@dataclass(frozen=True, slots=True)
class Informed:
    """The number on the paper, the visit that ended in it, and the job that prints it."""

    number: str
    visit: Visit
    job: PrintJob


def issue_notice(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> Informed:
    """Give the citizen at the window the one-time notice: number, operation and paper in one commit.

    Raises:
        ActRefused: no right, or this clerk, window, day or law forbids it, or papers were handed over already.
        CardNotReady: item or situations are open.
        IllegalTransition: the visit has its outcome already.
        PaperError: a paper with a hole is not printed, and then nothing is recorded either.
    """
    require(by, Act.ISSUE_NOTICE)
    with store.begin() as work:
        visit = visit_at(work)
        state = VISIT.after(visit.state, VisitEvent.ISSUE)
        at, catalogue = counting(work, clock, by, visit), published(work)
        possible = possible_at(card, catalogue, at)
        if not possible.notice_possible:
            raise CardNotReady(possible.notice_refusals)
        if possible.notice is not NoticeKind.CONSULTATION:
            raise ActRefused(ActRefusal.OTHER_OUTCOME)
        item = allowed_item(card, catalogue, at, by)
        number = consultation_number(at, work.take_serial(consultation_series(at.today)))
        token = clock.random_bytes(TOKEN_BYTES).hex()
        document = fill(templates[CONSULTATION_SLIP], consultation_fields(card, catalogue, at, number, token))
        issued = replace(visit, state=state, outcome=Outcome.INFORMED)
        work.put_visit(issued)
        work.put_draft(visit.visit_id, draft.to_json(card))
        work.append(
            OperationDraft(
                kind="notice.issued",
                entity="notice",
                entity_id=number,
                payload={
                    "number": number,
                    "window": at.window,
                    "counter": at.counter,
                    "ticket": visit.number,
                    "item_id": item.id,
                    "department": item.department,
                    "catalogue_version": card.catalogue_version,
                    "answers": dict(card.answers),
                    "rating_token": token,
                },
                actor=by.at(at.window),
            )
        )
        close_contact(work, clock, by, issued, Outcome.INFORMED)
        return Informed(number, issued, queue_paper(work, clock, document, visit.visit_id))
