"""The bytes of scanned copies: files beside the database, sealed piece by piece as they arrive (ADR 0003, ADR 0021)."""

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.domain import disk_room
from sync.protocol.copy_messages import PIECE_BYTES
from sync.server.storage.cipher import Cipher
from sync.server.storage.file_lock import Locked, locked

FOLDER: Final = "copies"
LOCKS: Final = "locks"
"""Beside the halls' folders: what keeps the other processes of the server from a blob; one file serves many."""
AT_ONCE: Final = 2
"""Transfers that are written at the same time; a third waits, so that calling numbers never waits for pictures."""
_SEAL_BYTES: Final = 29
"""What sealing adds to a piece: version, nonce and tag."""


class NoRoom(Exception):  # noqa: N818 - a state of the machine
    """The disk is as full as it may get by copies."""


class Busy(Exception):  # noqa: N818 - said to who asks, who tries again
    """As many transfers as may be are under way, or this one is."""


class BlobFiles:
    """One folder a hall, one file a blob: ``name.part`` while it grows, ``name`` when it is whole.

    Every piece but the last has ``PIECE_BYTES`` bytes; each is sealed by itself, tied to hall, blob and place. What a
    crash left of a piece is cut off before the next.
    """

    def __init__(self, data: Path, cipher: Cipher) -> None:
        self._folder = data / FOLDER
        self._cipher = cipher
        self._mutex = threading.Lock()
        self._in_hand: set[tuple[str, str]] = set()

    @contextlib.contextmanager
    def in_hand(self, hall: str, name: str) -> Iterator[None]:
        """Keep others from the blob, within the block.

        Raises:
            Busy: somebody has it, or too many are written just now.
        """
        key = (hall, name)
        with self._mutex:
            if key in self._in_hand or len(self._in_hand) >= AT_ONCE:
                raise Busy
            self._in_hand.add(key)
        try:
            with locked(self._folder / LOCKS / name[:2]):
                yield
        except Locked as error:
            raise Busy from error
        finally:
            with self._mutex:
                self._in_hand.discard(key)

    def held(self, hall: str, name: str, size: int) -> int:
        """Return how many of the ``size`` bytes are here."""
        if self._path(hall, name).exists():
            return size
        try:
            grown = self._part(hall, name).stat().st_size
        except FileNotFoundError:
            return 0
        pieces = -(-size // PIECE_BYTES)
        whole = grown == size + pieces * _SEAL_BYTES
        return size if whole else min(grown // (PIECE_BYTES + _SEAL_BYTES), pieces - 1) * PIECE_BYTES

    def append(self, hall: str, name: str, offset: int, piece: bytes) -> None:
        """Write the piece that begins at ``offset``, a multiple of ``PIECE_BYTES``.

        Raises:
            NoRoom: the disk is too full.
        """
        path = self._part(hall, name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        usage = shutil.disk_usage(path.parent)
        if usage.used + len(piece) > usage.total * disk_room.NO_SCANS:
            raise NoRoom
        number = offset // PIECE_BYTES
        with path.open("ab") as file:
            file.truncate(number * (PIECE_BYTES + _SEAL_BYTES))
            file.write(self._cipher.seal(piece, _context(hall, name, number)))

    def finish(self, hall: str, name: str) -> None:
        """Let the grown file be the whole one; on the disk when this returns."""
        part, whole = self._part(hall, name), self._path(hall, name)
        if whole.exists():
            return
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(whole)
        if os.name == "posix":
            folder = os.open(whole.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def read(self, hall: str, name: str) -> bytes:
        """Return the bytes that are here, of a whole blob or of one that grows.

        Raises:
            SealBroken: they were altered, or a crash tore them.
            FileNotFoundError: there are none.
        """
        whole = self._path(hall, name)
        content, number = bytearray(), 0
        with (whole if whole.exists() else self._part(hall, name)).open("rb") as file:
            while sealed := file.read(PIECE_BYTES + _SEAL_BYTES):
                content += self._cipher.open(sealed, _context(hall, name, number))
                number += 1
        return bytes(content)

    def drop(self, hall: str, name: str) -> None:
        """Delete what is there."""
        for path in (self._path(hall, name), self._part(hall, name)):
            path.unlink(missing_ok=True)

    def _path(self, hall: str, name: str) -> Path:
        return self._folder / hall / name[:2] / name

    def _part(self, hall: str, name: str) -> Path:
        return self._folder / hall / name[:2] / f"{name}.part"


def _context(hall: str, name: str, number: int) -> str:
    return f"blob/{hall}/{name}/{number}"
