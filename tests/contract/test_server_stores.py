"""The server's storage does the same over the simulation's quick engine, a file of SQLite, and PostgreSQL."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hall_in_a_box.disk import Cut, Disk, PowerCut
from hall_in_a_box.ground import SERVER_KEY
from hall_in_a_box.postgres_disk import PostgresDisk
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import MONDAY_0900, PartyClock, Timeline
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.domain.operation import GENESIS, Actor, Operation, spelled
from app.domain.reserved_block import reserved
from app.domain.rights import Role
from app.domain.ticket import Ticket, TicketState
from sync.protocol.messages import OperationResult
from sync.server.service.next_ticket import called
from sync.server.storage import (
    blocks,
    cases,
    devices,
    feed,
    halls,
    idempotency,
    operations,
    queue_ledger,
    restored,
    schema,
    tickets,
    waiting_operations,
)
from sync.server.storage import disk as server_disk
from sync.server.storage.blocks import Marks
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.devices import ChainKey, Device
from sync.server.storage.engine import Storage
from sync.server.storage.feed import Change
from sync.server.storage.idempotency import Answer, AnswerKey
from sync.server.storage.operations import Received
from sync.server.storage.queue_ledger import Entry
from sync.server.storage.restored import Restored
from sync.server.storage.savepoint import Unfit, savepoint
from sync.server.storage.tables import metadata
from sync.server.storage.tickets import Overtaken

HALL, OTHER, DAY, WINDOW = "9901", "9902", "2026-11-23", "A01"
SAME_PLACE = {"a": "A005", "号": "A007", "B": "A006"}
"""Ids and numbers of tickets that were issued in one millisecond."""
CIPHER = AesGcmCipher(SERVER_KEY, PartyClock(Timeline(0), 0).random_bytes)


@pytest.fixture(scope="module")
def on_postgres(request: pytest.FixtureRequest) -> PostgresDisk:
    here = request.getfixturevalue("postgres")
    return PostgresDisk(here.create("server_stores"), Stores(quick=False).storage(empty_disk()).engine)


@pytest.fixture(params=["quick", "plain", "file", "postgresql"])
def disk(request: Any, tmp_path: Path) -> Iterator[Any]:
    """The server's disk with empty tables; ``stores`` opens it."""
    stores = Stores(quick=request.param == "quick", folder=tmp_path if request.param == "file" else None)
    found: Any = None
    if request.param == "postgresql":
        found = request.getfixturevalue("on_postgres")
        with found._looking.connect() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
    else:
        found = stores.server_disk(empty_disk())
    found.stores = stores
    yield found
    found.__dict__.pop("cut", None)
    found.close()


def empty_disk() -> Disk:
    empty = Disk(":memory:", isolation_level=None, check_same_thread=False)
    schema.create(Stores(quick=False).storage(empty).engine)
    return empty


@pytest.fixture
def storage(disk: Any) -> Storage:
    opened: Storage = disk.stores.storage(disk)

    def furnish(connection: Any) -> None:
        halls.set_incarnation(connection, "first life")
        for code in (OTHER, HALL):
            halls.add(connection, code, code)
            devices.put(connection, Device(code, WINDOW, Role.COUNTER.value, WINDOW), f"token of {code}")

    opened.write(furnish)
    return opened


def ticket(number: str, **given: Any) -> Ticket:
    minutes = int(number[1:]) * 60_000
    fresh = Ticket(f"id of {number}", HALL, number, "A", TicketState.WAITING, 1, MONDAY_0900 + minutes, None)
    return replace(fresh, **{"business_date": DAY, **given})


def add(storage: Storage, *new: Ticket) -> None:
    def work(connection: Any) -> None:
        for each in new:
            tickets.add(connection, each)

    storage.write(work)


def numbers(found: Any) -> list[str]:
    return [each.number for each in found]


