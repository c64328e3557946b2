"""What every hall begins with, made once a process and copied: the published catalogue and the staff."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.calendar_document import table_to_json
from app.domain.catalogue.gate import build
from app.domain.clerk import Clerk
from app.domain.person import Person, PersonSource
from app.domain.rights import Role
from app.domain.work.card import WorkCard
from app.domain.work.ending import choose_way, open_menu
from app.domain.work.ending import write as say
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal
from app.domain.work.refusing import write as explain
from app.storage.calendar_file import load_calendar
from hall_in_a_box.disk import Disk, new_disk
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import MONDAY_0900, PartyClock, Timeline
from sync.protocol.messages import CalendarYear
from sync.server.catalogue_yaml import read
from sync.server.service import provision
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.import_calendar import import_calendar
from sync.server.storage import schema
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import Storage

HALL = "9901"
BUSINESS, NEXT_BUSINESS = "A", "B"
"""What numbers are given out for, on the first day and on the next: the same windows do the same items."""
WINDOWS = {"A01": "0301", "A02": "0301", "A03": "0302", "A04": "0302", "A05": "0303"}
"""Window → its clerk."""
KIOSK, GUIDE, MANAGER = "kiosk", "guide", "manager"
PRIORITIES = ("elderly", "military", "supplement")
SERVER_KEY = bytes(range(32))
ON_THE_SPOT, LICENCE = "ITM-01", "ITM-02"
RESOURCES = Path(__file__).parents[3] / "resources"


@dataclass(frozen=True)
class Ground:
    """``cards`` are work cards by what they end in, on which everything is settled but who the applicant is."""

    server: Disk
    clerks: dict[str, Clerk]
    cards: dict[str, WorkCard]

    def card(self, name: str, number: str, applicant: Person) -> WorkCard:
        """Return the card filled in for one person with this number."""
        return replace(self.cards[name], ticket_number=number, applicant=applicant)


def token(device: str) -> str:
    return f"token of {device}"


def server_storage(disk: Disk) -> Storage:
    """Open the server's real storage over a disk of ours."""
    return Stores(quick=False).storage(disk)


@cache
def ground() -> Ground:
    clock = PartyClock(Timeline(0), 0)
    document = read((RESOURCES / "catalogue" / "demo-9901.yaml").read_bytes()).document
    first, second = (each for each in document["businesses"] if each["code"] in {BUSINESS, NEXT_BUSINESS})
    second |= {"items": first["items"], "windows": first["windows"]}
    catalogue = build(document)
    candidates = catalogue.items_of_business(BUSINESS)
    blank = WorkCard(None, "", BUSINESS, catalogue.version, candidates)
    return Ground(
        server=_server(document, clock),
        clerks={each["number"]: _clerk(each) for each in document["staff"]},
        cards=_cards(blank),
    )


def person(number: int) -> Person:
    """Return the citizen who took the paper; their address tells them apart."""
    return Person(
        name="陈某某",
        number="990101199003070015",
        card_type="resident",
        source=PersonSource.CARD,
        read_at_ms=MONDAY_0900,
        address=f"示范县东街道{number}号",
        birth_date="1990-03-07",
        sex="男",
        ethnicity="汉",
        phone="15400000001",
    )


def _server(document: Any, clock: PartyClock) -> Disk:
    disk = new_disk()
    storage = server_storage(disk)
    schema.create(storage.engine)
    provision.add_hall(storage, clock, hall=HALL, centre=HALL)
    for window in WINDOWS:
        provision.add_device(storage, HALL, window, Role.COUNTER, token=token(window), window=window)
    for device, role in ((KIOSK, Role.KIOSK), (GUIDE, Role.GUIDE), (MANAGER, Role.FLOOR_MANAGER)):
        provision.add_device(storage, HALL, device, role, token=token(device))
    for profile in provision.profiles_of(document):
        provision.add_clerk(storage, profile, HALL, password=None)
    provision.publish_document(storage, clock, HALL, document)
    context = Context(storage, clock, AesGcmCipher(SERVER_KEY, clock.random_bytes))
    administrators = [Caller(HALL, frozenset({Role.ADMINISTRATOR}), clerk=each) for each in ("0903", "0904")]
    calendar = load_calendar(RESOURCES / "calendar")
    for year in (2025, 2026):
        for each in administrators:
            import_calendar(context, each, CalendarYear(year=year, table=table_to_json(calendar.table(year))))
    storage.close()
    return disk


def _clerk(staff: Any) -> Clerk:
    return Clerk(
        number=staff["number"],
        name=staff["name"],
        department=staff["department"],
        roles=frozenset(map(Role, staff["roles"])),
        windows=tuple(staff["windows"]),
        items=tuple(staff["items"]),
        offline_until_ms=1 << 50,
    )


def _cards(blank: WorkCard) -> dict[str, WorkCard]:
    licence = _settled(blank, LICENCE)
    chosen = blank.choose_item(LICENCE).seat(person(0))
    refused = choose_ground(open_refusal(chosen), 1)
    return {
        ON_THE_SPOT: _settled(blank, ON_THE_SPOT),
        LICENCE: licence,
        "blank": blank.seat(person(0)),
        "informed": chosen.accept_answers(),
        "noticed": licence.toggle_missing(3),
        "refused": explain(refused, RefusalField.REASON, "只卖预包装食品，依法不用办许可"),
        "registered": say(choose_way(open_menu(blank.seat(person(0))), 2), "topic", "建房怎么报批"),
        "withdrawn": choose_way(open_menu(blank.seat(person(0))), 5),
    }


def _settled(blank: WorkCard, item: str) -> WorkCard:
    card = blank.choose_item(item).seat(person(0)).accept_answers().mark_rest_ok()
    assert card.form is not None, "every item has a form"
    for field in card.form.to_fill():
        card = card.fill(field.name, "5" if field.pattern else "某某经营")
    return replace(card.finish_form(), past=())
