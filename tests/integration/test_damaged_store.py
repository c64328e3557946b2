"""Flipped bits in a counter's files: never a wrong answer, never silence; what is readable is saved and pushed.

``FLIPS`` sets how many trials with seeds of their own run (``make flips``); figures in docs/failures.md.
"""

import json
import os
import random
import shutil
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from drill import DrillHall, assert_no_gaps
from http_server import Server

from app.commands.system_clock import SystemClock
from app.domain.clerk import Clerk
from app.domain.link import Link
from app.domain.person import Person, PersonSource
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.former import CounterFormerChains
from app.storage.keys import CounterKeys
from app.storage.renewal import Keys
from app.storage.renewals import unseen
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.storage.store import CounterStore
from app.storage.store_files import StorePlace, backup, open_checked, rebuild, restore
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from sync.client.exchange import exchange
from sync.client.session import Session
from sync.server.service.central import CentralService
from sync.server.storage.cipher import AesGcmCipher, read_key
from sync.server.storage.engine import open_storage

FLIPS = int(os.environ.get("FLIPS", "5"))
WINDOW = "A01"
NINE = 1_795_395_600_000
"""2026-11-23 09:00 in China, in UTC milliseconds."""
ACKNOWLEDGED, WAITING = 6, 5
"""Citizens served while the server answered, and while it did not."""
OF_ONE = 3
"""Operations of one citizen: came, accepted, finished."""


@dataclass
class Scene:
    """A counter that was cut off and then lost its power: its files, its server's, and what it had committed."""

    folder: Path
    keys: Keys
    token: str
    clerk: Clerk
    committed: dict[int, str]
    """Numbers of the chain and ids of every operation that was committed."""
    pending: list[str]
    backup: Path
    """Of the store, made before the last citizen."""
    citizen: Any
    desk: Any

    def copy(self, to: Path) -> StorePlace:
        shutil.copytree(self.folder, to)
        return StorePlace(to / WINDOW / "counter.db", self.keys)