def test_the_line_is_ordered_by_place_then_by_the_bytes_of_the_id(storage: Storage) -> None:
    same = [replace(ticket("A005"), ticket_id=of, number=number) for of, number in SAME_PLACE.items()]
    add(storage, *same, ticket("A003"), ticket("A001"), ticket("A009", line_ms=MONDAY_0900 + 90_000))
    add(storage, ticket("A002", priority="elderly", line_ms=None))
    found = storage.read(lambda connection: tickets.line(connection, HALL, ["A"], 0))
    assert numbers(found) == ["A001", "A009", "A002", "A003", "A006", "A005", "A007"]
    assert [each.priority for each in found] == [None, None, "elderly", None, None, None, None]
    late = storage.read(lambda connection: tickets.line(connection, HALL, ["A"], MONDAY_0900 + 270_000))
    assert numbers(late) == ["A009", "A006", "A005", "A007"]
    assert storage.read(lambda connection: tickets.line(connection, HALL, [], 0)) == []
    assert storage.read(lambda connection: tickets.line(connection, OTHER, ["A"], 0)) == []


def test_a_number_is_given_once_a_day_and_a_series_counts_alone(storage: Storage) -> None:
    def taken(*series: str) -> list[int]:
        ask = [partial(tickets.next_in_series, hall=HALL, business_date=DAY, business=each) for each in series]
        return [storage.write(each) for each in ask]

    assert taken("A", "A", "B", "A") == [1, 2, 1, 3]
    add(storage, ticket("A001"))
    with pytest.raises(IntegrityError):
        add(storage, ticket("A002"), ticket("A001", ticket_id="another"))
    assert storage.read(lambda connection: tickets.by_number(connection, HALL, DAY, "A002")) is None
    again = ticket("A001", ticket_id="another"), ticket("A003")
    assert [storage.write(partial(tickets.add_new, new=new)) for new in again] == [False, True]


def test_who_moves_a_ticket_that_moved_is_overtaken(storage: Storage) -> None:
    first, second = ticket("A001"), ticket("A002")
    add(storage, first, second)
    now = called(first, WINDOW, MONDAY_0900)
    storage.write(lambda connection: tickets.move(connection, first, now))
    assert storage.read(lambda connection: tickets.get(connection, HALL, first.ticket_id)) == now

    def late(connection: Any) -> None:
        tickets.move(connection, second, called(second, "A02", MONDAY_0900))
        tickets.move(connection, first, called(first, "A02", MONDAY_0900))

    with pytest.raises(Overtaken):
        storage.write(late)
    assert storage.read(lambda connection: tickets.get(connection, HALL, second.ticket_id)) == second
    assert storage.read(lambda connection: tickets.held_by(connection, HALL, WINDOW, 0)) == [now]
    third, moves = ticket("A003"), [(second, called(second, WINDOW, MONDAY_0900 + 1)), (now, replace(now, rev=3))]
    add(storage, third)
    with pytest.raises(Overtaken):
        storage.write(lambda connection: tickets.move_all(connection, [*moves, (replace(third, rev=7), third)]))
    storage.write(lambda connection: tickets.move_all(connection, moves))
    held = storage.read(lambda connection: tickets.held_by(connection, HALL, WINDOW, 0))
    assert held == [after for _, after in reversed(moves)]


def test_what_counts_comes_by_its_ids(storage: Storage) -> None:
    held, old, fresh = (
        ticket("A001", ticket_id="b", business_date="2020-01-01", state=TicketState.HELD),
        ticket("A002", ticket_id="c", business_date="2020-01-01", state=TicketState.DONE),
        ticket("A003", ticket_id="B"),
    )
    add(storage, held, old, fresh)
    rows = storage.read(lambda connection: list(tickets.standing(connection, HALL, DAY)))
    assert rows == [{**asdict(each), "state": each.state.value} for each in (fresh, held)]
    assert storage.read(lambda connection: list(cases.standing(connection, HALL, DAY))) == []


