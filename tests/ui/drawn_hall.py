"""The day of the drawings: Wednesday 18 November 2026, cases on hand from the days before, people waiting."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ending_hands import at_window
from living_counter import everywhere

from app.domain.business_day import CHINA
from app.domain.clerk import Clerk
from app.domain.id_card import CardType, IdCard, Sex
from app.domain.person import Person, PersonSource
from app.domain.ticket import Ticket, TicketState
from app.domain.work.card import WorkCard
from app.ports.spool import JobState
from app.storage.mirror_tables import TICKET
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket

WINDOW = "A03"
MINUTE = 60_000
BEFORE = (
    ("11-05 10:22", "A03", "ITM-02", "孙某"),
    ("11-06 09:40", "A03", "ITM-02", "钱某"),
    ("11-09 15:05", "A03", "ITM-02", "赵某某"),
    ("11-10 15:40", "A03", "ITM-02", "周某"),
    ("11-12 11:20", "B01", "ITM-09", "郑某"),
    ("11-13 14:10", "B01", "ITM-09", "冯某"),
    ("11-17 16:30", "A03", "ITM-02", "䶮某"),
)
"""When, at which window, which item and whose case was taken in."""

WAITING = (
    (24, 6, None),
    (25, 18, None),
    (26, 12, None),
    (27, 9, None),
    (28, 5, "elderly"),
    (29, 3, None),
    (30, 1, None),
)
"""Number, minutes waited at 14:26, priority."""

CARD = IdCard(
    CardType.RESIDENT,
    "张某",
    Sex.MALE,
    date(1990, 3, 7),
    "990101199003070015",
    date(2020, 1, 1),
    None,
    address="示范县东街道1号",
)


def at(moment: str) -> int:
    """Return the UTC milliseconds of a moment of 2026 in China, ``11-18 14:26``."""
    return round(datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=CHINA).timestamp() * 1000)


def drawn_clerk(clerk: Clerk) -> Clerk:
    """The clerk the published list has at the drawn window, qualified for everything."""
    return replace(everywhere(clerk), number="0302", name="李某", windows=("A03", "B01"))


def days_before(kit: Any, clerk: Clerk) -> None:
    """Take in the cases on hand, each on its day and at its window, by the real use cases."""
    templates = load_templates()
    for number, (moment, window, item, name) in enumerate(BEFORE, 1):
        kit.clock.now = at(moment)
        at_window(kit, window)
        open_day(kit.store, kit.clock, clerk)
        visit = present_ticket(kit.store, kit.clock, f"{window[0]}{number:03}", clerk)
        case = accept_case(kit.store, kit.clock, templates, ready(kit, item, name), clerk).case
        with kit.store.begin() as work:
            for job in work.print_jobs_of(case.case_id):
                work.settle_print(job.job_id, JobState.PRINTED)
        kit.clock.advance(12 * MINUTE)
        finish_visit(kit.store, kit.clock, clerk)
        assert visit is not None


def the_moment(kit: Any, window: str = WINDOW) -> None:
    """The drawn day at the drawn window, 14:26."""
    kit.clock.now = at("11-18 14:26")
    at_window(kit, window)


def ready(kit: Any, item: str, name: str) -> WorkCard:
    """A work card on which everything is settled."""
    with kit.store.read() as view:
        catalogue = view.catalogue()
    person = Person(
        name=name,
        number="990101199003070015",
        card_type="resident",
        source=PersonSource.CARD,
        read_at_ms=kit.clock.now_ms(),
        address="示范县东街道1号",
        birth_date="1990-03-07",
        sex="男",
        ethnicity="汉",
        phone="15400000001",
    )
    card = WorkCard(None, "A001", "A", catalogue.version, (catalogue.items[item],))
    card = card.choose_item(item).seat(person).accept_answers().mark_rest_ok()
    for field in card.form.to_fill():
        card = card.fill(field.name, "5" if field.pattern else "某某经营")
    return card.finish_form()


def waiting(kit: Any, count: int = len(WAITING), letter: str = "A") -> list[Ticket]:
    """Let people wait for the window; the counter's mirror and the hall's authority know them alike."""
    today = "2026-11-18"
    tickets = [
        Ticket(
            ticket_id=f"ticket-{number}",
            hall="9901",
            number=f"{letter}{number:03}",
            business=letter,
            state=TicketState.WAITING,
            rev=1,
            issued_ms=kit.clock.now_ms() - minutes * MINUTE,
            business_date=today,
            priority=priority,
        )
        for number, minutes, priority in WAITING[:count]
    ]
    rows = [{name: getattr(each, name) for name in TICKET.c.keys()} for each in tickets]  # noqa: SIM118 - columns
    events = [{"seq": n, "entity": "ticket", "data": row} for n, row in enumerate(rows, 1)]
    assert kit.replica.apply(0, events, len(events))
    return tickets
