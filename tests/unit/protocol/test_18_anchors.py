"""Section 18: anchors."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from answers import HALL, day_opened
from sqlalchemy import delete, update

from app.domain.canonical import canonical_json
from app.domain.operation import operation_hash, to_wire
from app.main import main
from app.storage.messages import sentence
from sync.server.service.restored import renew
from sync.server.service.rounds import Rounds
from sync.server.service.verify_anchors import Verified, verify
from sync.server.storage.anchor_files import AnchorFiles
from sync.server.storage.tables import hall as halls
from sync.server.storage.tables import operation, registration

DAY_MS = 86_400_000


class Kept:
    """A hall that anchors into a folder, and a counter of it that worked on three days."""

    def __init__(self, hall: Any, folder: Path) -> None:
        self.hall, self.folder = hall, folder
        self.files = AnchorFiles(folder)
        self.rounds = Rounds(hall.service.context, self.files)
        self.counter = hall.counter("A01")
        for day in range(3):
            said = (date(2026, 11, 23) + timedelta(days=day)).isoformat()
            self.counter.push(day_opened(self.counter, said), *(self.presented() for _ in range(2)))
            self.rounds.run()
            hall.clock.now += DAY_MS
        self.counter.push(self.presented())

    def presented(self) -> Any:
        return self.counter.presented("A999")

    def path(self, day: int) -> Path:
        return self.folder / "anchors" / f"heads-2026-11-{day}.jsonl"

    def found(self) -> list[tuple[str, str, int]]:
        """Return what is wrong: code, day of the file, number of the operation."""
        done: Verified = verify(self.hall.service.context, self.files)
        for each in done.findings:
            assert sentence(each.code, hall=each.hall, counter=each.counter, seq=each.seq, day=each.day)
            assert not each.counter or (each.hall, each.counter) == (HALL, self.counter.number)
        return [(each.code, each.day[-2:], each.seq) for each in done.findings]

    def write(self, statement: Any) -> None:
        self.hall.storage.write(lambda connection: connection.execute(statement))


@pytest.fixture
def kept(hall: Any, tmp_path: Path) -> Kept:
    return Kept(hall, tmp_path)


@pytest.fixture
def kept_here(lone_hall: Any, tmp_path: Path) -> Kept:
    """The same on one database."""
    return Kept(lone_hall, tmp_path)


def test_once_a_day_every_chain_and_feed_is_written_down(kept: Kept) -> None:
    """18.1 With its last number and hash."""
    assert kept.files.days() == ["2026-11-23", "2026-11-24", "2026-11-25"]
    first, feed, head, _ = map(json.loads, kept.path(24).read_bytes().splitlines())
    assert (first["anchors"], first["day"]) == (1, "2026-11-24")
    assert feed == {"hall": HALL, "feed": feed["feed"]}
    assert 0 < feed["feed"] < kept.counter.server.snapshot(HALL).cursor
    sixth = kept.hall.storage.read(
        lambda connection: connection.execute(operation.select().where(operation.c.seq == 6)).one()
    )
    said = {"hall": HALL, "device": "A01", "incarnation": "store-1", "counter": kept.counter.number, "seq": 6}
    assert head == {**said, "hash": sixth.hash}
    assert os.name != "posix" or kept.path(24).stat().st_mode & 0o077 == 0


def test_a_file_names_the_one_before_and_proves_itself(kept_here: Kept) -> None:
    """18.2 By the hash of all of it, and by a code that needs the key."""
    before = json.loads(kept_here.path(25).read_bytes().splitlines()[0])["before"]
    assert before == sha256(kept_here.path(24).read_bytes()).hexdigest()
    assert json.loads(kept_here.path(23).read_bytes().splitlines()[0])["before"] is None
    assert json.loads(kept_here.path(25).read_bytes().splitlines()[-1]).keys() == {"code"}


def test_what_is_whole_is_found_whole(kept: Kept) -> None:
    """18.3 And counted."""
    done = verify(kept.hall.service.context, kept.files)
    assert (done.files, done.chains, done.operations, done.newest) == (3, 1, 10, "2026-11-25")
    assert (done.findings, done.restored) == ((), False)


def end_cut_off(kept: Kept) -> None:
    """Somebody takes the last operations away and lets the chain's row end before them."""
    [fifth] = kept.hall.storage.read(
        lambda connection: connection.execute(operation.select().where(operation.c.seq == 5)).all()
    )
    kept.write(delete(operation).where(operation.c.seq > 5))
    kept.write(update(registration).values(last_seq=5, last_hash=fifth.hash))


def one_taken_out(kept: Kept) -> None:
    kept.write(delete(operation).where(operation.c.seq == 5))


def last_taken_away(kept: Kept) -> None:
    kept.write(delete(operation).where(operation.c.seq == 10))


def bytes_altered(kept: Kept) -> None:
    kept.write(update(operation).where(operation.c.seq == 5).values(sealed=b"\x01" * 64))


