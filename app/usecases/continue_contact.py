"""Going on with a registered first contact: what was said on the telephone stands on the page already (rule I70)."""

from dataclasses import dataclass, replace

from app.domain.clerk import Clerk
from app.domain.contact_record import ContactRecord, contact_no
from app.domain.rights import Act
from app.domain.visit import Visit, VisitState
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.draft import DraftError
from app.domain.work.from_contact import from_contact
from app.ports.clock import Clock
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require, visit_at
from app.usecases.taking_in import published
from app.usecases.walk_in import begin_walk_in


@dataclass(frozen=True, slots=True, repr=False)
class Continued:
    """The contact, the visit that goes on with it, and its page; no repr, for it names persons."""

    contact: ContactRecord
    visit: Visit
    page: WorkCard


def present_contact(store: Store, clock: Clock, typed: str, by: Clerk) -> Continued:
    """Begin to serve the citizen who names the number of a registered contact.

    Raises:
        ActRefused: no right or open day, somebody is at the window, or the contact is unknown here or closed.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        record = _open_record(work, typed)
        visit = replace(begin_walk_in(work, clock, by), contact_id=record.contact_id)
        page = _page(work, record, visit)
        work.put_visit(visit)
        work.put_draft(visit.visit_id, draft.to_json(page))
        return Continued(record, visit, page)


def join_contact(store: Store, typed: str, by: Clerk) -> Continued:
    """Let the visit at the window go on with a registered contact: the citizen was called by a ticket of today.

    Raises:
        ActRefused: no right, nobody is served, the visit goes on with another contact, or this one is unknown here
            or closed.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        visit = visit_at(work)
        if visit.state is not VisitState.SERVING or visit.case_id is not None:
            raise ActRefused(ActRefusal.NO_VISIT)
        record = _open_record(work, typed)
        if visit.contact_id not in (None, record.contact_id):
            raise ActRefused(ActRefusal.CONTACT_ANOTHER)
        joined = replace(visit, contact_id=record.contact_id)
        page = _page(work, record, joined)
        work.put_visit(joined)
        return Continued(record, joined, page)


def _open_record(view: Reading, typed: str) -> ContactRecord:
    no = contact_no(typed)
    record = view.contact_record(no) if no is not None else None
    if record is None:
        raise ActRefused(ActRefusal.CONTACT_UNKNOWN)
    if not record.open:
        raise ActRefused(ActRefusal.CONTACT_CLOSED)
    return record


def _page(view: Reading, record: ContactRecord, visit: Visit) -> WorkCard:
    try:
        return from_contact(record, visit, published(view), counter_of(view).window)
    except DraftError as error:
        raise ActRefused(ActRefusal.CONTACT_UNKNOWN) from error