def test_a_block_is_in_the_order_of_its_epochs_and_locks_in_the_order_of_ids(storage: Storage) -> None:
    mine = [ticket(f"A00{n}", ticket_id=name) for n, name in ((1, "z"), (2, "a"), (3, "M"))]
    add(storage, *mine)

    def reserve(connection: Any) -> Marks:
        marks = blocks.lock(connection, HALL, WINDOW)
        for epoch, each in zip((3, 1, 2), mine, strict=True):
            tickets.move(connection, each, reserved(each, WINDOW, epoch))
        blocks.put(connection, HALL, WINDOW, Marks(3, 1))
        return marks

    assert storage.write(reserve) == Marks()
    block = storage.read(lambda connection: tickets.block(connection, HALL, WINDOW, 0))
    assert [(each.number, each.epoch) for each in block] == [("A002", 1), ("A003", 2), ("A001", 3)]
    locked = storage.write(lambda connection: tickets.lock(connection, HALL, {"z", "a", "nobody", "M"}))
    assert list(locked) == ["M", "a", "z"]
    assert storage.read(lambda connection: blocks.every(connection, HALL)) == {WINDOW: Marks(3, 1)}
    assert storage.read(lambda connection: blocks.marks(connection, OTHER, WINDOW)) == Marks()


def test_the_feed_of_each_hall_counts_without_a_gap(storage: Storage) -> None:
    def change(name: str, rev: int) -> Change:
        return Change("ticket", name, rev, {"号": [rev, None, True], "name": name})

    def fails(connection: Any) -> None:
        feed.append(connection, HALL, [change("lost", 1)])
        raise LookupError

    storage.write(lambda connection: feed.append(connection, HALL, [change("b", 1), change("a", 1)]))
    storage.write(lambda connection: feed.append(connection, OTHER, [change("x", 1)]))
    with pytest.raises(LookupError):
        storage.write(fails)
    storage.write(lambda connection: feed.append(connection, HALL, []))
    storage.write(lambda connection: feed.append(connection, HALL, [change("b", 2)]))
    page = storage.read(lambda connection: feed.page(connection, HALL, 0, 9))
    assert [(each.seq, each.entity_id, each.rev) for each in page] == [(1, "b", 1), (2, "a", 1), (3, "b", 2)]
    assert page[2].data == {"号": [2, None, True], "name": "b"}
    assert storage.read(lambda connection: feed.page(connection, HALL, 1, 1)) == page[1:2]
    assert storage.read(lambda connection: halls.heads(connection, [HALL, OTHER, "none"])) == {HALL: 3, OTHER: 1}
    storage.write(lambda connection: feed.trim(connection, HALL, 2))
    storage.write(lambda connection: feed.trim(connection, HALL, 1))
    kept = storage.read(lambda connection: halls.get(connection, HALL))
    assert kept is not None
    assert (kept.head, kept.floor) == (3, 2)
    assert storage.read(lambda connection: feed.page(connection, HALL, 0, 9)) == page[2:]


def operation(seq: int, **given: Any) -> Received:
    actor = Actor("0301", None, "", "", WINDOW)
    plain: dict[str, Any] = {
        "schema": 1,
        "op_id": f"op {seq}",
        "device": WINDOW,
        "incarnation": "one",
        "seq": seq,
        "hall": HALL,
        "kind": "notice.extended",
        "kind_version": 2,
        "entity": "ticket",
        "entity_id": "t",
        "base_rev": None,
        "wall_ms": 5,
        "mono_ms": 5,
        "payload": {"号": 1},
        "payload_hash": "0" * 64,
        "prev_hash": GENESIS,
    }
    kept = Operation(**{**plain, "actor": actor, "signature": "", "extra": {}, **given})
    return Received(kept, f"hash {seq}", spelled(kept).wire)


