"""A counter on its real store, with the demo catalogue and a clock that stands still until it is moved."""

import gc
import random
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

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
from app.storage.engine import Database, memory_connection
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
REGIONS = Path(__file__).parents[1] / "docs" / "drawings" / "regions.toml"
Edges = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels; in a drawing -1 where what a region holds decides."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the tests of devices speak to in place of a simulator (tests/integration/devices)."""
    parser.addoption("--device", action="append", default=[], metavar="KIND:ADDRESS", help="hardware to test on")


def pytest_collection_finish() -> None:
    """What the imports made stays to the end of the process: no garbage collection walks over it again."""
    gc.collect()
    gc.freeze()


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


class Drawings:
    """Where the regions of every drawn screen stand in its drawing."""

    tolerance = 4

    def __init__(self) -> None:
        self._tables = tomllib.loads(REGIONS.read_text("utf-8"))

    def regions(self, *names: str) -> dict[str, Edges]:
        """Return the regions of these tables, one laid over the other."""
        return {region: tuple(edges) for name in names for region, edges in self._tables[name].items()}

    def astray(self, drawn: dict[str, Edges], find: Callable[[str], Edges | None]) -> list[str]:
        """Return the regions that do not stand where they are drawn; ``find`` says where ours stand."""
        wrong = []
        for region, edges in drawn.items():
            found = find(region)
            if found is None:
                wrong.append(f"{region} is not there")
            elif any(edge >= 0 and abs(one - edge) > self.tolerance for one, edge in zip(found, edges, strict=True)):
                wrong.append(f"{region} {found} drawn {edges}")
        return wrong


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


class Memory:
    """A database in memory whose whole contents are taken out and put back; its engine keeps what it compiled."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def contents(self) -> Any:
        """Return a copy of all it holds."""
        copy = memory_connection()
        self._connection().backup(copy)
        return copy

    def hold(self, contents: Any) -> None:
        """Hold exactly this."""
        contents.backup(self._connection())

    def _connection(self) -> Any:
        return self._engine.raw_connection().driver_connection


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


@pytest.fixture(scope="session")
def memory_of() -> Any:
    return Memory


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    """The database in memory of every kit: its tables are made once, and what a test finds in it is a copy."""
    database = open_memory(ManualClock(chance=random.Random(1)))
    yield database
    database.close()


@pytest.fixture(scope="session")
def new_store(database: Database) -> Any:
    """What a counter holds that never spoke to its server."""
    return Memory(database.engine).contents()


@pytest.fixture(scope="session")
def published_store(database: Database, new_store: Any, published_tables: Any) -> Any:
    """What a registered counter at window A01 holds, with catalogue and calendar."""
    memory = Memory(database.engine)
    memory.hold(new_store)
    kit = make_kit(database, ManualClock())
    register(kit)
    kit.replica.replace(published_tables, 0)
    return memory.contents()


@pytest.fixture
def bare_kit(database: Database, new_store: Any, manual_clock: Any) -> Any:
    """A counter that never spoke to its server."""
    Memory(database.engine).hold(new_store)
    return make_kit(database, manual_clock)


@pytest.fixture
def kit(bare_kit: Any, published_store: Any) -> Any:
    """A registered counter at window A01 with catalogue and calendar."""
    Memory(bare_kit.database.engine).hold(published_store)
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL of this run, started when the first test asks for it."""
    sys.path.append(str(Path(__file__).parent))
    from postgres_here import PostgresHere  # noqa: PLC0415 - only some suites need it; test folders are no packages

    running = PostgresHere()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def drawings() -> Drawings:
    return Drawings()
