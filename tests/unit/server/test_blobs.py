"""Bytes of scanned copies at the server: only what a case of the hall named, whole, bounded, sealed, for its people."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.domain import disk_room
from app.domain.rights import Role
from app.storage.messages import sentence
from sync.protocol.copy_messages import PIECE_BYTES, BlobHeld
from sync.protocol.interface import Refused
from sync.server.service import provision
from sync.server.service.caller import Caller
from sync.server.service.give_blob import case_copies, give_blob
from sync.server.service.take_blob import GIVEN_UP_MS, Blobs, Piece, sweep, take_blob
from sync.server.storage import blob_files
from sync.server.storage.blob_files import BlobFiles
from sync.server.storage.clerks import Profile
from sync.server.storage.search_tables import case_access

COUNTER = Caller("9901", frozenset({Role.COUNTER}), device="A01", window="A01")
REVIEWER = Caller("9901", frozenset({Role.REVIEWER}), clerk="0401")
PAPER = "身份证正面".encode() * 30_000
PAGE = b"\xff\xd8\xff" + PAPER + b"\xff\xd9"
HASH = sha256(PAGE).hexdigest()
assert PIECE_BYTES < len(PAGE) < 2 * PIECE_BYTES


@dataclass
class Lane:
    """A hall whose window A01 reported a copy of a case, and the folder its bytes come into."""

    hall: Any
    counter: Any
    folder: Path
    blobs: Blobs

    def attach(self, content: bytes = PAGE, copy_id: str = "copy-1", **changes: Any) -> None:
        hashed = sha256(content).hexdigest()
        said = {"visit_id": "visit-1", "material_id": "M-1", "kind": "jpg", "size": len(content), "sha256": hashed}
        self.push(self.counter.operation("copy.attached", "copy", copy_id, {**said, **changes}))

    def push(self, operation: Any) -> None:
        assert self.counter.push(operation).results[0].status == "applied"

    def put(self, offset: int | None, content: bytes = b"", *, whole: bytes = PAGE, by: Caller = COUNTER) -> BlobHeld:
        hashed = sha256(whole).hexdigest()
        return take_blob(self.hall.service.context, by, self.blobs, hashed, Piece(offset, len(whole), content))

    def send(self, whole: bytes = PAGE) -> BlobHeld:
        answer = self.put(None, whole=whole)
        while answer.held < len(whole):
            answer = self.put(answer.held, whole[answer.held :][:PIECE_BYTES], whole=whole)
        return answer

    def files(self) -> list[Path]:
        return [each for each in self.folder.rglob("*") if each.is_file() and blob_files.LOCKS not in each.parts]


@pytest.fixture
def lane(hall: Any, tmp_path: Path) -> Lane:
    counter = hall.counter("A01")
    folder = tmp_path / "beside the database"
    files = BlobFiles(folder, hall.service.context.cipher)
    lane = Lane(hall, counter, folder, Blobs(files, quota=3 * len(PAGE)))
    lane.attach()
    lane.push(counter.accepted(visit_id="visit-1"))
    return lane


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert sentence(code)


def test_a_page_comes_in_pieces_and_lies_sealed(lane: Lane) -> None:
    assert lane.put(None) == BlobHeld(size=len(PAGE), held=0)
    assert lane.put(0, PAGE[:PIECE_BYTES]).held == PIECE_BYTES
    refused("not_found", lambda: give_blob(lane.hall.service.context, REVIEWER, lane.blobs, HASH))
    assert lane.put(PIECE_BYTES, PAGE[PIECE_BYTES:]).held == len(PAGE)
    (file,) = lane.files()
    assert HASH not in str(file)
    assert PAPER[:15] not in file.read_bytes()
    assert lane.send().held == len(PAGE)


def test_what_a_crash_left_is_gone_on_from(lane: Lane) -> None:
    lane.put(0, PAGE[:PIECE_BYTES])
    (part,) = lane.files()
    part.write_bytes(part.read_bytes() + b"half of a piece")
    again = BlobFiles(lane.folder, lane.hall.service.context.cipher)
    lane.blobs = Blobs(again, lane.blobs.quota)
    refused("blob_gap", lambda: lane.put(0, PAGE[:PIECE_BYTES]))
    assert lane.put(None).held == PIECE_BYTES
    assert lane.send().held == len(PAGE)
    assert give_blob(lane.hall.service.context, REVIEWER, lane.blobs, HASH)[1] == PAGE


def test_a_torn_piece_is_found_and_all_begins_anew(lane: Lane) -> None:
    lane.put(0, PAGE[:PIECE_BYTES])
    (part,) = lane.files()
    part.write_bytes(bytes(part.stat().st_size))
    refused("blob_wrong", lambda: lane.put(PIECE_BYTES, PAGE[PIECE_BYTES:]))
    assert lane.files() == []
    assert lane.send().held == len(PAGE)


def test_only_what_a_case_of_the_hall_named_is_taken(lane: Lane) -> None:
    other = PAGE + b"\xff\xd9"
    refused("unknown_blob", lambda: lane.put(None, whole=other))
    lane.attach(other, "copy-2", visit_id="visit-without-a-case")
    refused("unknown_blob", lambda: lane.put(None, whole=other))
    elsewhere = Caller("9902", frozenset({Role.COUNTER}), device="A01", window="A01")
    refused("unknown_blob", lambda: lane.put(None, by=elsewhere))
    refused("forbidden", lambda: lane.put(None, by=REVIEWER))


def test_bytes_that_are_not_what_was_named_are_dropped(lane: Lane) -> None:
    lane.put(0, PAGE[:PIECE_BYTES])
    refused("blob_wrong", lambda: lane.put(PIECE_BYTES, PAGE[PIECE_BYTES:-2] + b"\x00\x00"))
    assert lane.files() == []
    program = b"MZ\x90\x00" + PAGE
    lane.attach(program, "copy-2")
    refused("blob_wrong", lambda: lane.send(program))


@pytest.mark.parametrize(
    ("offset", "content", "code"),
    [
        (0, PAGE[: PIECE_BYTES - 1], "malformed"),
        (PIECE_BYTES, PAGE[PIECE_BYTES:], "blob_gap"),
        (1, PAGE[1 : 1 + PIECE_BYTES], "blob_gap"),
    ],
)
def test_pieces_come_in_order_and_have_one_length(lane: Lane, offset: int, content: bytes, code: str) -> None:
    refused(code, lambda: lane.put(offset, content))
    assert lane.files() == []


def test_a_hall_has_a_quota_and_the_disk_a_limit(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    lane.blobs = Blobs(lane.blobs.files, quota=len(PAGE) - 1)
    refused("storage_full", lane.send)
    lane.blobs = Blobs(lane.blobs.files, quota=len(PAGE))
    monkeypatch.setattr(disk_room, "NO_SCANS", 0.0)
    refused("storage_full", lane.send)
    monkeypatch.undo()
    assert lane.send().held == len(PAGE)


def test_too_many_at_once_are_told_to_come_again(lane: Lane) -> None:
    files = lane.blobs.files
    with files.in_hand("9901", "one"):
        with pytest.raises(blob_files.Busy), files.in_hand("9901", "one"):
            pass
        with files.in_hand("9901", "two"):
            refused("rate_limited", lane.send)
    assert lane.send().held == len(PAGE)


def test_another_process_keeps_its_hands_off_a_blob_that_is_being_written(lane: Lane) -> None:
    other = BlobFiles(lane.folder, lane.hall.service.context.cipher)
    with lane.blobs.files.in_hand("9901", "one"):
        with pytest.raises(blob_files.Busy), other.in_hand("9901", "one"):
            pass
        with other.in_hand("9901", "two"):
            pass
    with other.in_hand("9901", "one"):
        pass


def test_the_people_of_the_case_see_it_and_every_look_is_kept(lane: Lane) -> None:
    context = lane.hall.service.context
    lane.send()
    (told,) = case_copies(context, REVIEWER, "9901", "case-1").copies
    assert (told.sha256, told.material_id, told.kind, told.here) == (HASH, "M-1", "jpg", True)
    assert give_blob(context, REVIEWER, lane.blobs, told.sha256) == ("jpg", PAGE)
    with lane.hall.storage.engine.connect() as connection:
        looks = [(row.clerk, row.act, row.case_id) for row in connection.execute(case_access.select())]
    assert looks == [("0401", "copy", "case-1")]
    refused("forbidden", lambda: give_blob(context, COUNTER, lane.blobs, HASH))
    refused("unknown_hall", lambda: case_copies(context, REVIEWER, "9902", "case-1"))
    stranger = Profile("0401", "蒋某", "D-ZR", ("reviewer",), (), ("ITM-02",))
    provision.add_clerk(lane.hall.storage, stranger, "9901", password=None)
    refused("not_found", lambda: give_blob(context, REVIEWER, lane.blobs, HASH))
    refused("not_found", lambda: case_copies(context, REVIEWER, "9901", "case-1"))


def test_what_was_taken_off_goes_unless_another_copy_has_the_same_bytes(lane: Lane) -> None:
    context, counter = lane.hall.service.context, lane.counter
    lane.attach(copy_id="copy-2", material_id="M-2")
    lane.send()
    for copy_id, left, material in (("copy-1", 1, "M-1"), ("copy-2", 0, "M-2")):
        said = {"visit_id": "visit-1", "material_id": material, "sha256": HASH}
        lane.push(counter.operation("copy.removed", "copy", copy_id, said))
        sweep(context, lane.blobs)
        assert len(lane.files()) == left
        assert len(case_copies(context, REVIEWER, "9901", "case-1").copies) == left
    refused("unknown_blob", lane.send)


def test_what_never_came_whole_is_given_up(lane: Lane) -> None:
    lane.put(0, PAGE[:PIECE_BYTES])
    sweep(lane.hall.service.context, lane.blobs)
    assert len(lane.files()) == 1
    lane.hall.clock.now += GIVEN_UP_MS + 1
    assert sweep(lane.hall.service.context, lane.blobs) == 1
    assert lane.files() == []
    assert lane.send().held == len(PAGE)
