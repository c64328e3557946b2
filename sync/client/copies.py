"""Sends scanned copies to the server, piece by piece, when nothing else is to be sent (sync.md section 1, ADR 0021)."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from app.ports.clock import Clock
from app.ports.copies import CopyLane, WaitingCopy
from app.ports.store_fault import StoreFault
from sync.client.backoff import Backoff
from sync.client.ending import STOP_S, ended
from sync.client.http import HttpCentralServer, decoded
from sync.protocol.copy_messages import PIECE_BYTES, BlobHeld, CaseCopies
from sync.protocol.interface import Refused, Unreachable

logger = logging.getLogger(__name__)

FULL_PAUSE_S: Final = 600.0
"""How long a server without room is left alone."""
TRIES: Final = 3
"""So often a copy is sent whose bytes arrive wrong."""
NEVER = frozenset({"unknown_blob", "too_large", "malformed"})
"""Refusals of one copy that trying again will not change; it stays at the counter."""
STORE_FULL: Final = "copies_store_full"
REFUSED: Final = "copies_refused"


class BlobServer(Protocol):
    """The server's end of the lane; both may raise ``Refused`` and ``Unreachable``."""

    def held(self, copy: WaitingCopy) -> BlobHeld:
        """Ask how much of a copy is there."""
        ...

    def put(self, copy: WaitingCopy, offset: int, piece: bytes) -> BlobHeld:
        """Send the piece that begins at ``offset``."""
        ...


class HttpCopies(HttpCentralServer):
    """Implements ``BlobServer`` by a device's token; by a person's session it brings copies of a case."""

    def held(self, copy: WaitingCopy) -> BlobHeld:
        """See ``BlobServer``."""
        return self._put(copy, "*", b"")

    def put(self, copy: WaitingCopy, offset: int, piece: bytes) -> BlobHeld:
        """See ``BlobServer``."""
        return self._put(copy, f"{offset}-{offset + len(piece) - 1}", piece)

    def of_case(self, hall: str, case_id: str) -> CaseCopies:
        """Return the list of a case's copies; raises ``Refused`` and ``Unreachable``."""
        return self._get(f"/v1/halls/{hall}/cases/{case_id}/copies", {}, CaseCopies)

    def content(self, sha256: str) -> bytes:
        """Return the bytes of a copy; raises ``Refused`` and ``Unreachable``. The server keeps the look."""
        return self._ask("GET", f"/v1/blobs/{sha256}")[1]

    def _put(self, copy: WaitingCopy, which: str, piece: bytes) -> BlobHeld:
        headers = {"Content-Type": "application/octet-stream", "Content-Range": f"bytes {which}/{copy.size}"}
        _, body = self._ask("PUT", f"/v1/blobs/{copy.sha256}", more=headers, content=piece)
        return decoded(body, BlobHeld)


@dataclass(slots=True)
class _UnderWay:
    copy: WaitingCopy
    content: bytes
    held: int | None = None
    """How much the server has; None before it was asked."""
    wrong: int = 0


class CopySender:
    """Sends one request a step; not for several threads. ``trouble`` is what the clerk is told, empty if nothing."""

    def __init__(self, lane: CopyLane, clock: Clock) -> None:
        self._lane = lane
        self._clock = clock
        self._current: _UnderWay | None = None
        self.trouble = ""

    def step(self, server: BlobServer) -> bool:
        """Do the next thing; False when there is nothing to send, or operations come first.

        Raises:
            Refused, Unreachable: not now; the same copy goes on where it stood.
            StoreFault: the store cannot be used.
        """
        if not self._lane.is_free():
            return False
        current = self._current = self._current or self._next()
        if current is None:
            return False
        copy, held = current.copy, current.held
        try:
            if held is None:
                answer = server.held(copy)
            else:
                answer = server.put(copy, held, current.content[held : held + PIECE_BYTES])
        except Refused as refusal:
            self._refused(current, refusal)
            return True
        except Unreachable:
            current.held = None
            raise
        current.held = answer.held
        if answer.held >= copy.size:
            self._lane.sent(copy.copy_id, self._clock.now_ms())
            self._current = None
        if self.trouble == STORE_FULL:
            self.trouble = ""
        return True

    def _next(self) -> _UnderWay | None:
        while (copy := self._lane.next_waiting()) is not None:
            content = self._lane.content(copy.copy_id)
            if content is not None and len(content) == copy.size:
                return _UnderWay(copy, content)
            if content is not None:
                self._lane.set_aside(copy.copy_id, "damaged")
                self.trouble = REFUSED
        return None

    def _refused(self, current: _UnderWay, refusal: Refused) -> None:
        current.held = None
        current.wrong += refusal.code == "blob_wrong"
        logger.info("copies.refused code=%s", refusal.code)
        if refusal.code in NEVER or current.wrong >= TRIES:
            self._lane.set_aside(current.copy.copy_id, refusal.code)
            self._current, self.trouble = None, REFUSED
        elif refusal.code not in {"blob_gap", "blob_wrong"}:
            self._current = None  # while it waits, the bytes are not held in memory
            self.trouble = STORE_FULL if refusal.code == "storage_full" else self.trouble
            raise refusal


class CopyWorker:
    """One thread of low priority; ``told`` is called from it with a code, or "" when it is over."""

    def __init__(self, server: HttpCopies, sender: CopySender, clock: Clock, told: Callable[[str], None]) -> None:
        self._server = server
        self._sender = sender
        self._told = told
        self._said = ""
        self._backoff = Backoff(clock)
        self._awake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="copies", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """The server has all operations, or answers again: look what waits."""
        self._awake.set()

    def stop(self, within_s: float = STOP_S) -> bool:
        """End after the piece that is under way; False when it is not over in time."""
        self._stopping.set()
        self._awake.set()
        over = ended(self._thread, within_s)
        self._server.close()
        return over

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            wait_s = self._send()
            self._tell()
            if wait_s is not None:
                self._stopping.wait(wait_s)
            else:
                self._awake.wait()

    def _send(self) -> float | None:
        """Send until nothing is left; returns how many seconds to leave the server alone, None: until woken."""
        try:
            while not self._stopping.is_set() and self._sender.step(self._server):
                self._backoff.succeeded()
                self._tell()
        except Refused as refusal:
            self._backoff.failed(refusal.retry_after_s)
            return FULL_PAUSE_S if refusal.code == "storage_full" else self._backoff.remaining_ms() / 1000
        except Unreachable as why:
            self._backoff.failed(why.retry_after_s)
            return self._backoff.remaining_ms() / 1000
        except StoreFault as fault:
            logger.error("copies.store_fault reason=%s", fault.reason)  # noqa: TRY400 - the reason says it all
            return FULL_PAUSE_S
        return None

    def _tell(self) -> None:
        if self._sender.trouble != self._said and not self._stopping.is_set():
            self._said = self._sender.trouble
            self._told(self._said)
