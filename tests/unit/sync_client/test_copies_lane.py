"""The lane of scanned copies: last of all, in pieces, and what the clerk is told when the server takes none."""

import queue
import threading
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.ports.copies import WaitingCopy
from app.storage.messages import sentence
from sync.client.copies import REFUSED, STORE_FULL, TRIES, CopySender, CopyWorker
from sync.protocol.copy_messages import PIECE_BYTES, BlobHeld
from sync.protocol.interface import Refused, Unreachable
from sync.server.service.refusals import refusal

PAGE = bytes(range(256)) * 2048 + b"end"
COPY = WaitingCopy("copy-1", sha256(PAGE).hexdigest(), len(PAGE))


class Lane:
    """One copy waits; operations may be before it."""

    def __init__(self) -> None:
        self.free, self.kept = True, PAGE
        self.done: dict[str, str | int] = {}

    def is_free(self) -> bool:
        return self.free

    def next_waiting(self) -> WaitingCopy | None:
        return None if self.done else COPY

    def content(self, copy_id: str) -> bytes | None:
        return self.kept

    def sent(self, copy_id: str, at_ms: int) -> None:
        self.done[copy_id] = at_ms

    def set_aside(self, copy_id: str, code: str) -> None:
        self.done[copy_id] = code


class Server:
    """Keeps what it is given, or says what it was told to say next."""

    def __init__(self) -> None:
        self.has = b""
        self.says: list[Exception] = []
        self.asked = 0

    def held(self, copy: WaitingCopy) -> BlobHeld:
        return self._answer(copy)

    def put(self, copy: WaitingCopy, offset: int, piece: bytes) -> BlobHeld:
        assert offset == len(self.has)
        assert len(piece) <= PIECE_BYTES
        return self._answer(copy, piece)

    def close(self) -> None:
        pass

    def _answer(self, copy: WaitingCopy, piece: bytes = b"") -> BlobHeld:
        self.asked += 1
        if self.says:
            raise self.says.pop(0)
        self.has += piece
        return BlobHeld(size=copy.size, held=len(self.has))


@pytest.fixture
def lane() -> Lane:
    return Lane()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def sender(lane: Lane) -> CopySender:
    return CopySender(lane, SystemClock())


def all_sent(sender: CopySender, server: Server) -> None:
    while sender.step(server):
        pass


def test_a_copy_goes_in_pieces_and_is_then_known_as_sent(lane: Lane, server: Server, sender: CopySender) -> None:
    all_sent(sender, server)
    assert server.has == PAGE
    assert server.asked == 1 + 3
    assert isinstance(lane.done["copy-1"], int)


def test_operations_go_first_even_in_the_middle_of_a_copy(lane: Lane, server: Server, sender: CopySender) -> None:
    lane.free = False
    assert not sender.step(server)
    lane.free = True
    assert sender.step(server)
    assert sender.step(server)
    lane.free = False
    assert not sender.step(server)
    assert len(server.has) == PIECE_BYTES
    lane.free = True
    all_sent(sender, server)
    assert server.has == PAGE


def test_after_a_cut_it_asks_how_far_it_is(server: Server, sender: CopySender) -> None:
    sender.step(server)
    sender.step(server)
    server.says = [Unreachable("cut")]
    with pytest.raises(Unreachable):
        sender.step(server)
    server.has += PAGE[PIECE_BYTES : 2 * PIECE_BYTES]
    all_sent(sender, server)
    assert server.has == PAGE


@pytest.mark.parametrize("code", ["unknown_blob", "too_large", "malformed"])
def test_a_copy_that_is_refused_for_good_stays_here_and_is_told(
    lane: Lane, server: Server, sender: CopySender, code: str
) -> None:
    server.says = [refusal(code)]
    all_sent(sender, server)
    assert lane.done == {"copy-1": code}
    assert sender.trouble == REFUSED
    assert sentence(REFUSED)


def test_a_copy_that_arrives_wrong_is_sent_again_but_not_for_ever(
    lane: Lane, server: Server, sender: CopySender
) -> None:
    server.says = [refusal("blob_wrong"), refusal("blob_gap")]
    all_sent(sender, server)
    assert isinstance(lane.done.pop("copy-1"), int)
    server.says, server.has = [refusal("blob_wrong") for _ in range(TRIES)], b""
    all_sent(sender, server)
    assert lane.done == {"copy-1": "blob_wrong"}


def test_bytes_that_are_gone_are_not_sent(lane: Lane, server: Server, sender: CopySender) -> None:
    lane.kept = b""
    all_sent(sender, server)
    assert (lane.done, server.asked) == ({"copy-1": "damaged"}, 0)


def test_a_full_server_is_told_until_it_takes_copies_again(lane: Lane, server: Server, sender: CopySender) -> None:
    server.says = [refusal("storage_full")]
    with pytest.raises(Refused):
        sender.step(server)
    assert (sender.trouble, lane.done) == (STORE_FULL, {})
    assert sentence(STORE_FULL)
    all_sent(sender, server)
    assert (sender.trouble, server.has) == ("", PAGE)


def test_the_thread_sleeps_until_it_is_woken_and_ends_when_told(lane: Lane, server: Server) -> None:
    lane.free = False
    told: queue.Queue[str] = queue.Queue()
    worker = CopyWorker(server, CopySender(lane, SystemClock()), SystemClock(), told.put)  # type: ignore[arg-type]
    done = threading.Event()
    lane.sent = _then(lane.sent, done)  # type: ignore[method-assign]
    worker.start()
    server.says = [refusal("rate_limited"), refusal("unknown_blob")]
    lane.free = True
    worker.wake()
    assert told.get(timeout=30) == REFUSED
    lane.done.clear()
    worker.wake()
    assert done.wait(30)
    assert worker.stop()
    assert server.has == PAGE


def _then(act: Callable[..., Any], done: threading.Event) -> Callable[..., Any]:
    def both(*given: object) -> None:
        act(*given)
        done.set()

    return both
