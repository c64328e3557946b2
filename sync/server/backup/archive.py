"""The file of a backup: a plain header, sealed frames one after the other, a plain hash of it all at the end.

``CKBACKUP1``, then the header (JSON), then frames (zlib of MessagePack, AES-256-GCM), each behind its length in four
bytes, big-endian; a length of zero; SHA-256 of everything before. A frame is tied to the header and to its place, and
the last one says that it is the last: a file with another header, without its end or with frames in another order does
not open.
"""

import hashlib
import hmac
import json
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from sync.server.storage.cipher import AesGcmCipher, SealBroken

MAGIC: Final = b"CKBACKUP1\n"
FORMAT: Final = 2
"""The second carries the daily anchors; a program that knows the first alone would leave them out unsaid."""
_LENGTH: Final = struct.Struct(">I")
_LONGEST: Final = 256 << 20
"""Bytes of a frame; more is damage, not data."""
_HASH_BYTES: Final = 32
_PIECE: Final = 1 << 20


class BackupUnreadable(Exception):  # noqa: N818 - a state of the file, told to the operator
    """The file is no backup, damaged, of another installation or of a newer program; ``code`` is in the messages."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself without its key.

    ``schema`` is the migration the database stood at, ``made_ms`` the moment it shows (UTC milliseconds),
    ``key`` the fingerprint of the installation's key, ``incarnation`` the server's name then, ``salt`` random.
    """

    format: int
    schema: str
    made_ms: int
    key: str
    incarnation: str
    salt: str


def fingerprint(key: bytes) -> str:
    """Return 16 characters by which a key is known again, and which tell nothing of it."""
    return hmac.digest(key, b"chuangkou backup fingerprint", "sha256")[:8].hex()


class Writer:
    """Appends frames to an open file."""

    def __init__(self, file: IO[bytes], header: Header, key: bytes, random_bytes: Callable[[int], bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        head = json.dumps(asdict(header), sort_keys=True).encode()
        self._put(MAGIC + _LENGTH.pack(len(head)) + head)
        self._seals = _Seals(head, key, random_bytes)

    def add(self, frame: dict[str, Any], *, last: bool = False) -> None:
        """Seal and append a frame."""
        sealed = self._seals.seal(zlib.compress(msgspec.msgpack.encode(frame), 6), last=last)
        self._put(_LENGTH.pack(len(sealed)) + sealed)

    def finish(self) -> None:
        """Append the hash."""
        self._put(_LENGTH.pack(0))
        self._file.write(self._hash.digest())

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)


class _Seals:
    """Seals and opens the frames of one file, in their order."""

    def __init__(self, head: bytes, key: bytes, random_bytes: Callable[[int], bytes]) -> None:
        self._cipher = AesGcmCipher(hmac.digest(key, b"chuangkou backup", "sha256"), random_bytes)
        self._head = hashlib.sha256(head).hexdigest()
        self._number = 0

    def seal(self, plain: bytes, *, last: bool) -> bytes:
        return self._cipher.seal(plain, self._place(last=last))

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        return self._cipher.open(sealed, self._place(last=last))

    def _place(self, *, last: bool) -> str:
        self._number += 1
        return f"backup/{self._head}/{self._number}{'/last' if last else ''}"


@contextmanager
def fresh_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that is there whole or not at all, for its owner only.

    Raises:
        OSError: it cannot be written, or is there already.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(path)
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_header(path: Path) -> Header:
    """Return what the file says of itself.

    Raises:
        BackupUnreadable: ``backup_not_one``, ``backup_newer``.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return _header(_head(file))


def frames(path: Path, key: bytes) -> Iterator[dict[str, Any]]:
    """Yield the frames, each proved to be what was written; the last one is marked by its key ``end``.

    Raises:
        BackupUnreadable: ``backup_other_key``, ``backup_damaged``, and what ``read_header`` raises.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = _head(file)
        if not hmac.compare_digest(_header(head).key, fingerprint(key)):
            raise BackupUnreadable("backup_other_key")
        seals = _Seals(head, key, os.urandom)
        sealed = _sealed(file)
        while sealed:
            following = _sealed(file)
            yield _opened(seals, sealed, last=not following)
            sealed = following


def check_hash(path: Path) -> None:
    """Look whether the file is as it was written; needs no key.

    Raises:
        BackupUnreadable: ``backup_damaged``, and what ``read_header`` raises.
        OSError: it cannot be read.
    """
    read_header(path)
    left, hashed = path.stat().st_size - _HASH_BYTES, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            hashed.update(piece)
            left -= len(piece)
        if left or hashed.digest() != file.read():
            raise BackupUnreadable("backup_damaged")


def _head(file: IO[bytes]) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise BackupUnreadable("backup_not_one")
    return _sealed(file)


def _header(head: bytes) -> Header:
    try:
        found = msgspec.json.decode(head, type=Header)
    except msgspec.MsgspecError as error:
        raise BackupUnreadable("backup_damaged") from error
    if found.format > FORMAT:
        raise BackupUnreadable("backup_newer")
    return found


def _sealed(file: IO[bytes]) -> bytes:
    """Return the next stretch that stands behind its length; empty at the end."""
    length = file.read(_LENGTH.size)
    if len(length) != _LENGTH.size:
        raise BackupUnreadable("backup_damaged")
    (count,) = _LENGTH.unpack(length)
    if count > _LONGEST or len(found := file.read(count)) != count:
        raise BackupUnreadable("backup_damaged")
    return found


def _opened(seals: _Seals, sealed: bytes, *, last: bool) -> dict[str, Any]:
    try:
        frame: dict[str, Any] = msgspec.msgpack.decode(zlib.decompress(seals.open(sealed, last=last)))
    except (SealBroken, zlib.error, msgspec.MsgspecError) as error:
        raise BackupUnreadable("backup_damaged") from error
    return frame
