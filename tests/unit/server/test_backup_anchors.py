"""The daily anchors go with a backup, and are put back where none or the same lie."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.main import main
from sync.server.backup.anchors import anchors_of
from sync.server.backup.archive import FORMAT, Writer, frames, read_header
from sync.server.backup.make import make
from sync.server.storage.anchor_files import AnchorFiles
from sync.server.storage.cipher import read_key

DAYS = ["2026-11-23", "2026-11-24"]


def anchors_in(data: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in (data / "anchors").glob("*")}


@pytest.fixture
def fresh(place: Any, tmp_path: Path) -> Path:
    """The folder of a new computer: the key lies in it, and nothing else."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    (folder / "server.key").write_bytes((place.data / "server.key").read_bytes())
    (folder / "server.key").chmod(0o600)
    return folder


def written_anew(place: Any, file: Path, form: int, *, carried: int, said: int | None) -> Path:
    """Write a backup once more in a format, with so many of its anchors, and an end that says so many."""
    key, to = read_key(place.data), place.folder / f"format-{form}.ckbackup"
    found = list(frames(file, key))
    anchors = [each for each in found if "anchor" in each][:carried]
    others = [each for each in found if "anchor" not in each]
    end = {"end": others[-1]["end"]} if said is None else {"end": others[-1]["end"], "anchors": said}
    with to.open("wb") as out:
        writer = Writer(out, replace(read_header(file), format=form), key, os.urandom)
        for each in (others[0], *anchors, *others[1:-1]):
            writer.add(each)
        writer.add(end, last=True)
        writer.finish()
    return to


def test_a_new_computer_verifies_against_the_anchors_of_the_backup(place: Any, fresh: Path) -> None:
    file, url = place.backup(), place.db("sqlite")
    assert place.told()["anchors"] == 2
    assert b"heads-" not in file.read_bytes()
    assert main(place.run("check", "--from", file)) == 0
    assert place.told()["anchors"] == 2
    assert main(place.run("restore", "--from", file, "--db", url, data=fresh)) == 0
    said = place.told()
    assert (said["anchors"], said["other_anchors"]) == (2, [])
    assert anchors_in(fresh) == anchors_in(place.data) != {}
    assert {each.stat().st_mode & 0o077 for each in (fresh / "anchors").iterdir()} == {0}
    assert main(place.run("verify", "--db", url, data=fresh)) == 0
    said = place.told()
    assert (said["files"], said["newest"], said["operations"]) == (2, DAYS[-1], 2)


def test_another_file_of_a_day_stays_and_is_told(place: Any, fresh: Path) -> None:
    file, url = place.backup(), place.db("sqlite")
    mine, theirs = (AnchorFiles(each) for each in (fresh, place.data))
    mine.write(DAYS[0], theirs.read(DAYS[0]))
    mine.write(DAYS[1], b"altered")
    mine.write("2026-11-25", b"of a day behind the backup")
    assert main(place.run("restore", "--from", file, "--db", url, data=fresh)) == 0
    said = place.told()
    assert said["other_anchors"] == [DAYS[1]]
    assert DAYS[1] in said["message"]
    assert [mine.read(each) for each in mine.days()] == [
        theirs.read(DAYS[0]),
        b"altered",
        b"of a day behind the backup",
    ]


def test_a_restore_that_fails_takes_back_what_it_placed(place: Any, fresh: Path) -> None:
    """A folder under an anchor's name fails as a full disk does, between the first file and the database."""
    file, url = place.backup(), place.db("sqlite")
    (fresh / "anchors" / f"heads-{DAYS[1]}.jsonl").mkdir(parents=True)
    assert main(place.run("restore", "--from", file, "--db", url, data=fresh)) == 3
    assert place.told()["error"] == "backup_not_written"
    left = sorted(str(each.relative_to(fresh)) for each in fresh.rglob("*"))
    assert left == ["anchors", f"anchors/heads-{DAYS[1]}.jsonl", "server.key"]
    (fresh / "anchors" / f"heads-{DAYS[1]}.jsonl").rmdir()
    assert main(place.run("restore", "--from", file, "--db", url, data=fresh)) == 0
    assert anchors_in(fresh) == anchors_in(place.data)


def test_an_anchor_written_while_the_backup_reads_is_not_in_it(place: Any) -> None:
    """It would tell of operations that the backup does not hold."""

    class Interrupting(SystemClock):
        def now_ms(self) -> int:
            AnchorFiles(place.data).write("2026-11-25", b"younger than the view")
            return super().now_ms()

    key, file = read_key(place.data), place.folder / "busy.ckbackup"
    make(place.url, place.data, file, key, Interrupting())
    assert [day for day, _ in anchors_of(file, key)] == DAYS
    assert len(AnchorFiles(place.data).days()) == 3


def test_a_backup_of_before_the_anchors_is_restored(place: Any, fresh: Path) -> None:
    old, url = written_anew(place, place.backup(), 1, carried=0, said=None), place.db("sqlite")
    assert main(place.run("check", "--from", old)) == 0
    assert main(place.run("restore", "--from", old, "--db", url, data=fresh)) == 0
    assert place.told()["anchors"] == 0
    assert not (fresh / "anchors").exists()
    assert main(place.run("verify", "--db", url, data=fresh)) == 0
    assert place.told()["files"] == 0


@pytest.mark.parametrize(("form", "carried", "error"), [(FORMAT, 1, "backup_damaged"), (FORMAT + 1, 2, "backup_newer")])
def test_a_backup_that_lacks_an_anchor_or_is_newer_is_refused(place: Any, form: int, carried: int, error: str) -> None:
    file = written_anew(place, place.backup(), form, carried=carried, said=2)
    assert main(place.run("check", "--from", file)) == 3
    assert place.told()["error"] == error