@pytest.fixture(scope="module")
def scene(rested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("scene")
    shutil.copytree(rested, folder / "server")
    citizen = Person(
        name="陈某某",
        number="990101199003070015",
        card_type="resident",
        source=PersonSource.CARD,
        read_at_ms=NINE,
        address="示范县东街道1号",
        birth_date="1990-03-07",
        sex="男",
        ethnicity="汉",
        phone="15400000001",
    )
    hall = DrillHall(Server(folder / "server"), folder, citizen, random.Random(5))
    try:
        hall.start()
        hall.open_windows(WINDOW)
        desk, clerk = hall.desks[WINDOW], hall.clerks[WINDOW]

        def serve() -> None:
            visit = walk_in(desk.store, desk.clock, clerk)
            accept_case(desk.store, desk.clock, load_templates(), desk.card(citizen, visit.number), clerk)
            finish_visit(desk.store, desk.clock, clerk)

        for _ in range(ACKNOWLEDGED):
            serve()
        hall.settle()
        hall.server.stop()
        for _ in range(WAITING - 1):
            serve()
        kept = CounterKeys.from_text((folder / WINDOW / "counter.key").read_text())
        keys = Keys(kept.database, kept.device_seed)
        backup(StorePlace(folder / WINDOW / "counter.db", keys), folder / "counter.backup")
        serve()
        with desk.database.read() as connection:
            wires = [json.loads(row[0]) for row in connection.exec_driver_sql("SELECT wire FROM operation")]
        pending = [each.op_id for each in desk.replica.pending(1000)]
        token = hall.credentials["tokens"][WINDOW]
        committed = {wire["seq"]: wire["op_id"] for wire in wires}
        yield Scene(folder, keys, token, clerk, committed, pending, folder / "counter.backup", citizen, desk)
    finally:
        hall.close()


@dataclass
class Outcome:
    """What became of one trial: ``how`` is unharmed or rebuilt."""

    how: str
    saved: int = 0
    missing: int = 0
    tail_unknown: bool = False


def damage(place: StorePlace, chance: random.Random) -> str:
    """Flip bits, or lose a whole sector, somewhere in the store's files; return where."""
    log = place.path.with_name("counter.db-wal")
    file = chance.choice([place.path, log, log])
    data = bytearray(file.read_bytes())
    kind = chance.choice(["bit", "bit", "bits", "sector", "head"])
    if kind == "sector":
        at = chance.randrange(len(data) // 512) * 512
        data[at : at + 512] = bytes(512)
    elif kind == "head":
        at = chance.randrange(64)
        data[at] ^= 1 << chance.randrange(8)
    else:
        for _ in range(1 if kind == "bit" else chance.randrange(2, 40)):
            at = chance.randrange(len(data))
            data[at] ^= 1 << chance.randrange(8)
    file.write_bytes(data)
    return f"{kind} in {file.name} at {at} of {len(data)}"


def _damaged(fault: StoreFault) -> None:
    assert fault.reason is StoreFaultReason.DAMAGED


def opened(place: StorePlace) -> Any:
    """Open and read the whole store; None where it says that it is damaged: no other word will do."""
    try:
        database = open_checked(place.path, place.keys.database, SystemClock())
    except StoreFault as fault:
        _damaged(fault)
        return None
    try:
        database.verify()
    except StoreFault as fault:
        _damaged(fault)
        database.close()
        return None
    return database


class Reconnected:
    """The counter made anew, and its server as it stood when the line was cut."""

    def __init__(self, scene: Scene, place: StorePlace, server: Path) -> None:
        self.clock = SystemClock()
        self.database = open_checked(place.path, place.keys.database, self.clock)
        signer = Ed25519Signer(place.keys.device_seed)
        self.replica = CounterReplica(self.database, self.clock)
        self.store = CounterStore(self.database, self.clock, signer)
        former = CounterFormerChains(self.database, signer)
        self.session = Session(self.replica, self.clock, signer.public_key(), former)
        self.cipher = AesGcmCipher(read_key(server), self.clock.random_bytes)
        self.storage = open_storage(f"sqlite:///{server}/server.db", self.clock)
        service = CentralService(self.storage, self.clock, self.cipher)
        self.server = service.as_caller(service.authenticate(scene.token))

    def sync(self) -> int:
        """Talk until there is nothing to say; return how many operations wait for a person."""
        self.session.hint()
        while exchange(self.session, self.server, lambda: None) is None:
            pass
        status = self.session.status()
        assert status.link is not Link.OFFLINE
        assert (status.pending, status.trouble) == (0, "")
        return status.conflicts

    def held(self) -> list[tuple[str, str]]:
        """Return id and status of every operation the server has, in no order."""
        rows = self.storage.read(
            lambda connection: connection.exec_driver_sql(
                "SELECT hall, device, incarnation, seq, sealed, status FROM operation"
            ).all()
        )
        found = []
        for hall, device, incarnation, seq, sealed, status in rows:
            wire = self.cipher.open(bytes(sealed), f"operation/{hall}/{device}/{incarnation}/{seq}")
            found.append((json.loads(wire)["op_id"], status))
        return found

    def assert_even(self) -> None:
        theirs = self.server.digest("9901")
        cursor, tables = self.replica.digest(theirs.since, theirs.kept_from)
        assert (cursor, tables) == (theirs.cursor, {name: (one.count, one.hash) for name, one in theirs.tables.items()})

    def case_numbers(self) -> list[str]:
        return [row["case_no"] for row in self.server.snapshot("9901").tables["case"]]

    def close(self) -> None:
        self.storage.close()
        self.database.close()


def go_on(scene: Scene, again: Reconnected) -> None:
    """Serve one more citizen with the store made anew."""
    open_day(again.store, again.clock, scene.clerk)
    with again.store.read() as view:
        if view.open_visit() is not None:
            return  # the operation that ended it is among the lost ones: the clerk goes on with that citizen
    visit = walk_in(again.store, again.clock, scene.clerk)
    card = scene.desk.card(scene.citizen, visit.number)
    case = accept_case(again.store, again.clock, load_templates(), card, scene.clerk).case
    finish_visit(again.store, again.clock, scene.clerk)
    again.sync()
    assert case.case_no in again.case_numbers()
    again.assert_even()


def trial(scene: Scene, folder: Path, seed: int) -> Outcome:
    place = scene.copy(folder)
    where = damage(place, random.Random(seed))
    database = opened(place)
    if database is not None:
        with closing(database):
            with database.read() as connection:
                wires = connection.exec_driver_sql("SELECT wire FROM operation").all()
            held = [json.loads(wire) for (wire,) in wires]
            assert {each["seq"]: each["op_id"] for each in held} == scene.committed, where
            pending = CounterReplica(database, SystemClock()).pending(1000)
            assert [each.op_id for each in pending] == scene.pending, where
        return Outcome("unharmed")
    first = rebuild(place, SystemClock())
    assert (place.path.parent / first.folder / "counter.db").exists()
    again = Reconnected(scene, place, folder / "server")
    with closing(again):
        parked = again.sync()
        held = Tally(op_id for op_id, _ in again.held())
        assert max(held.values()) == 1, where
        committed = set(scene.committed.values())
        assert set(held) <= committed, where
        lost = {seq for seq, op_id in scene.committed.items() if op_id not in held}
        report = unseen(again.database)
        assert report is not None
        told = set(report.missing)
        assert told <= lost, where
        assert told == lost or report.tail_unknown, (where, told, lost)
        assert len(lost) + first.saved >= len(scene.pending), where
        assert lost or not parked, f"{where}: only what builds on a lost one cannot be applied"
        with again.store.read() as view:
            assert lost or view.open_visit() is None, where
        go_on(scene, again)
    return Outcome("rebuilt", first.saved, len(lost), report.tail_unknown)


def test_every_flip_ends_in_a_whole_store_or_in_a_rebuilt_one_that_says_what_is_missing(
    scene: Scene, tmp_path: Path
) -> None:
    tally: Tally[str] = Tally()
    for seed in range(FLIPS):
        folder = tmp_path / str(seed)
        outcome = trial(scene, folder, seed)
        shutil.rmtree(folder)
        tally[outcome.how] += 1
        tally["operations saved"] += outcome.saved
        tally["operations missing"] += outcome.missing
        tally["tail unknown"] += outcome.tail_unknown
    print(f"{FLIPS} trials, {len(scene.pending)} operations waiting in each: {dict(tally)}")
    assert tally["rebuilt"] > FLIPS // 3
    assert tally["operations saved"] > tally["operations missing"] * 5


def test_a_store_from_its_backup_is_another_life_and_settles_the_last_one_first(scene: Scene, tmp_path: Path) -> None:
    place = scene.copy(tmp_path / "copy")
    for each in place.path.parent.glob("counter.db*"):
        each.unlink()
    report = restore(scene.backup, place, SystemClock())
    assert report.saved == len(scene.pending) - OF_ONE, "the last citizen came after the backup"
    again = Reconnected(scene, place, tmp_path / "copy" / "server")
    with closing(again):
        again.sync()
        held = again.held()
        gone = set(scene.pending[-OF_ONE:])
        assert sorted(op_id for op_id, _ in held) == sorted(set(scene.committed.values()) - gone)
        assert {status for _, status in held} == {"applied"}
        before = again.case_numbers()
        assert_no_gaps(before)
        go_on(scene, again)
        numbers = again.case_numbers()
        assert_no_gaps(numbers)
        assert len({each.split("-")[1] for each in numbers}) == len({each.split("-")[1] for each in before}) + 1


def test_the_old_disk_that_comes_back_is_no_second_life(scene: Scene, tmp_path: Path) -> None:
    place = scene.copy(tmp_path / "copy")
    old = tmp_path / "old.db"
    for suffix in ("", "-wal", "-shm"):
        place.path.with_name(f"counter.db{suffix}").rename(tmp_path / f"old.db{suffix}")
    restore(scene.backup, place, SystemClock())
    again = Reconnected(scene, place, tmp_path / "copy" / "server")
    with closing(again):
        again.sync()
        go_on(scene, again)
        back = Reconnected(scene, StorePlace(old, scene.keys), tmp_path / "copy" / "server")
        with closing(back):
            back.sync()
        again.sync()
        held = Tally(op_id for op_id, _ in again.held())
        assert max(held.values()) == 1
        assert set(scene.committed.values()) <= set(held)
        assert {status for _, status in again.held()} == {"applied"}
        again.assert_even()


def test_a_rebuild_that_was_cut_off_is_finished_by_the_next_start(scene: Scene, tmp_path: Path) -> None:
    place = scene.copy(tmp_path / "copy")
    path = place.path
    data = bytearray(path.read_bytes())
    data[:4096] = bytes(4096)
    path.write_bytes(data)
    assert opened(place) is None
    original = Path.rename
    calls = []

    def torn(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError("the power went")
        return original(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", torn)
        with pytest.raises(OSError, match="power"):
            rebuild(place, SystemClock())
    again = Reconnected(scene, place, tmp_path / "copy" / "server")
    with closing(again):
        again.sync()
        assert sorted(op_id for op_id, _ in again.held()) == sorted(scene.committed.values())
        assert not list(path.parent.glob("*.new"))
