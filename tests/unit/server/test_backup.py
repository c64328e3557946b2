"""Backup and restore: from either database into either, nothing of it readable, damage and wrong keys told."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.main import main
from sync.server.backup import copies
from sync.server.backup.archive import MAGIC
from sync.server.backup.make import make
from sync.server.storage import portable
from sync.server.storage.blob_files import BlobFiles
from sync.server.storage.cipher import AesGcmCipher, make_key, read_key
from sync.server.storage.engine import open_storage

HALL = "9901"
NAME = "ab" * 16


def rows_of(url: str) -> dict[str, list[Any]]:
    storage = open_storage(url, SystemClock())
    found: dict[str, list[Any]] = {}
    for table, columns, rows in storage.read(lambda connection: list(portable.portions(connection))):
        found.setdefault(table, []).extend(sorted(map(repr, (dict(zip(columns, row, strict=True)) for row in rows))))
    storage.close()
    return found


@pytest.mark.parametrize(("place", "into"), [("sqlite", "postgresql"), ("postgresql", "sqlite")], indirect=["place"])
def test_every_row_and_copy_is_there_again_under_a_new_name(place: Any, into: str) -> None:
    file = place.backup()
    before, fresh, url = rows_of(place.url), place.folder / "fresh", place.db(into)
    fresh.mkdir()
    shutil.copy(place.data / "server.key", fresh)
    assert main(place.run("check", "--from", file)) == 0
    assert main(place.run("restore", "--from", file, "--db", url, data=fresh)) == 0
    said, after = place.told(), rows_of(url)
    assert said["awaited"] == ["A01"]
    assert said["missing"] == 0
    changed = {"server", "hall", "ticket_series", "lost_numbers"}
    assert {name: rows for name, rows in after.items() if name not in changed} == {
        name: rows for name, rows in before.items() if name not in changed
    }
    assert after["server"] != before["server"]
    assert len(before["operation"]) == len(after["operation"]) == 2
    assert copies.whole(fresh) == copies.whole(place.data) != []


def test_nothing_is_readable_in_the_file_and_others_may_not_read_it(place: Any) -> None:
    content = place.backup().read_bytes()
    assert content.startswith(MAGIC)
    assert b"A001" not in content
    assert b"ticket.called" not in content
    assert (place.folder / "one.ckbackup").stat().st_mode & 0o077 == 0


def test_nothing_is_restored_over_something_or_with_another_key(place: Any, tmp_path: Path) -> None:
    file = place.backup()
    before = rows_of(place.url)
    assert main(place.run("restore", "--from", file, "--db", place.url)) == 3
    assert place.told()["error"] == "database_not_empty"
    assert rows_of(place.url) == before
    other = tmp_path / "other"
    other.mkdir()
    make_key(other, SystemClock().random_bytes)
    assert main(place.run("restore", "--from", file, "--db", place.db("sqlite"), data=other)) == 3
    assert place.told()["error"] == "backup_other_key"
    assert main(place.run("backup", "--db", place.url, "--to", file)) == 3
    assert place.told()["error"] == "backup_exists"


def test_every_flip_and_cut_is_found_before_anything_is_restored(place: Any) -> None:
    file = place.backup()
    whole = file.read_bytes()
    empty = place.db("sqlite")
    for at in range(0, len(whole), len(whole) // 24):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert main(place.run("restore", "--from", file, "--db", empty)) == 3
        assert place.told()["error"] in {"backup_damaged", "backup_not_one", "backup_newer", "backup_other_key"}
    file.write_bytes(whole[:-200])
    assert main(place.run("check", "--from", file)) == 3
    assert place.told()["error"] == "backup_damaged"
    file.write_bytes(whole)
    assert main(place.run("restore", "--from", file, "--db", empty)) == 0


def test_old_backups_go_and_the_copies_that_none_of_the_others_names(place: Any) -> None:
    place.backup("one.ckbackup")
    cipher = AesGcmCipher(read_key(place.data), SystemClock().random_bytes)
    BlobFiles(place.data, cipher).drop(HALL, NAME)
    BlobFiles(place.data, cipher).append(HALL, "cd" * 16, 0, b"another")
    BlobFiles(place.data, cipher).finish(HALL, "cd" * 16)
    place.backup("two.ckbackup")
    assert len(copies.whole(place.folder)) == 2
    assert main(place.run("backup", "--db", place.url, "--to", place.folder / "three", "--keep", 2)) == 0
    assert place.told()["dropped"] == 1
    assert sorted(each.name for each in place.folder.glob("*.ckbackup")) == ["three.ckbackup", "two.ckbackup"]
    assert [name for name, _ in copies.whole(place.folder)] == [f"{HALL}/cd/{'cd' * 16}"]
    (place.folder / "copies" / HALL / "cd" / ("cd" * 16)).write_bytes(b"torn")
    assert main(place.run("check", "--from", place.folder / "two.ckbackup")) == 3
    assert place.told()["error"] == "backup_copies_unsound"


def test_a_database_that_is_not_there_is_not_made(place: Any, tmp_path: Path) -> None:
    assert main(place.run("backup", "--db", f"sqlite:///{tmp_path}/none.db", "--to", place.folder / "x")) == 3
    assert place.told()["error"] == "backup_nothing_there"
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_a_backup_shows_one_moment_though_work_goes_on(place: Any) -> None:
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


def test_a_damaged_database_does_not_serve_and_is_not_backed_up(place: Any) -> None:
    file = Path(place.url.removeprefix("sqlite:///"))
    data = bytearray(file.read_bytes())
    data[8192:] = bytes(len(data) - 8192)
    file.write_bytes(data)
    for each in file.parent.glob(f"{file.name}-*"):
        each.unlink()
    before = file.read_bytes()
    assert main(["server", "--db", place.url, "--data", str(place.data), "--port", "0"]) == 3
    assert place.told()["error"] == "database_damaged"
    assert main(place.run("backup", "--db", place.url, "--to", place.folder / "x")) == 3
    assert place.told()["error"] == "database_damaged"
    assert file.read_bytes() == before
