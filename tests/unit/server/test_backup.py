"""Backup and restore: from either database into either, nothing of it readable, damage and wrong keys told."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.commands.system_clock import SystemClock
from app.main import main
from sync.server.backup import copies
from sync.server.backup.archive import MAGIC
from sync.server.backup.make import make
from sync.server.service.context import Context
from sync.server.storage import portable
from sync.server.storage.blob_files import BlobFiles
from sync.server.storage.cipher import AesGcmCipher, make_key, read_key
from sync.server.storage.engine import open_storage

HALL = "9901"
NAME = "ab" * 16


@dataclass
class Place:
    """A furnished hall that did some work, with its key and a scanned copy; ``db`` makes empty databases by kind."""

    url: str
    data: Path
    db: Callable[[str], str]
    folder: Path

    def run(self, *arguments: Any, data: Path | None = None) -> list[str]:
        verb, *rest = map(str, arguments)
        return ["server", verb, "--data", str(data or self.data), *rest]

    def backup(self, name: str = "one.ckbackup") -> Path:
        assert main(self.run("backup", "--db", self.url, "--to", self.folder / name)) == 0
        return self.folder / name


def rows_of(url: str) -> dict[str, list[Any]]:
    storage = open_storage(url, SystemClock())
    found: dict[str, list[Any]] = {}
    for table, columns, rows in storage.read(lambda connection: list(portable.portions(connection))):
        found.setdefault(table, []).extend(sorted(map(repr, (dict(zip(columns, row, strict=True)) for row in rows))))
    storage.close()
    return found


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, make_hall: Any) -> Place:
    made: list[str] = []

    def db(kind: str) -> str:
        made.append(kind)
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{len(made)}.db"
        url: str = request.getfixturevalue("postgres").create(f"backup_{uuid4().hex}")
        return url

    data = tmp_path / "data"
    data.mkdir()
    clock = SystemClock()
    make_key(data, clock.random_bytes)
    url = db(getattr(request, "param", "sqlite"))
    storage = open_storage(url, clock)
    hall = make_hall(storage)
    cipher = AesGcmCipher(read_key(data), clock.random_bytes)
    hall.service.context = Context(storage, hall.clock, cipher, lambda _hall: None)
    counter = hall.counter("A01")
    hall.issue()
    called = hall.call("A01")
    counter.push(counter.ticket_op("ticket.called", called, called_ms=called.called_ms), counter.accepted())
    storage.close()
    files = BlobFiles(data, cipher)
    files.append(HALL, NAME, 0, b"scanned")
    files.finish(HALL, NAME)
    return Place(url, data, db, tmp_path / "backups")


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.mark.parametrize(("place", "into"), [("sqlite", "postgresql"), ("postgresql", "sqlite")], indirect=["place"])
def test_every_row_and_copy_is_there_again_under_a_new_name(place: Place, into: str, capsys: Any) -> None:
    file = place.backup()
    before, fresh, url = rows_of(place.url), place.folder / "fresh", place.db(into)
    fresh.mkdir()
    shutil.copy(place.data / "server.key", fresh)
    assert main(place.run("check", "--from", file)) == 0
    assert main(place.run("restore", "--from", file, "--db", url, data=fresh)) == 0
    said, after = told(capsys), rows_of(url)
    assert said["awaited"] == ["A01"]
    assert said["missing"] == 0
    changed = {"server", "hall", "ticket_series", "lost_numbers"}
    assert {name: rows for name, rows in after.items() if name not in changed} == {
        name: rows for name, rows in before.items() if name not in changed
    }
    assert after["server"] != before["server"]
    assert len(before["operation"]) == len(after["operation"]) == 2
    assert copies.whole(fresh) == copies.whole(place.data) != []


def test_nothing_is_readable_in_the_file_and_others_may_not_read_it(place: Place) -> None:
    content = place.backup().read_bytes()
    assert content.startswith(MAGIC)
    assert b"A001" not in content
    assert b"ticket.called" not in content
    assert (place.folder / "one.ckbackup").stat().st_mode & 0o077 == 0


def test_nothing_is_restored_over_something_or_with_another_key(place: Place, capsys: Any, tmp_path: Path) -> None:
    file = place.backup()
    before = rows_of(place.url)
    assert main(place.run("restore", "--from", file, "--db", place.url)) == 3
    assert told(capsys)["error"] == "database_not_empty"
    assert rows_of(place.url) == before
    other = tmp_path / "other"
    other.mkdir()
    make_key(other, SystemClock().random_bytes)
    assert main(place.run("restore", "--from", file, "--db", place.db("sqlite"), data=other)) == 3
    assert told(capsys)["error"] == "backup_other_key"
    assert main(place.run("backup", "--db", place.url, "--to", file)) == 3
    assert told(capsys)["error"] == "backup_exists"


def test_every_flip_and_cut_is_found_before_anything_is_restored(place: Place, capsys: Any) -> None:
    file = place.backup()
    whole = file.read_bytes()
    empty = place.db("sqlite")
    for at in range(0, len(whole), len(whole) // 24):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert main(place.run("restore", "--from", file, "--db", empty)) == 3
        assert told(capsys)["error"] in {"backup_damaged", "backup_not_one", "backup_newer", "backup_other_key"}
    file.write_bytes(whole[:-200])
    assert main(place.run("check", "--from", file)) == 3
    assert told(capsys)["error"] == "backup_damaged"
    file.write_bytes(whole)
    assert main(place.run("restore", "--from", file, "--db", empty)) == 0


def test_old_backups_go_and_the_copies_that_none_of_the_others_names(place: Place, capsys: Any) -> None:
    place.backup("one.ckbackup")
    cipher = AesGcmCipher(read_key(place.data), SystemClock().random_bytes)
    BlobFiles(place.data, cipher).drop(HALL, NAME)
    BlobFiles(place.data, cipher).append(HALL, "cd" * 16, 0, b"another")
    BlobFiles(place.data, cipher).finish(HALL, "cd" * 16)
    place.backup("two.ckbackup")
    assert len(copies.whole(place.folder)) == 2
    assert main(place.run("backup", "--db", place.url, "--to", place.folder / "three", "--keep", 2)) == 0
    assert told(capsys)["dropped"] == 1
    assert sorted(each.name for each in place.folder.glob("*.ckbackup")) == ["three.ckbackup", "two.ckbackup"]
    assert [name for name, _ in copies.whole(place.folder)] == [f"{HALL}/cd/{'cd' * 16}"]
    (place.folder / "copies" / HALL / "cd" / ("cd" * 16)).write_bytes(b"torn")
    assert main(place.run("check", "--from", place.folder / "two.ckbackup")) == 3
    assert told(capsys)["error"] == "backup_copies_unsound"


def test_a_database_that_is_not_there_is_not_made(place: Place, tmp_path: Path, capsys: Any) -> None:
    assert main(place.run("backup", "--db", f"sqlite:///{tmp_path}/none.db", "--to", place.folder / "x")) == 3
    assert told(capsys)["error"] == "backup_nothing_there"
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_a_backup_shows_one_moment_though_work_goes_on(place: Place) -> None:
    storage = open_storage(place.url, SystemClock())
    key = read_key(place.data)

    class Interrupting(SystemClock):
        def now_ms(self) -> int:
            storage.write(lambda connection: connection.exec_driver_sql("DELETE FROM operation") and None)
            return super().now_ms()

    before = rows_of(place.url)
    made = make(place.url, place.data, place.folder / "busy.ckbackup", key, Interrupting())
    storage.close()
    assert made.rows == sum(map(len, before.values()))
    assert "operation" not in rows_of(place.url)


def test_a_damaged_database_does_not_serve_and_is_not_backed_up(place: Place, capsys: Any) -> None:
    file = Path(place.url.removeprefix("sqlite:///"))
    data = bytearray(file.read_bytes())
    data[8192:] = bytes(len(data) - 8192)
    file.write_bytes(data)
    for each in file.parent.glob(f"{file.name}-*"):
        each.unlink()
    before = file.read_bytes()
    assert main(["server", "--db", place.url, "--data", str(place.data), "--port", "0"]) == 3
    assert told(capsys)["error"] == "database_damaged"
    assert main(place.run("backup", "--db", place.url, "--to", place.folder / "x")) == 3
    assert told(capsys)["error"] == "database_damaged"
    assert file.read_bytes() == before
