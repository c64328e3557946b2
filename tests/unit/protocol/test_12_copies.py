"""Section 12: scanned copies."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.domain import disk_room
from app.ports.copies import WaitingCopy
from sync.client.copies import HttpCopies
from sync.protocol.copy_messages import PIECE_BYTES
from sync.protocol.interface import Refused
from sync.server.service.take_blob import Blobs
from sync.server.storage.blob_files import BlobFiles

PAGE = b"\xff\xd8\xff" + bytes(range(256)) * 1600 + b"\xff\xd9"
assert PIECE_BYTES < len(PAGE) < 2 * PIECE_BYTES
FIRST, LAST = PAGE[:PIECE_BYTES], PAGE[PIECE_BYTES:]


def named(content: bytes) -> WaitingCopy:
    return WaitingCopy("copy-1", sha256(content).hexdigest(), len(content))


COPY = named(PAGE)


@pytest.fixture
def hall(lone_hall: Any) -> Any:
    """What is said here does not depend on the database."""
    return lone_hall


@pytest.fixture
def lane(hall: Any, tmp_path: Path) -> Iterator[Any]:
    """A counter that reported a copy of a case, and its line for the bytes."""
    hall.app.state.blobs = Blobs(BlobFiles(tmp_path, hall.service.context.cipher), quota=2 * len(PAGE))
    counter = hall.counter("A01")
    counter.push(attached(counter, COPY), counter.accepted(visit_id="visit-1"))
    lane = HttpCopies(hall.url, "token-A01", hall.clock)
    yield lane
    lane.close()
    hall.app.state.blobs = None


def attached(counter: Any, copy: WaitingCopy, visit: str = "visit-1", kind: str = "jpg") -> Any:
    said = {"visit_id": visit, "material_id": "M-1", "kind": kind, "size": copy.size, "sha256": copy.sha256}
    return counter.operation("copy.attached", "copy", copy.sha256[:36], said)


def refused(code: str, lane: Any, copy: WaitingCopy, offset: int, piece: bytes) -> None:
    with pytest.raises(Refused) as caught:
        lane.put(copy, offset, piece)
    assert caught.value.code == code


def test_a_copy_comes_piece_by_piece_and_once(lane: Any) -> None:
    """12.1 Sent again it changes nothing."""
    assert [lane.put(COPY, 0, FIRST).held, lane.put(COPY, PIECE_BYTES, LAST).held] == [PIECE_BYTES, len(PAGE)]
    assert lane.put(COPY, 0, FIRST).held == len(PAGE)
    assert lane.held(COPY).held == len(PAGE)


def test_every_piece_but_the_last_has_one_length(lane: Any) -> None:
    """12.1 Any other is malformed."""
    refused("malformed", lane, COPY, 0, FIRST[:-1])


def test_a_transfer_goes_on_where_the_server_stands(hall: Any, lane: Any) -> None:
    """12.2 However long ago it was cut."""
    assert lane.held(COPY).held == 0
    lane.put(COPY, 0, FIRST)
    hall.clock.now += 29 * 86_400_000
    assert lane.held(COPY).held == PIECE_BYTES
    for offset, piece in ((0, FIRST), (1, PAGE[1:])):
        refused("blob_gap", lane, COPY, offset, piece[:PIECE_BYTES])
    assert lane.put(COPY, PIECE_BYTES, LAST).held == len(PAGE)


def test_only_what_a_case_named_is_taken(hall: Any, lane: Any) -> None:
    """12.3 By its hash and its size."""
    other = named(PAGE + b"\xff\xd9")
    refused("unknown_blob", lane, other, 0, FIRST)
    counter = hall.counter("A02")
    counter.push(attached(counter, other, "a-visit-without-a-case"))
    refused("unknown_blob", lane, other, 0, FIRST)


def test_what_is_not_what_was_named_is_dropped(lane: Any) -> None:
    """12.3 All of it is sent anew."""
    lane.put(COPY, 0, FIRST)
    refused("blob_wrong", lane, COPY, PIECE_BYTES, LAST[:-2] + b"\x00\x00")
    assert lane.held(COPY).held == 0


def test_a_copy_has_twenty_megabytes_at_most(lane: Any) -> None:
    """12.3 More is too large before a byte is taken."""
    refused("too_large", lane, WaitingCopy("c", COPY.sha256, (20 << 20) + 1), 0, FIRST)


def test_a_full_store_says_so(hall: Any, lane: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """12.4 By the hall's quota, and by the disk."""
    roomy = hall.app.state.blobs
    hall.app.state.blobs = Blobs(roomy.files, quota=len(PAGE) - 1)
    refused("storage_full", lane, COPY, 0, FIRST)
    hall.app.state.blobs = roomy
    monkeypatch.setattr(disk_room, "NO_SCANS", 0.0)
    refused("storage_full", lane, COPY, 0, FIRST)
