"""A month of a hall, pushed by its counters as signed operations; what was signed stands in a witness of its own."""

import os
import random
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from month_counter import HALL, ITEMS, Counter
from month_writer import Writer
from published_hall import DEMO

from app.commands.system_clock import SystemClock
from app.domain.business_day import start_of_day_ms
from app.domain.canonical import canonical_json
from app.domain.operation import Operation, operation_hash
from app.domain.rights import Role
from sync.protocol.messages import OpenSession
from sync.server.service import provision
from sync.server.service.central import CentralService
from sync.server.service.deem_accepted import TimePass
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import Storage, open_storage

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 30)
NOW_MS = start_of_day_ms(LAST) + 18 * 3_600_000
PASSWORD = "one-of-the-hall"
WATCHERS = {"0901": "manager", "0902": "supervisor", "0903": "administrator"}
"""Who looks at ledgers, by the number of the demo's staff."""


class HandClock:
    """Stands where it was set; its chance is seeded."""

    def __init__(self, now_ms: int) -> None:
        self.now = now_ms
        self._chance = random.Random(11)

    def now_ms(self) -> int:
        return self.now

    def monotonic_ms(self) -> int:
        return self.now

    def random_bytes(self, count: int) -> bytes:
        return self._chance.randbytes(count)


@dataclass
class Month:
    """The hall with its month: the service, who may look, and the witness: every signed operation, in SQLite."""

    storage: Storage
    service: CentralService
    clock: HandClock
    witness: sqlite3.Connection
    cases: int
    refused: list[str]
    tokens: dict[str, str]

    def caller(self, who: str) -> Any:
        return self.service.authenticate(self.tokens[who])


def working_days(every: int) -> list[date]:
    """Return every so-manieth working day of the month, the last one among them."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    return [each for each in days if each.weekday() < 5][::-1][::every][::-1]


@contextmanager
def month_in(folder: Path, cases: int = int(os.environ.get("LEDGER_CASES", "60"))) -> Iterator[Month]:
    """Make the month in a folder; ``LEDGER_CASES`` says of how many cases, few of them on a few days."""
    storage = open_storage(f"sqlite:///{folder}/server.db", SystemClock())
    yield make_month(storage, folder / "server.db", DEMO, cases, every=1 if cases > 500 else 6)
    storage.close()


def make_month(storage: Storage, database: Path, document: Mapping[str, Any], cases: int, *, every: int = 1) -> Month:
    """Furnish the hall and let its counters push a month of ``cases``, on every so-manieth working day in order."""
    clock = HandClock(start_of_day_ms(FIRST))
    service = CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes))
    provision.add_hall(storage, clock, HALL, HALL)
    own = [{**each, "delegated": "complete"} for each in document["items"]]  # a month with every kind of end
    provision.publish_document(storage, clock, HALL, {**document, "items": own})
    for each in provision.profiles_of(document):
        provision.add_clerk(storage, each, HALL, PASSWORD if each.clerk in WATCHERS else None)
    counters = []
    for window in ITEMS:
        provision.add_device(storage, HALL, window, Role.COUNTER, token=f"token-{window}", window=window)
        server = service.as_caller(service.authenticate(f"token-{window}"))
        counters.append(
            Counter(server, window, Ed25519PrivateKey.from_private_bytes(window.ljust(32).encode())).register()
        )
    writer, silence = Writer(random.Random(7)), TimePass(service.context)
    refused: list[str] = []
    signed: list[Operation] = []
    days = working_days(every)
    for at, day in enumerate(days):
        share = cases * (at + 1) // len(days) - cases * at // len(days)
        for n, counter in enumerate(counters):
            clock.now = start_of_day_ms(day) + 20 * 3_600_000
            writer.day(counter, day, share // len(counters) + (n < share % len(counters)))
            signed += counter.out
            refused += counter.push()
        silence.run(HALL)
    clock.now = NOW_MS
    return Month(storage, service, clock, _witness(signed, database), cases, refused, _tokens(storage, service))


def _tokens(storage: Storage, service: CentralService) -> dict[str, str]:
    provision.add_device(storage, HALL, "manager", Role.FLOOR_MANAGER, token="token-manager")
    desk = service.as_caller(service.authenticate("token-manager"))
    opened = {who: desk.open_session(OpenSession(clerk=each, password=PASSWORD)) for each, who in WATCHERS.items()}
    return {**{who: each.session for who, each in opened.items()}, "device": "token-manager"}


def _witness(signed: list[Operation], database: Path) -> sqlite3.Connection:
    """What the counters signed, as SQL reads it; ``srv`` is the server's own file."""
    witness = sqlite3.connect(":memory:")
    witness.execute("ATTACH ? AS srv", (str(database),))
    witness.execute(
        "CREATE TABLE signed (hash TEXT PRIMARY KEY, kind TEXT, entity_id TEXT, base_rev INT, wall_ms INT,"
        " window TEXT, clerk TEXT, payload TEXT)"
    )
    rows = [
        (
            operation_hash(each),
            each.kind,
            each.entity_id,
            each.base_rev,
            each.wall_ms,
            each.actor.window,
            each.actor.clerk,
            canonical_json(each.payload).decode(),
        )
        for each in signed
    ]
    witness.executemany("INSERT INTO signed VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    witness.commit()
    return witness


def sql(month: Month, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement of the test's own over what was signed and over the server's file."""
    return month.witness.execute(statement).fetchall()
