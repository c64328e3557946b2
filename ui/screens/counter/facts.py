"""What the store says about this window right now, read in one go off the GUI thread."""

from dataclasses import dataclass

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.ticket import Ticket
from app.domain.visit import Visit
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.of_case import card_of
from app.ports.spool import PrintJob
from app.ports.store import Reading, Store

WAITING_SHOWN = 30
CASES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of ``CounterState`` that come from the store."""

    catalogue: Catalogue | None
    calendar: WorkCalendar
    visit: Visit | None
    card: WorkCard | None
    issued: Case | None
    job: PrintJob | None
    unsure: PrintJob | None
    waiting: tuple[Ticket, ...]
    cases: tuple[Case, ...]
    done_today: tuple[int, int]


def read_facts(store: Store, window: str) -> Facts:
    """Return what the window is drawn from."""
    with store.read() as view:
        catalogue, visit = view.catalogue(), view.open_visit()
        issued = view.case(visit.case_id) if visit and visit.case_id else None
        jobs = view.print_jobs_of(issued.case_id) if issued else ()
        businesses = [each.code for each in catalogue.businesses_at_window(window)] if catalogue else []
        return Facts(
            catalogue=catalogue,
            calendar=view.calendar(),
            visit=visit,
            card=_card(view, visit, issued, catalogue),
            issued=issued,
            job=jobs[-1] if jobs else None,
            unsure=view.paper_in_doubt(),
            waiting=tuple(view.waiting(businesses, WAITING_SHOWN)),
            cases=tuple(view.open_cases(CASES_SHOWN)),
            done_today=view.done_today(),
        )


def fresh_card(visit: Visit, catalogue: Catalogue, window: str) -> WorkCard:
    """Return the empty page of a visit: what this window may do of what the ticket is for."""
    served = {each.id for each in catalogue.items_at_window(window)}
    candidates = [each for each in catalogue.items_of_business(visit.business) if each.id in served]
    return WorkCard(
        ticket_id=visit.ticket_id,
        ticket_number=visit.number,
        business=visit.business,
        catalogue_version=catalogue.version,
        candidates=tuple(candidates or catalogue.items_at_window(window)),
    )


def _card(view: Reading, visit: Visit | None, issued: Case | None, catalogue: Catalogue | None) -> WorkCard | None:
    if visit is None or catalogue is None:
        return None
    if issued is not None:
        return card_of(issued, visit.number, visit.business, catalogue)
    kept = view.draft(visit.visit_id)
    if kept is not None:
        return draft.from_json(kept, catalogue)
    counter = view.counter()
    return fresh_card(visit, catalogue, counter.window if counter else "")
