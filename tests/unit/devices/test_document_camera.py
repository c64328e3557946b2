"""The watched folder of a document camera, on a real folder: its steps one by one, and its real thread."""

import os
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.scanned_copy import MAX_BYTES, CopyFault, CopyKind
from app.ports.camera import CameraBack, CameraEvent, CameraLost, CopyBegun, CopyReady, CopyRefused
from devices.camera.folder import PATIENCE, STILL, WatchedFolder

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100) + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + bytes(100) + b"\xff\xd9"


class Steps:
    """A folder that is looked at when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.camera = WatchedFolder(folder)

    def look(self, times: int = 1) -> list[Any]:
        return [_plain(event) for _ in range(times) for event in self.camera.look()]

    def write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


def _plain(event: CameraEvent) -> Any:
    match event:
        case CopyBegun(file):
            return "begun", file
        case CopyReady(file, kind, content):
            return "ready", file, kind, content
        case CopyRefused(file, fault):
            return "refused", file, fault
        case CameraLost():
            return "lost"
        case CameraBack():
            return "back"


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    folder = tmp_path / "scans"
    folder.mkdir()
    steps = Steps(folder)
    assert steps.look() == ["back"]
    return steps


def test_a_new_file_is_told_at_once_and_ready_when_it_stands_still(steps: Steps) -> None:
    steps.write("a.png", PNG)
    assert steps.look() == [("begun", "a.png")]
    assert steps.look(STILL) == [("ready", "a.png", CopyKind.PNG, PNG)]
    assert steps.look(3) == []


def test_what_lay_there_before_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "yesterday.jpg").write_bytes(JPEG)
    assert Steps(tmp_path).look(5) == ["back"]
    assert (tmp_path / "yesterday.jpg").read_bytes() == JPEG


def test_a_file_still_being_written_is_waited_for(steps: Steps) -> None:
    path = steps.write("a.png", PNG[:20])
    assert steps.look(1 + 3 * STILL) == [("begun", "a.png")]
    with path.open("ab") as file:
        file.write(PNG[20:60])
    assert steps.look(STILL) == []
    with path.open("ab") as file:
        file.write(PNG[60:])
    assert steps.look(1 + STILL) == [("ready", "a.png", CopyKind.PNG, PNG)]


@pytest.mark.parametrize("content", [b"", PNG[:-8]])
def test_one_that_is_never_finished_is_refused_and_stays(steps: Steps, content: bytes) -> None:
    path = steps.write("a.png", content)
    assert steps.look() == [("begun", "a.png")]
    assert steps.look(PATIENCE) == [("refused", "a.png", CopyFault.UNFINISHED)]
    assert steps.look(5) == []
    assert path.read_bytes() == content


def test_other_kinds_and_large_files_are_refused_once_and_stay(steps: Steps) -> None:
    steps.write("virus.jpg", b"MZ" + bytes(50))
    with (steps.folder / "large.tif").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    told = steps.look(1 + STILL + 3)
    assert sorted(told[2:], key=str) == [
        ("refused", "large.tif", CopyFault.TOO_LARGE),
        ("refused", "virus.jpg", CopyFault.OTHER_KIND),
    ]
    assert {each.name for each in steps.folder.iterdir()} == {"virus.jpg", "large.tif"}


def test_links_folders_and_files_of_programs_are_no_copies(steps: Steps, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(PNG)
    (steps.folder / "link.png").symlink_to(tmp_path / "secret")
    (steps.folder / "folder.png").mkdir()
    os.mkfifo(steps.folder / "pipe.png")
    for name in (".hidden.png", "~a.png", "a.png.tmp", "b.PART", "Thumbs.db"):
        steps.write(name, PNG)
    assert steps.look(5) == []


def test_the_same_name_written_again_is_another_copy(steps: Steps) -> None:
    steps.write("scan.png", PNG)
    steps.look(1 + STILL)
    path = steps.write("scan.png", PNG + bytes(3))
    os.utime(path, ns=(1, 1))
    assert [each[0] for each in steps.look(2 + STILL)] == ["begun", "ready"]


def test_what_is_kept_elsewhere_is_deleted_but_not_what_was_written_since(steps: Steps) -> None:
    kept, again = steps.write("a.png", PNG), steps.write("b.png", PNG)
    steps.look(1 + STILL)
    again.write_bytes(PNG + b"more")
    for name in ("a.png", "b.png", "never.png", "../a.png"):
        steps.camera.remove(name)
    assert (kept.exists(), again.exists()) == (False, True)


def test_a_share_that_went_is_told_once_and_what_came_meanwhile_is_nobodys(
    steps: Steps, caplog: pytest.LogCaptureFixture
) -> None:
    aside = steps.folder.with_name("aside")
    steps.write("half.png", PNG[:20])
    steps.look(2)
    steps.folder.rename(aside)
    assert steps.look(4) == ["lost"]
    assert caplog.text.count("camera_lost") == 1
    (aside / "other.png").write_bytes(PNG)
    (aside / "half.png").write_bytes(PNG)
    aside.rename(steps.folder)
    assert steps.look(2 + STILL) == ["back", ("ready", "half.png", CopyKind.PNG, PNG)]
    assert (steps.folder / "other.png").exists()


def test_no_name_of_a_file_is_in_a_log_or_a_repr(steps: Steps, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        steps.write("陈某某.png", PNG)
        steps.write("陈某某.exe", b"MZ")
        events = [event for _ in range(5) for event in steps.camera.look()]
    assert len(events) == 4
    assert "陈" not in caplog.text + repr(events)


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Any]:
    before = set(threading.enumerate())
    events: queue.Queue[CameraEvent] = queue.Queue()
    camera = WatchedFolder(tmp_path / "share", poll_s=0.01)
    camera.start(events.put)
    yield events
    camera.stop()
    assert set(threading.enumerate()) <= before, "a thread outlived its folder"


def test_the_thread_hears_of_a_folder_that_comes_later_and_of_its_files(heard: Any, tmp_path: Path) -> None:
    assert heard.get(timeout=10) == CameraLost()
    (tmp_path / "share").mkdir()
    assert heard.get(timeout=10) == CameraBack()
    (tmp_path / "share" / "a.jpg").write_bytes(JPEG)
    assert heard.get(timeout=10) == CopyBegun("a.jpg")
    assert heard.get(timeout=10) == CopyReady("a.jpg", CopyKind.JPEG, JPEG)
