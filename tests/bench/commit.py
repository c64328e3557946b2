"""What an acceptance costs beyond the disk: it and a bare SQLite commit of as many bytes, by turns in one run."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from archive import CLOCK, opened
from figures import Figure, median

from app.domain.clerk import Clerk
from app.domain.person import Person, PersonSource
from app.domain.rights import Role
from app.domain.ticket import Ticket, TicketState
from app.domain.work.card import WorkCard
from app.ports.clock import new_id
from app.storage.engine import Database
from app.storage.slip_files import load_templates
from app.storage.store import CounterStore
from app.usecases.accept_case import accept_case
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day

ROUNDS = 120
SAMPLES = 9
ITEM = "ITM-02"
PAGE, FRAME = 4096, 4096 + 24
CLERK = Clerk("0302", "某某", "D-SJ", frozenset({Role.CLERK}), ("A03",), ("*",), 1 << 50)


class Queue:
    """A queue authority next door: a new ticket for every key."""

    def call_next(self, window: str, key: str) -> Ticket:
        """See ``QueueAuthority``."""
        return Ticket(
            ticket_id=key,
            hall="9901",
            number="A999",
            business="A",
            state=TicketState.CALLED,
            rev=1,
            issued_ms=CLOCK.now_ms(),
            business_date="2026-01-01",
            window=window,
        )


class Accepting:
    """The use case on the encrypted store, one citizen after the other."""

    def __init__(self, store: CounterStore) -> None:
        self._store = store
        self._templates = load_templates()
        open_day(store, CLOCK, CLERK)

    def once(self, before: Callable[[], None] | None = None) -> float:
        """Serve a citizen; return the milliseconds of ``accept_case`` alone."""
        self._end_last()
        call_next(self._store, CLOCK, Queue(), CLERK)
        arrive(self._store, CLOCK, CLERK)
        card = self._card()
        if before is not None:
            before()
        return timed(lambda: accept_case(self._store, CLOCK, self._templates, card, CLERK))

    def _end_last(self) -> None:
        with self._store.read() as view:
            visit = view.open_visit()
        if visit is not None:
            finish_visit(self._store, CLOCK, CLERK)

    def _card(self) -> WorkCard:
        with self._store.read() as view:
            catalogue = view.catalogue()
        assert catalogue is not None
        citizen = Person(
            name="陈某某",
            number="990101199003070015",
            card_type="resident",
            source=PersonSource.CARD,
            read_at_ms=CLOCK.now_ms(),
            address="示范县东街道1号",
            birth_date="1990-03-07",
            sex="男",
            ethnicity="汉",
            phone="15400000001",
        )
        card = WorkCard(new_id(CLOCK), "A999", "A", catalogue.version, catalogue.items_of_business("A"))
        card = card.choose_item(ITEM).seat(citizen).accept_answers().mark_rest_ok()
        assert card.form is not None
        for field in card.form.to_fill():
            card = card.fill(field.name, "5" if field.pattern else "某某经营")
        return card.finish_form()


class Bare:
    """SQLite without key, rows or rules: WAL, FULL, one insert a commit."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for statement in ("journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {statement}")
        self._connection.execute("CREATE TABLE row (content BLOB NOT NULL)")
        self.size = 0

    def once(self) -> float:
        """Return the milliseconds of one commit of ``size`` bytes."""
        content = os.urandom(self.size)

        def commit() -> None:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("INSERT INTO row VALUES (?)", (content,))
            self._connection.execute("COMMIT")

        return timed(commit)

    def truncate(self) -> None:
        """Begin a new log."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close it."""
        self._connection.close()


def measure(counter_data: Path) -> list[Figure]:
    """Return the gate's figures; the store in ``counter_data`` is written to."""
    path, bare_path = counter_data / "counter.db", counter_data / "bare.db"
    bare = Bare(bare_path)
    with opened(counter_data) as (store, database):
        accepting = Accepting(store)
        accept_bytes = _accept_log(accepting, database, path)
        bare_bytes = _match(bare, bare_path, accept_bytes)
        pairs = [(accepting.once(), bare.once()) for _ in range(ROUNDS)]
    bare.close()
    accept, commit = median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])
    how = f"medians of {ROUNDS}, by turns; {accept_bytes} and {bare_bytes} bytes of log"
    return [
        Figure("accept_case on the encrypted store", accept, "ms", 1.5 * commit + 5, how),
        Figure("bare commit of as many bytes", commit, "ms"),
        Figure("accept / bare", accept / commit, "×", None, "gate above: 1.5 × bare + 5 ms"),
    ]


def _accept_log(accepting: Accepting, database: Database, path: Path) -> int:
    """Return by how many bytes one acceptance, without its calling and finishing, lengthens the log."""

    def truncate() -> None:
        with database.read() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    grown: list[float] = []
    for _ in range(SAMPLES):
        accepting.once(before=truncate)
        grown.append(_log_bytes(path))
    return int(median(grown))


def _match(bare: Bare, path: Path, wanted: int) -> int:
    """Let a bare commit write the same number of pages; return its bytes of log."""
    bare.size = wanted // FRAME * PAGE
    while True:
        bare.truncate()
        bare.once()
        grown = _log_bytes(path)
        if grown <= wanted:
            return grown
        bare.size -= PAGE


def _log_bytes(path: Path) -> int:
    return path.with_name(path.name + "-wal").stat().st_size


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds of a call."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
