"""One hall in this process: its windows and a reviewer's desk, each on a store of its own, in step by the feed."""

import random
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hall_clock import Clock
from PySide6.QtCore import Qt
from spare_stores import counter_store, put_back, server_store
from sqlalchemy import select

from app.domain.calendar_document import table_to_json
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.original import OriginalState, delivered, sent
from app.domain.person import Person
from app.domain.rights import Role
from app.domain.work.card import WorkCard
from app.ports.clerk_authority import SignInRefused
from app.storage.calendar_file import load_calendar
from app.storage.originals import CounterOriginals
from app.storage.replica import CounterReplica
from app.storage.review_view import CounterRecords
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.storage.store import CounterStore
from app.storage.tables import OPERATION
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.intake_case import intake_case
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from sync.client.exchange import exchange
from sync.client.records import RecordFetcher
from sync.client.requests import Wait
from sync.client.session import Session
from sync.protocol.case_messages import CaseRecords, WantCases
from sync.server.catalogue_yaml import read
from sync.server.service import provision
from sync.server.service.case_records import case_records
from sync.server.service.central import CentralService
from sync.server.service.tokens import token_hash
from sync.server.storage import catalogue, clerks
from sync.server.storage.cipher import AesGcmCipher

HALL = "9901"
RESOURCES = Path(__file__).parents[2] / "resources"
DEMO: dict[str, Any] = read((RESOURCES / "catalogue" / "demo-9901.yaml").read_bytes()).document
DEMO["staff"] = [
    *DEMO["staff"],
    {**next(each for each in DEMO["staff"] if each["number"] == "0402"), "number": "0412", "name": "杨某"}
    | {"department": "D-CL", "items": ["ITM-09"]},
]
DAY_MS = 86_400_000
FAR = 1 << 50
WAIT_MS = 20_000
ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
F2, F7, F9, F10, F11 = Qt.Key.Key_F2, Qt.Key.Key_F7, Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F11


@dataclass
class Place:
    """A computer of the hall: its store, who sits there, and its end of the wire."""

    office: "Office"
    window: str
    clerk: Clerk
    database: Any
    store: CounterStore
    replica: CounterReplica
    session: Session
    fetcher: RecordFetcher
    looks: list[Collection[str]] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        return self.office.clock

    def talk(self) -> "Place":
        """Say everything that was done here, hear everything that was done elsewhere, and get the whole cases."""
        server = self.office.service.as_caller(self.office.service.authenticate(f"token-{self.window}"))
        self.session.hint()
        for _ in range(40):
            if isinstance(exchange(self.session, server, lambda: None), Wait):
                break
        while self.fetcher.step(self._records) >= 0:
            pass
        return self

    def sync(self) -> "Place":
        """Do the same; nothing may be parked."""
        self.talk()
        wrong = self.parked()
        assert wrong == [], wrong
        return self

    def parked(self) -> list[tuple[str, str]]:
        """Return kind and reason of what the server did not apply."""
        with self.database.read() as connection:
            rows = connection.execute(
                select(OPERATION.c.wire, OPERATION.c.parked).where(OPERATION.c.parked.is_not(None))
            )
            return [(row.wire["kind"], row.parked) for row in rows]

    def _records(self, ids: Collection[str]) -> CaseRecords:
        service = self.office.service
        self.looks.append(ids)
        caller = service.authenticate(f"token-{self.clerk.number}")
        return case_records(service.context, caller, HALL, WantCases(case_ids=list(ids)))

    def case(self, case_id: str) -> Case:
        with self.store.read() as view:
            case = view.case(case_id)
        assert case is not None
        return case

    def accept(
        self, citizen: Person, item_id: str = "ITM-02", alter: Callable[[WorkCard], WorkCard] = WorkCard.accept_answers
    ) -> Case:
        """Take a citizen's case in as the window may, without a ticket: accepted, or only received."""
        known, card = self._seated(citizen, item_id, alter)
        assert card.form is not None
        for each in card.form.to_fill():
            card = card.fill(each.name, "5" if each.pattern else "某某经营")
        here = known.authority(self.window, item_id) is Authority.INTAKE
        verb = intake_case if here or known.items[item_id].delegated is Authority.INTAKE else accept_case
        case = verb(self.store, self.clock, load_templates(), card.finish_form(), self.clerk).case
        return self._gone(case)

    def notice(self, citizen: Person, item_id: str, alter: Callable[[WorkCard], WorkCard]) -> Case:
        """Take papers in and tell what is missing of them, without a ticket."""
        _, card = self._seated(citizen, item_id, alter)
        case = notice_case(self.store, self.clock, load_templates(), card, self.clerk).case
        assert case is not None
        return self._gone(case)

    def _seated(
        self, citizen: Person, item_id: str, alter: Callable[[WorkCard], WorkCard]
    ) -> tuple[Catalogue, WorkCard]:
        open_day(self.store, self.clock, self.clerk)
        visit = walk_in(self.store, self.clock, self.clerk)
        with self.store.read() as view:
            known = view.catalogue()
            assert known is not None
        card = WorkCard(visit.ticket_id, visit.number, visit.business, known.version, tuple(known.items.values()))
        return known, alter(card.choose_item(item_id).seat(citizen)).mark_rest_ok()

    def _gone(self, case: Case) -> Case:
        finish_visit(self.store, self.clock, self.clerk)
        self.sync()
        return case

    def print_originals(self) -> None:
        """The A4 printer does its work."""
        spool = CounterOriginals(self.database)
        while (queued := spool.next_queued()) is not None:
            spool.claim(queued.original_id)
            printed = delivered(sent(queued), "lp:test", self.clock.now_ms(), kept=False)
            spool.settle(printed)

    def originals(self, case_id: str) -> list[tuple[str, OriginalState]]:
        with self.store.read() as view:
            return [(each.slip, each.state) for each in view.originals_of(case_id)]


