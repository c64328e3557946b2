"""Finds the signed operations in the pages of a damaged store, without its b-trees: a signature tells what is whole.

Nothing else is taken this way: what nobody signed cannot be told from what was damaged.
"""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain.operation import MalformedOperation, Operation, from_wire, operation_hash, payload_hash
from app.storage.pages import LEAF_TABLE, PAGE, USABLE, pages_of

_LOCAL_MOST: Final = USABLE - 35
_LOCAL_LEAST: Final = (USABLE - 12) * 32 // 255 - 23
_LONGEST: Final = 64 << 20
_TREE_PAGES: Final = frozenset({2, 5, 10, 13})
_FITS: Final = 0.2
"""Share of pages that look like a tree's under the right key; under a wrong one it is 1 in 64."""

Images = Mapping[int, Sequence[bytes]]


def operations_in(database: Path, key: bytes, public_key: str) -> dict[tuple[str, int], Operation]:
    """Return every operation this device signed that can be read, by incarnation and number."""
    images = _images(database, key)
    signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    found: dict[tuple[str, int], Operation] = {}
    for wire in _texts(images):
        operation = _whole(wire, signer)
        if operation is not None:
            found[operation.incarnation, operation.seq] = operation
    return found


def key_fits(database: Path, key: bytes) -> bool:
    """Say whether a file that does not open is damaged rather than locked with another key."""
    images = _images(database, key)
    pages = [content for number, each in images.items() if number > 1 for content in each]
    return bool(pages) and sum(_is_tree(content) for content in pages) >= _FITS * len(pages)


def whole(wire: object, public_key: str) -> Operation | None:
    """Return the operation if it is as this device signed it."""
    return _checked(wire, Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)))


def _images(database: Path, key: bytes) -> Images:
    images: dict[int, list[bytes]] = {}
    for page in pages_of(database, key):
        images.setdefault(page.number, []).append(page.content)
    return images


def _is_tree(content: bytes) -> bool:
    cells, start = struct.unpack_from(">HH", content, 3)
    return content[0] in _TREE_PAGES and cells < PAGE // 4 and (start == 0 or cells * 2 <= start <= USABLE)


def _texts(images: Images) -> Iterator[bytes]:
    """Yield what may be the third column of a row of the log, of every image of every leaf."""
    for number, each in images.items():
        for content in each:
            head = 100 if number == 1 else 0
            if content[head] != LEAF_TABLE:
                continue
            (cells,) = struct.unpack_from(">H", content, head + 3)
            for at in range(min(cells, PAGE // 4)):
                if head + 8 + at * 2 + 2 > USABLE:
                    break
                (place,) = struct.unpack_from(">H", content, head + 8 + at * 2)
                yield from _cell(content, place, images)


def _cell(content: bytes, place: int, images: Images) -> Iterator[bytes]:
    try:
        size, at = _varint(content, place)
        _, at = _varint(content, at)
    except IndexError:
        return
    if not 0 < size < _LONGEST:
        return
    if size <= _LOCAL_MOST:
        yield from _column(content[at : at + size])
        return
    local = _LOCAL_LEAST + (size - _LOCAL_LEAST) % (USABLE - 4)
    local = local if local <= _LOCAL_MOST else _LOCAL_LEAST
    if at + local + 4 > USABLE:
        return
    (following,) = struct.unpack_from(">I", content, at + local)
    for newest in (True, False):
        rest = _overflow(following, size - local, images, newest=newest)
        yield from _column(content[at : at + local] + rest)


def _overflow(number: int, left: int, images: Images, *, newest: bool) -> bytes:
    """Follow a chain of pages, over their newest or their oldest images."""
    gathered = bytearray()
    seen: set[int] = set()
    while left > 0 and number in images and number not in seen:
        seen.add(number)
        content = images[number][-1 if newest else 0]
        gathered += content[4 : 4 + min(left, USABLE - 4)]
        left -= USABLE - 4
        (number,) = struct.unpack_from(">I", content)
    return bytes(gathered)


def _column(record: bytes) -> Iterator[bytes]:
    """Yield the columns of a record that are texts beginning like an operation."""
    try:
        length, at = _varint(record, 0)
        place = length
        while at < length:
            kind, at = _varint(record, at)
            size = _size(kind)
            if kind >= 13 and kind % 2 and record[place : place + 1] == b"{":  # noqa: PLR2004 - odd from 13 on: a text
                yield record[place : place + size]
            place += size
    except IndexError:
        return


def _size(kind: int) -> int:
    if kind >= 12:  # noqa: PLR2004 - blobs and texts (SQLite file format, section 2.1)
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, at
    return value << 8 | data[at], at + 1


def _whole(wire: bytes, signer: Ed25519PublicKey) -> Operation | None:
    try:
        return _checked(json.loads(wire), signer)
    except (ValueError, RecursionError):
        return None


def _checked(wire: object, signer: Ed25519PublicKey) -> Operation | None:
    if not isinstance(wire, Mapping):
        return None
    try:
        operation = from_wire(wire)
        signer.verify(bytes.fromhex(operation.signature), operation_hash(operation).encode())
    except (MalformedOperation, InvalidSignature, ValueError, RecursionError):
        return None
    return operation if operation.payload_hash == payload_hash(operation.payload) else None