def written_anew_with_the_servers_key(kept: Kept) -> None:
    """Whoever has the server's key can seal, but not sign."""
    counter = kept.counter
    false = replace(counter.presented("A001"), seq=5, signature="0" * 128)
    sealed = kept.hall.service.context.cipher.seal(
        canonical_json(to_wire(false)), f"operation/{HALL}/A01/store-1/{false.seq}"
    )
    kept.write(update(operation).where(operation.c.seq == 5).values(sealed=sealed, hash=operation_hash(false)))


def chain_forgotten(kept: Kept) -> None:
    kept.write(delete(operation))
    kept.write(delete(registration))


def feed_turned_back(kept: Kept) -> None:
    kept.write(update(halls).where(halls.c.hall == HALL).values(head=0))


def file_altered(kept: Kept) -> None:
    kept.path(24).write_bytes(kept.path(24).read_bytes().replace(b'"seq":6', b'"seq":5'))


def file_torn(kept: Kept) -> None:
    kept.path(25).write_bytes(kept.path(25).read_bytes()[:-20])


def file_gone(kept: Kept) -> None:
    kept.path(24).unlink()


def file_put_in_anothers_place(kept: Kept) -> None:
    kept.path(25).write_bytes(kept.path(24).read_bytes())


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (end_cut_off, [("anchor_chain_short", "25", 9)]),
        (one_taken_out, [("chain_hole", "", 5)]),
        (last_taken_away, [("chain_short", "", 10)]),
        (bytes_altered, [("chain_altered", "", 5)]),
        (written_anew_with_the_servers_key, [("chain_altered", "", 5), ("chain_altered", "", 6)]),
        (chain_forgotten, [("anchor_chain_short", "25", 9)]),
        (feed_turned_back, [("anchor_feed_short", day, 0) for day in ("23", "24", "25")]),
        (file_altered, [("anchor_altered", "24", 0), ("anchor_missing", "25", 0)]),
        (file_torn, [("anchor_altered", "25", 0)]),
        (file_gone, [("anchor_missing", "25", 0)]),
        (file_put_in_anothers_place, [("anchor_altered", "25", 0)]),
    ],
)
def test_what_is_not_as_it_was_written_is_named(
    kept_here: Kept, damage: Callable[[Kept], None], found: list[tuple[str, str, int]]
) -> None:
    """18.3 The chain alone would not show the first of them."""
    damage(kept_here)
    assert kept_here.found() == found


def test_the_command_says_what_is_wrong_and_where(
    prepared_postgres: Any, wired: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """18.3 `chuangkou server verify`, beside the server that serves."""
    prepared_postgres.hold(furnished=True)
    kept = Kept(wired(prepared_postgres.storage).begin(), tmp_path)
    key = tmp_path / "server.key"
    key.write_text((b"s" * 32).hex())
    key.chmod(0o600)
    command = ["server", "verify", "--db", prepared_postgres.url, "--data", str(tmp_path)]
    assert main(command) == 0
    line = json.loads(capsys.readouterr().out)
    assert {name: line[name] for name in ("operations", "chains", "files", "newest")} == {
        "operations": 10,
        "chains": 1,
        "files": 3,
        "newest": "2026-11-25",
    }
    end_cut_off(kept)
    assert main(command) == 3
    line = json.loads(capsys.readouterr().out)
    assert (line["error"], line["count"]) == ("verify_unsound", 1)
    [finding] = line["findings"]
    assert (finding["hall"], finding["counter"], finding["seq"]) == (HALL, kept.counter.number, 9)
    assert finding["message"] in line["message"]


def test_a_database_that_is_younger_than_its_anchors_says_so(kept_here: Kept) -> None:
    """18.3 After a restore the counters bring what is missing."""
    end_cut_off(kept_here)
    kept_here.hall.service.context.told.clear()
    kept_here.hall.storage.write(
        lambda connection: renew(kept_here.hall.service.context, connection, kept_here.hall.clock.now_ms())
    )
    done = verify(kept_here.hall.service.context, kept_here.files)
    assert done.restored
    assert [each.code for each in done.findings] == ["anchor_chain_short"]


def test_a_day_is_anchored_once(kept_here: Kept) -> None:
    """18.4 However often the server starts."""
    kept_here.rounds.run()
    content = kept_here.path(26).read_bytes()
    kept_here.counter.push(kept_here.presented())
    Rounds(kept_here.hall.service.context, AnchorFiles(kept_here.folder)).run()
    assert kept_here.path(26).read_bytes() == content


def test_a_disk_that_takes_nothing_holds_up_nothing(kept_here: Kept) -> None:
    """18.4 The next round tries again."""
    there = kept_here.folder / "anchors"
    moved = there.rename(kept_here.folder / "away")
    there.write_text("no folder")
    kept_here.rounds.run()
    there.unlink()
    moved.rename(there)
    assert len(kept_here.files.days()) == 3
    kept_here.rounds.run()
    assert kept_here.files.days()[-1] == "2026-11-26"
    assert kept_here.found() == []