class Office:
    """The hall's server and its places."""

    def __init__(self, document: dict[str, Any] = DEMO) -> None:
        self.clock, self.document = Clock(), document
        self.storage = server_store()
        self.service = CentralService(self.storage, self.clock, AesGcmCipher(b"s" * 32, self.clock.random_bytes))
        self._databases: list[Any] = []
        provision.add_hall(self.storage, self.clock, HALL, HALL)
        for window in ("A03", "B01", "C01", "D02", "R01"):
            provision.add_device(self.storage, HALL, window, Role.COUNTER, token=f"token-{window}", window=window)
        provision.publish_document(self.storage, self.clock, HALL, document)
        for profile in provision.profiles_of(DEMO):
            provision.add_clerk(self.storage, profile, HALL, password=None)
        self.storage.write(self._furnish)

    def _furnish(self, connection: Any) -> None:
        calendar = load_calendar(RESOURCES / "calendar")
        for year in (2025, 2026):
            catalogue.put_year(connection, HALL, year, table_to_json(calendar.table(year)))
        for each in DEMO["staff"]:
            hashed, number = token_hash(f"token-{each['number']}"), each["number"]
            far_ms = self.clock.now + 900 * DAY_MS
            clerks.add_session(connection, HALL, hashed, number=number, device=None, expires_ms=far_ms)

    def place(self, window: str, number: str, **changes: Any) -> Place:
        """Open a computer with this clerk of the demo staff signed in."""
        staff = next(each for each in DEMO["staff"] if each["number"] == number)
        roles = frozenset(map(Role, staff["roles"]))
        clerk = Clerk(number, staff["name"], staff["department"], roles, (window,), tuple(staff["items"]), FAR)
        clerk = replace(clerk, **changes)
        database = counter_store(self.clock)
        self._databases.append(database)
        signer = Ed25519Signer(random.Random(window).randbytes(32))
        store, replica = CounterStore(database, self.clock, signer), CounterReplica(database, self.clock)
        session = Session(replica, self.clock, signer.public_key())
        fetcher = RecordFetcher(CounterRecords(database), clerk, pickup=window == "C01")
        return Place(self, window, clerk, database, store, replica, session, fetcher).sync()

    def vouch(self, number: str, password: str) -> Clerk:
        """Sign in who stands beside the reviewer; here everybody's password is their number."""
        staff = next((each for each in DEMO["staff"] if each["number"] == number), None)
        if staff is None or password != number:
            raise SignInRefused("unauthorised")
        roles = frozenset(map(Role, staff["roles"]))
        return Clerk(number, staff["name"], staff["department"], roles, (), tuple(staff["items"]), FAR)

    def close(self) -> None:
        for each in (*self._databases, self.storage):
            put_back(each)


@contextmanager
def opened_office(document: dict[str, Any] = DEMO) -> Iterator[Office]:
    """Open the hall, with this catalogue published."""
    office = Office(document)
    try:
        yield office
    finally:
        office.close()