def test_an_operation_is_kept_once_and_a_chain_in_its_order(storage: Storage) -> None:
    key = ChainKey(HALL, WINDOW, "one")
    states = ("applied", "conflict", "postponed")
    results = [OperationResult(seq=n, status=s, reason=None if n == 1 else "why") for n, s in enumerate(states, 1)]

    def keep(*which: int) -> Callable[[Any], None]:
        def work(connection: Any) -> None:
            chosen = [operation(n) for n in which]
            operations.add(connection, chosen, [results[n - 1] for n in which], CIPHER, 7)

        return work

    def begin(connection: Any) -> str:
        return devices.register(connection, key, "a key", 1).counter

    assert [storage.write(begin), storage.read(lambda connection: devices.chain(connection, key))] == [
        "0001",
        devices.Chain("0001", "a key", 0, GENESIS, quarantined=False),
    ]
    storage.write(keep(3, 1))
    with pytest.raises(IntegrityError):
        storage.write(keep(2, 1))
    storage.write(keep(2))
    held = storage.read(lambda connection: operations.kept(connection, key, 1, 9))
    assert [(each.seq, each.status, each.reason) for each in held] == [
        (1, "applied", None),
        (2, "conflict", "why"),
        (3, "postponed", "why"),
    ]
    assert storage.read(lambda connection: operations.kept(connection, key, 2, 2)) == held[1:2]
    like = operation(9).operation
    assert storage.read(lambda connection: operations.allowances(connection, HALL, like)) == 1
    [waits] = storage.read(lambda connection: waiting_operations.of_status(connection, HALL, "postponed"))
    assert (waits.seq, waits.counter, type(waits.sealed)) == (3, "0001", bytes)
    storage.write(lambda connection: waiting_operations.settle(connection, waits, "applied", None))
    assert storage.read(lambda connection: operations.allowances(connection, HALL, like)) == 2
    storage.write(lambda connection: devices.quarantine(connection, key))
    chain = storage.read(lambda connection: devices.chain(connection, key))
    assert chain is not None
    assert chain.quarantined is True
    with pytest.raises(IntegrityError):
        storage.write(begin)
    assert storage.write(lambda c: devices.register(c, replace(key, incarnation="two"), "k", 1)).counter == "0002"


def test_an_answer_is_kept_once_under_its_key(storage: Storage) -> None:
    key, given = AnswerKey(HALL, WINDOW, "one"), Answer("asked", b"\x00sealed")
    assert storage.read(lambda connection: idempotency.get(connection, key)) is None
    storage.write(lambda connection: idempotency.add(connection, key, given, 5))
    with pytest.raises(IntegrityError):
        storage.write(lambda connection: idempotency.add(connection, key, replace(given, sealed=b"other"), 6))
    assert storage.read(lambda connection: idempotency.get(connection, key)) == given
    assert storage.read(lambda connection: idempotency.get(connection, replace(key, caller="A02"))) is None
    storage.write(lambda connection: idempotency.forget(connection, 6))
    assert storage.read(lambda connection: idempotency.get(connection, key)) is None


def test_a_savepoint_takes_back_its_part_and_says_what_does_not_fit(storage: Storage) -> None:
    def entry(name: str, at_ms: int = 1) -> Entry:
        return Entry(name, at_ms, "t", "chosen", "0301", "urgent")

    def takes_back(connection: Any) -> None:
        with savepoint(connection):
            queue_ledger.add(connection, HALL, entry("taken back"))
            raise LookupError

    def work(connection: Any) -> None:
        queue_ledger.add(connection, HALL, entry("b"))
        with pytest.raises(LookupError):
            takes_back(connection)
        with pytest.raises(Unfit), savepoint(connection):
            queue_ledger.add(connection, HALL, entry("too large", 1 << 64))
        with savepoint(connection):
            queue_ledger.add(connection, HALL, entry("a"))

    storage.write(work)
    assert [each.entry_id for each in storage.read(lambda connection: queue_ledger.every(connection, HALL))] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(("cut", "left"), [(Cut.BEFORE, []), (Cut.AFTER, ["A001"])])
