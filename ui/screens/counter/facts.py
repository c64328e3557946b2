"""What the store says about this window right now, read in one go off the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.business_day import start_of_day_ms
from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.disk_room import Room
from app.domain.floor import WindowOrder
from app.domain.pause import Pause
from app.domain.queue_rules import QueueRules
from app.domain.ticket import Ticket
from app.domain.visit import Outcome, Visit, VisitState
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.of_case import card_of
from app.ports.card_store import OwnCard
from app.ports.spool import PrintJob
from app.ports.store import Reading, Store
from ui.screens.counter.catalogue_news import ItemChanges, page_and_news
from ui.screens.counter.conflict_tasks import ConflictTask, read_conflicts
from ui.screens.counter.held import HeldVisit, held_visits
from ui.screens.counter.line import LineFacts, read_line
from ui.screens.counter.onward import Onward, read_onward
from ui.screens.counter.original_pane import Originals, read_originals
from ui.screens.counter.rating_ask import Rateable, read_rateable
from ui.screens.counter.unclaimed import read_answers, read_pickup
from ui.screens.counter.unserved import read_unserved

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
    line: LineFacts
    cases: tuple[Case, ...]
    done_today: tuple[int, int]
    pauses: tuple[Pause, ...]
    held: tuple[HeldVisit, ...]
    missed: Visit | None
    item_choices: Mapping[tuple[str, str], int]
    item_changes: ItemChanges
    order: WindowOrder | None
    onward: Onward | None
    originals: Originals
    rateable: Rateable | None
    copies: Mapping[str, int]
    elsewhere: int
    pickup: tuple[Case, ...]
    unserved: tuple[Case, ...]
    answers: tuple[Case, ...]
    conflicts: tuple[ConflictTask, ...]
    hanging: tuple[OwnCard, ...]
    room: Room = Room.PLENTY


def read_facts(store: Store, window: str, now_ms: int) -> Facts:
    """Return what the window is drawn from."""
    with store.read() as view:
        catalogue, visit = view.catalogue(), view.open_visit()
        out = visit is not None and visit.state is VisitState.ISSUED
        issued = view.case(visit.case_id) if visit and visit.case_id and out else None
        # A paper about no case hangs on its visit.
        jobs = view.print_jobs_of(visit.case_id or visit.visit_id) if visit and out else ()
        businesses = [each.code for each in catalogue.businesses_at_window(window)] if catalogue else []
        order = view.window_order(window)
        if order is not None and order.businesses is not None:
            businesses = list(order.businesses)
        line = read_line(view, window, businesses, catalogue.queue if catalogue else QueueRules(), now_ms)
        card = _card(view, visit, issued, catalogue)
        news: ItemChanges = {}
        if visit is not None and card is not None and catalogue is not None and issued is None:
            card, news = page_and_news(view, visit, card, catalogue)
        return Facts(
            catalogue=catalogue,
            calendar=view.calendar(),
            visit=visit,
            card=card,
            issued=issued,
            job=jobs[-1] if jobs else None,
            unsure=view.paper_in_doubt(),
            waiting=line.waiting,
            line=line,
            cases=tuple(view.open_cases(CASES_SHOWN)),
            done_today=view.done_today(),
            pauses=_pauses(view),
            held=held_visits(view, catalogue),
            missed=_missed(view),
            item_choices=view.item_choices(window),
            item_changes=news,
            order=order,
            onward=read_onward(view, visit, issued, catalogue),
            originals=read_originals(view, visit, issued),
            rateable=read_rateable(view, visit, jobs),
            copies=view.copy_counts(visit.visit_id) if visit is not None else {},
            elsewhere=view.papers_elsewhere(),
            pickup=read_pickup(view, window, catalogue),
            unserved=read_unserved(view, window),
            answers=read_answers(view, window),
            conflicts=read_conflicts(view),
            hanging=tuple(view.hanging_cards(CASES_SHOWN)),
        )


def _pauses(view: Reading) -> tuple[Pause, ...]:
    """Return the pauses of the open day, and the one that lasts, whenever it began."""
    lasting, day = view.pause(), view.business_date()
    today = tuple(view.pauses_since(start_of_day_ms(day))) if day else ()
    return today if lasting is None or lasting in today else (lasting, *today)


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
        channel=visit.channel,
    )


def _missed(view: Reading) -> Visit | None:
    """Return the visit that ended last if nobody came: Ctrl+Z may bring it back."""
    last = view.last_ended()
    return last if last is not None and last.outcome is Outcome.MISSED else None


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
