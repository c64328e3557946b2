"""A hall in memory, its counters with their keys, and a clock that is turned by hand."""

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.commands.system_clock import SystemClock
from app.domain.business_day import start_of_day_ms
from app.domain.operation import GENESIS, SCHEMA, Actor, Operation, operation_hash, payload_hash, to_wire
from app.domain.rights import Role
from app.domain.serials import CaseNumber
from app.ports.clock import new_id
from sync.protocol.interface import CentralServer
from sync.protocol.messages import IssueTicket, Push, PushResult, RegisterCounter, TicketCalled
from sync.server.service import provision
from sync.server.service.central import CentralService
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.clerks import Profile
from sync.server.storage.engine import Storage, memory_storage, open_storage

# What these tests share stands beside this file, and test folders are no packages.
sys.path.append(str(Path(__file__).parent))

HALL = "9901"
NINE = start_of_day_ms(date(2026, 11, 23)) + 9 * 3_600_000
DOCUMENT: dict[str, Any] = {
    "windows": [{"numbers": ["A01", "A02", "A03"]}, {"numbers": ["B01"]}, {"numbers": ["D01"]}],
    "businesses": [
        {"code": "A", "name": "市场准入", "windows": ["A01", "A02", "A03"]},
        {"code": "B", "name": "社会事务", "windows": ["B01"]},
    ],
    "priorities": [{"code": "elderly", "name": "老年人"}],
}


def pytest_configure(config: pytest.Config) -> None:
    """The routes are declared as the framework's next version no longer wants."""
    for kind in ("ignore:Deprecated:DeprecationWarning", "ignore::litestar.exceptions.LitestarDeprecationWarning"):
        config.addinivalue_line("filterwarnings", kind)


class HandClock:
    """Stands still until it is turned; its randomness is seeded."""

    def __init__(self, now_ms: int, seed: int = 1) -> None:
        self.now = now_ms
        self._random = random.Random(seed)

    def now_ms(self) -> int:
        return self.now

    def monotonic_ms(self) -> int:
        return self.now

    def random_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


@dataclass
class Counter:
    """One counter: its key, its chain, and its end of the wire."""

    server: CentralServer
    clock: HandClock
    window: str
    clerk: str = "0301"
    incarnation: str = "store-1"
    device: str = ""
    number: str = ""
    seq: int = 0
    head: str = GENESIS
    key: Ed25519PrivateKey = field(default_factory=lambda: Ed25519PrivateKey.from_private_bytes(b"k" * 32))

    def register(self) -> "Counter":
        public = self.key.public_key().public_bytes_raw().hex()
        answer = self.server.register(RegisterCounter(incarnation=self.incarnation, public_key=public))
        self.device, self.number = answer.device, answer.counter
        return self

    def operation(
        self, kind: str, entity: str, entity_id: str, payload: Mapping[str, Any], **changes: Any
    ) -> Operation:
        """Make the next operation of the chain."""
        self.seq += 1
        unsigned = Operation(
            schema=SCHEMA,
            op_id=new_id(self.clock),
            device=self.device,
            incarnation=self.incarnation,
            seq=self.seq,
            hall=HALL,
            kind=kind,
            kind_version=1,
            entity=entity,
            entity_id=entity_id,
            base_rev=None,
            actor=Actor(clerk=self.clerk, acting_for=None, post="clerk", department="D-SJ", window=self.window),
            wall_ms=self.clock.now_ms(),
            mono_ms=0,
            payload=payload,
            payload_hash=payload_hash(payload),
            prev_hash=self.head,
            signature="",
        )
        signed = self.sign(replace(unsigned, **changes))
        self.head = operation_hash(signed)
        return signed

    def sign(self, operation: Operation) -> Operation:
        bare = replace(operation, signature="")
        return replace(operation, signature=self.key.sign(operation_hash(bare).encode()).hex())

    def push(self, *operations: Operation, first_seq: int | None = None) -> PushResult:
        return self.server.push(
            Push(
                device=self.device,
                incarnation=self.incarnation,
                first_seq=operations[0].seq if first_seq is None else first_seq,
                ops=[to_wire(each) for each in operations],
            )
        )

    def ticket_op(self, kind: str, ticket: TicketCalled, **more: Any) -> Operation:
        return self.operation(kind, "ticket", ticket.id, {"number": ticket.number, "window": self.window, **more})

    def presented(self, number: str, ticket_id: str | None = None) -> Operation:
        payload = {"number": number, "window": self.window, "ticket_id": ticket_id}
        return self.operation("ticket.presented", "ticket", ticket_id or number, payload)

    def case_payload(self, case_id: str = "case-1", sequence: int = 1, **changes: Any) -> dict[str, Any]:
        number = CaseNumber("9901", self.number, date(2026, 11, 23), sequence)
        return {
            "case_id": case_id,
            "case_no": str(number),
            "hall": HALL,
            "window": self.window,
            "counter": self.number,
            "business_date": "2026-11-23",
            "item_id": "ITM-02",
            "item_name": "食品经营许可",
            "catalogue_version": 1,
            "department": "D-SJ",
            "state": "accepted",
            "rev": 1,
            "applicant": {"name": "张三", "number": "990101199001010018"},
            "agent": None,
            "answers": {},
            "verdicts": {},
            "form": {},
            "clerk": self.clerk,
            "first_clerk": self.clerk,
            "accepted_ms": self.clock.now_ms(),
            "accepted_on": "2026-11-23",
            "promised_due": "2026-12-07",
            "statutory_due": "2026-12-21",
            "provisional": False,
            "doc_no": "示食许受〔2026〕0001-0001号",
            "query_code": "123456",
            "rating_token": "r" * 22,
            "visit_id": None,
            **changes,
        }

    def accepted(self, **changes: Any) -> Operation:
        payload = self.case_payload(**changes)
        return self.operation("case.accepted", "case", payload["case_id"], payload)


