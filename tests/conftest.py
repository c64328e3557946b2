"""A counter on its real store, with the demo catalogue and a clock that stands still until it is moved."""

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.domain.calendar_document import table_to_json
from app.domain.chosen import ChosenCall
from app.domain.clerk import Clerk
from app.domain.person import Person, PersonSource
from app.domain.referral import TakenNumber
from app.domain.rights import Role
from app.domain.takeover import Contact
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import WindowLine
from app.domain.work.card import WorkCard
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.ports.store import Counter
from app.storage.calendar_file import load_calendar
from app.storage.engine import Database
from app.storage.opening import open_file, open_memory
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.spool import CounterSpool
from app.storage.store import CounterStore
from sync.server.catalogue_yaml import read

RESOURCES = Path(__file__).parents[1] / "resources"
MONDAY_0900 = 1_795_395_600_000
"""2026-11-23 09:00 in China, in UTC milliseconds."""
FAR = 1 << 50


@dataclass
class ManualClock:
    """Stands still until it is moved; its randomness is the same in every run."""

    now: int = MONDAY_0900
    chance: random.Random = field(default_factory=lambda: random.Random(20261123))

    def now_ms(self) -> int:
        return self.now

    def monotonic_ms(self) -> int:
        return self.now - MONDAY_0900

    def random_bytes(self, count: int) -> bytes:
        return self.chance.randbytes(count)

    def advance(self, milliseconds: int) -> None:
        self.now += milliseconds


@dataclass
class CounterKit:
    """One counter's store with all its faces."""

    clock: ManualClock
    database: Database
    store: CounterStore
    replica: CounterReplica
    spool: CounterSpool

    def operations(self) -> Any:
        return self.replica.pending(10_000)

    def hear(self, *rows: Ticket | Contact) -> None:
        """The hall's feed tells of these tickets and first contacts."""
        cursor = self.replica.cursor()
        events = []
        for seq, each in enumerate(rows, start=cursor + 1):
            entity, key = ("ticket", each.ticket_id) if isinstance(each, Ticket) else ("contact", each.contact_id)
            data = {**asdict(each), "state": each.state.value}
            events.append({"seq": seq, "entity": entity, "entity_id": key, "rev": each.rev, "data": data})
        assert self.replica.apply(cursor, events, cursor + len(rows))


class Queue:
    """A queue authority that keeps its promise: the same key, the same answer."""

    def __init__(self, *tickets: Ticket) -> None:
        self.waiting = list(tickets)
        self.answers: dict[str, Ticket | None] = {}
        self.lost_answers = 0
        self.keys: list[str] = []
        self.windows: list[WindowLine] = []
        self.taken: dict[str, TakenNumber] = {}

    def call_next(self, window: str, key: str) -> Ticket | None:
        self.keys.append(key)
        if key not in self.answers:
            self.answers[key] = self.waiting.pop(0) if self.waiting else None
        return self._answered(key)

    def call_chosen(self, window: str, choice: ChosenCall, key: str) -> Ticket:
        self.keys.append(key)
        if key not in self.answers:
            chosen = next((each for each in self.waiting if each.number == choice.number), None)
            if chosen is None:
                raise AuthorityRefused("not_waiting")
            self.waiting.remove(chosen)
            self.answers[key] = chosen
        ticket = self._answered(key)
        assert ticket is not None
        return ticket

    def lines(self) -> list[WindowLine]:
        if self.lost_answers:
            raise AuthorityUnreachable
        return self.windows

    def take_number(self, business: str, key: str) -> TakenNumber:
        if self.lost_answers:
            raise AuthorityUnreachable
        self.taken.setdefault(key, TakenNumber(f"{business}{len(self.taken) + 1:03}", len(self.taken) + 2))
        return self.taken[key]

    def _answered(self, key: str) -> Ticket | None:
        if self.lost_answers:
            self.lost_answers -= 1
            raise AuthorityUnreachable
        return self.answers[key]


def make_ticket(number: str = "A012", state: TicketState = TicketState.WAITING, **changes: Any) -> Ticket:
    values = {
        "ticket_id": f"ticket-{number}",
        "hall": "9901",
        "number": number,
        "business": number[0],
        "state": state,
        "rev": 1,
        "issued_ms": MONDAY_0900 - 60_000,
        "business_date": "2026-11-23",
    }
    return Ticket(**{**values, **changes})


def make_kit(database: Database, clock: ManualClock) -> CounterKit:
    store = CounterStore(database, clock, Ed25519Signer(bytes(range(32))))
    return CounterKit(clock, database, store, CounterReplica(database, clock), CounterSpool(database))


def register(kit: CounterKit, window: str = "A01") -> None:
    incarnation = kit.replica.incarnation()
    kit.replica.register(Counter("device-1", incarnation, "0003", "9901", "9901", window), "server-1")


@pytest.fixture
def manual_clock() -> Any:
    return ManualClock()


@pytest.fixture
def ticket() -> Any:
    return make_ticket


@pytest.fixture
def queue() -> Any:
    return Queue


@pytest.fixture(scope="session")
def published_tables() -> Any:
    document = read((RESOURCES / "catalogue" / "demo-9901.yaml").read_bytes()).document
    calendar = load_calendar(RESOURCES / "calendar")
    row = {
        "version": document["version"],
        "rev": 1,
        "document": document,
        "effective_from": document["effective_from"],
    }
    years = [{"year": year, "rev": 1, "table": table_to_json(calendar.table(year))} for year in (2025, 2026)]
    return {"ticket": [], "case": [], "catalogue": [row], "calendar": years}


@pytest.fixture
def bare_kit(manual_clock: Any) -> Iterator[Any]:
    """A counter that never spoke to its server."""
    kit = make_kit(open_memory(manual_clock), manual_clock)
    yield kit
    kit.database.close()


@pytest.fixture
def kit(bare_kit: Any, published_tables: Any) -> Any:
    """A registered counter at window A01 with catalogue and calendar."""
    register(bare_kit)
    bare_kit.replica.replace(published_tables, 0)
    return bare_kit


@pytest.fixture
def file_kit(tmp_path: Path, manual_clock: Any, published_tables: Any) -> Iterator[Any]:
    """The same in an encrypted file."""
    kit = make_kit(open_file(tmp_path / "counter.db", bytes(32), manual_clock), manual_clock)
    register(kit)
    kit.replica.replace(published_tables, 0)
    yield kit
    kit.database.close()


@pytest.fixture
def clerk() -> Any:
    return Clerk("0301", "王某", "D-SJ", frozenset({Role.CLERK}), ("A01", "A02"), ("ITM-01", "ITM-02"), FAR)


@pytest.fixture
def citizen() -> Any:
    return Person(
        name="陈某某",
        number="990101199003070015",
        card_type="resident",
        source=PersonSource.CARD,
        read_at_ms=MONDAY_0900,
        address="示范县东街道1号",
        birth_date="1990-03-07",
        sex="男",
        ethnicity="汉",
        phone="15400000001",
    )


@pytest.fixture
def ready_card(kit: Any, citizen: Person) -> Any:
    """Return a work card on which everything is settled for the item."""

    def make(item_id: str) -> WorkCard:
        with kit.store.read() as view:
            catalogue = view.catalogue()
        card = WorkCard(None, "A012", "A", catalogue.version, catalogue.items_of_business("A"))
        card = card.choose_item(item_id).seat(citizen).accept_answers().mark_rest_ok()
        for field_ in card.form.to_fill():
            card = card.fill(field_.name, "5" if field_.pattern else "某某经营")
        return card.finish_form()

    return make