def test_at_a_power_cut_the_commit_counts(disk: Any, storage: Storage, cut: Cut, left: list[str]) -> None:
    disk.cut = lambda: cut
    with pytest.raises(PowerCut):
        add(storage, ticket("A001"))
    del disk.cut
    disk.close()
    again = disk.stores.storage(disk)
    assert numbers(again.read(lambda connection: tickets.line(connection, HALL, ["A"], 0))) == left


def test_what_is_read_is_not_written(storage: Storage) -> None:
    storage.read(lambda connection: tickets.add(connection, ticket("A001")))
    assert storage.read(lambda connection: tickets.line(connection, HALL, ["A"], 0)) == []


def test_a_full_disk_says_so_and_keeps_nothing(disk: Any, storage: Storage) -> None:
    disk.fill(None)
    with pytest.raises(DBAPIError) as raised:
        add(storage, ticket("A001"))
    assert server_disk.says_full(raised.value)
    disk.make_room()
    add(storage, ticket("A002"))
    assert numbers(storage.read(lambda connection: tickets.line(connection, HALL, ["A"], 0))) == ["A002"]


def test_a_full_disk_says_so_within_a_savepoint_too(disk: Any, storage: Storage) -> None:
    """How much room there is for a statement is only said to SQLite; PostgreSQL refuses the commit."""

    def work(connection: Any) -> None:
        with savepoint(connection):
            for n in range(400):
                tickets.add(connection, ticket(f"A{n:03d}", note="补" * 20))

    disk.fill(0)
    with pytest.raises(DBAPIError) as raised:
        storage.write(work)
    assert server_disk.says_full(raised.value)
    disk.make_room()
    storage.write(work)
    assert len(storage.read(lambda connection: tickets.line(connection, HALL, ["A"], 0))) == 400


def test_a_restored_hall_begins_anew_behind_everything(storage: Storage) -> None:
    def renew(connection: Any) -> None:
        restored.rename(connection, "second life")
        restored.begin(connection, HALL, Restored(9, 5, calls_held=True))
        restored.skip_to(connection, HALL, DAY, "A", 300)
        restored.skip_to(connection, HALL, DAY, "A", 200)
        restored.new_feed(connection, HALL, 50, skipped=10)

    storage.write(lambda connection: devices.register(connection, ChainKey(HALL, WINDOW, "one"), "k", 1))
    storage.write(lambda connection: feed.append(connection, HALL, [Change("ticket", "t", 1, {})]))
    storage.write(renew)
    assert storage.read(halls.incarnation) == "second life"
    assert storage.read(lambda connection: restored.restored(connection, HALL)) == Restored(9, 5, calls_held=True)
    assert storage.read(lambda connection: restored.awaited(connection, HALL)) == [WINDOW]
    assert storage.read(lambda connection: restored.lost(connection, HALL, DAY, "A")) == (0, 300)
    assert storage.write(lambda connection: tickets.next_in_series(connection, HALL, DAY, "A")) == 301
    assert storage.read(lambda connection: halls.heads(connection, [HALL, OTHER])) == {HALL: 50, OTHER: 0}
    storage.write(lambda connection: restored.new_feed(connection, HALL, 3, skipped=10))
    assert storage.read(lambda connection: halls.heads(connection, [HALL])) == {HALL: 51}, "never back"
    new = storage.write(lambda connection: devices.register(connection, ChainKey(HALL, WINDOW, "two"), "k", 1))
    assert new.counter == "0022"
    assert [storage.write(lambda c: restored.came(c, HALL, of_device=WINDOW)) for _ in range(2)] == [1, 0]


def test_the_disk_is_set_back_whole(disk: Any, storage: Storage) -> None:
    add(storage, ticket("A001"))
    copy = disk.stores.keep_server(disk)
    add(storage, ticket("A002"))
    disk.close()
    disk.stores.set_server_back(disk, copy)
    again = disk.stores.storage(disk)
    add(again, ticket("A003"))
    assert numbers(again.read(lambda connection: tickets.line(connection, HALL, ["A"], 0))) == ["A001", "A003"]