@dataclass
class MemoryHall:
    """A whole hall without HTTP."""

    clock: HandClock
    storage: Storage
    service: CentralService
    changed: list[str]

    def server(self, device: str) -> CentralServer:
        return self.service.as_caller(self.service.authenticate(f"token-{device}"))

    def counter(self, window: str, **more: Any) -> Counter:
        return Counter(self.server(window), self.clock, window, **more).register()

    def issue(self, business: str = "A", priority: str | None = None) -> str:
        self.clock.now += 1000
        request = IssueTicket(business=business, priority=priority)
        giver = self.server("kiosk" if priority is None else "manager")
        return giver.issue_ticket(HALL, request, f"issue-{self.clock.now}").number

    def call(self, window: str, key: str | None = None) -> TicketCalled | None:
        self.clock.now += 1000
        return self.server(window).call_next(HALL, window, key or f"call-{self.clock.now}")


def opened_hall(storage: Storage) -> MemoryHall:
    """Serve what the storage holds, from nine o'clock."""
    clock = HandClock(NINE)
    changed: list[str] = []
    service = CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes), changed.append)
    return MemoryHall(clock, storage, service, changed)


def furnish(storage: Storage) -> None:
    """Write what the hall has before anything happens in it."""
    clock = HandClock(NINE, seed=2)
    provision.add_hall(storage, clock, HALL, "9901")
    for window in ("A01", "A02", "A03", "B01", "D01"):
        provision.add_device(storage, HALL, window, Role.COUNTER, token=f"token-{window}", window=window)
    provision.add_device(storage, HALL, "kiosk", Role.KIOSK, token="token-kiosk")
    provision.add_device(storage, HALL, "manager", Role.FLOOR_MANAGER, token="token-manager")
    for number, role in (("0301", "clerk"), ("0401", "reviewer")):
        profile = Profile(number, "王某", "D-SJ", (role,), ("A01", "A02"), ("ITM-01", "ITM-02"))
        provision.add_clerk(storage, profile, HALL, password=None)
    provision.publish_document(storage, clock, HALL, DOCUMENT)


@pytest.fixture
def make_hall() -> Callable[[Storage], MemoryHall]:
    def make(storage: Storage) -> MemoryHall:
        furnish(storage)
        return opened_hall(storage)

    return make


@pytest.fixture(scope="session")
def hall_on() -> Callable[[Storage], MemoryHall]:
    """Serve a storage that is furnished already, as another process would."""
    return opened_hall


@dataclass
class Prepared:
    """The storage in memory of all tests, and what they find in it: nothing, or the furnished hall."""

    storage: Storage
    memory: Any
    empty: Any
    furnished: Any

    def hold(self, *, furnished: bool) -> None:
        """Let the next test find it so."""
        self.memory.hold(self.furnished if furnished else self.empty)


@pytest.fixture(scope="session")
def prepared(memory_of: Any) -> Iterator[Prepared]:
    """Make the tables and the hall once; every test gets a copy."""
    storage = memory_storage()
    memory = memory_of(storage.engine)
    empty = memory.contents()
    furnish(storage)
    yield Prepared(storage, memory, empty, memory.contents())
    storage.close()


@pytest.fixture(scope="session")
def prepared_postgres(postgres: Any) -> Iterator[Any]:
    """The same for the tests' other half."""
    from prepared_postgres import PreparedPostgres  # noqa: PLC0415 - beside what starts it: test folders are no packages

    prepared = PreparedPostgres(postgres.create("unit"), furnish)
    yield prepared
    prepared.storage.close()


@pytest.fixture(params=["prepared", "prepared_postgres"], ids=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Any:
    """Every test that keeps something runs on both databases."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def storage(store: Any) -> Storage:
    """Return an empty store."""
    store.hold(furnished=False)
    kept: Storage = store.storage
    return kept


@pytest.fixture(params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """Yield an empty store with a connection for every thread: a file, or PostgreSQL."""
    if request.param == "postgresql":
        prepared = request.getfixturevalue("prepared_postgres")
        prepared.hold(furnished=False)
        yield prepared.storage
        return
    storage = open_storage(f"sqlite:///{tmp_path}/server.db", SystemClock())
    yield storage
    storage.close()


@pytest.fixture
def hall(store: Any) -> MemoryHall:
    """Return the furnished hall at nine o'clock."""
    store.hold(furnished=True)
    return opened_hall(store.storage)
