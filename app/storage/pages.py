"""The pages of a store's files as they lie on the disk: decrypted one by one, whatever the others are like.

SQLCipher 4 with a raw key: pages of 4096 bytes, each AES-256-CBC under the key itself; the last 80 bytes are the vector
(16) and an HMAC-SHA512 (64) over page and number. The write-ahead log holds the same pages behind frame headers.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE: Final = 4096
RESERVED: Final = 80
USABLE: Final = PAGE - RESERVED
VECTOR: Final = 16
SALT: Final = 16
WAL_HEADER: Final = 32
FRAME_HEADER: Final = 24
LEAF_TABLE: Final = 13
_FRAME: Final = struct.Struct(">6I")
_SHM: Final = struct.Struct("=3I2BH8I")
_SHM_NATIVE: Final = struct.Struct("=10I")


@dataclass(frozen=True, slots=True)
class Page:
    """One image of a page; of page 1 the first 16 bytes are zero."""

    number: int
    content: bytes


@dataclass(frozen=True, slots=True)
class WalIndex:
    """What SQLite noted of the log: how many frames are committed, under which salts."""

    frames: int
    salts: bytes


def pages_of(database: Path, key: bytes) -> Iterator[Page]:
    """Yield every image of every page: those of the database, then those of the log up to its last commit, in order."""
    if database.exists():
        with database.open("rb") as file:
            number = 1
            while len(raw := file.read(PAGE)) == PAGE:
                yield Page(number, _opened(raw, number, key))
                number += 1
    yield from _logged(wal_of(database), key)


def wal_of(database: Path) -> Path:
    """Return the file of the write-ahead log."""
    return database.with_name(database.name + "-wal")


def shm_of(database: Path) -> Path:
    """Return the file of the log's index."""
    return database.with_name(database.name + "-shm")


def wal_index(database: Path) -> WalIndex | None:
    """Return what the log's index says; None where there is none, or a crash tore it.

    SQLite writes it after the commit is on the disk, so it never promises more than there was.
    """
    try:
        with shm_of(database).open("rb") as file:
            first, second = file.read(_SHM.size), file.read(_SHM.size)
    except OSError:
        return None
    if len(second) != _SHM.size or first != second:
        return None
    frames, salts = _SHM.unpack(first)[6], first[32:40]
    return WalIndex(frames, salts) if _checksum(first[:40]) == first[40:48] else None


def promised(database: Path) -> int:
    """Return how many frames the log must have, as its index says; 0 where that index is of another log."""
    index = wal_index(database)
    if index is None or index.frames == 0:
        return 0
    try:
        with wal_of(database).open("rb") as file:
            head = file.read(WAL_HEADER + FRAME_HEADER)
    except OSError:
        return index.frames
    of_this_log = index.salts in (head[16:24], head[WAL_HEADER + 8 : WAL_HEADER + 16])
    return index.frames if of_this_log else 0


def falls_short(database: Path, wanted: int) -> bool:
    """Say whether SQLite, having opened the log, reads fewer frames of it than were promised."""
    if not wanted:
        return False
    index = wal_index(database)
    return index is None or index.frames < wanted


def _logged(log: Path, key: bytes) -> Iterator[Page]:
    if not log.exists():
        return
    data = log.read_bytes()
    count = (len(data) - WAL_HEADER) // (FRAME_HEADER + PAGE)
    heads = [_FRAME.unpack_from(data, WAL_HEADER + each * (FRAME_HEADER + PAGE)) for each in range(max(count, 0))]
    salts = _common([head[2:4] for head in heads])
    committed = max((at for at, head in enumerate(heads) if head[1] and head[2:4] == salts), default=-1)
    for at, head in enumerate(heads[: committed + 1]):
        if head[2:4] == salts:
            start = WAL_HEADER + at * (FRAME_HEADER + PAGE) + FRAME_HEADER
            yield Page(head[0], _opened(data[start : start + PAGE], head[0], key))


def _common(salts: list[tuple[int, ...]]) -> tuple[int, ...] | None:
    """Return the salts of the log's present life: those of its first frames, though one of them may be damaged."""
    first = salts[:5]
    return max(first, key=first.count) if first else None


def _opened(raw: bytes, number: int, key: bytes) -> bytes:
    start = SALT if number == 1 else 0
    vector = raw[USABLE : USABLE + VECTOR]
    opening = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return bytes(start) + opening.update(raw[start:USABLE]) + opening.finalize()


def _checksum(data: bytes) -> bytes:
    """SQLite's checksum of the index header, in the machine's own order of bytes."""
    one = two = 0
    words = _SHM_NATIVE.unpack(data)
    for at in range(0, len(words), 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return struct.pack("=2I", one, two)
