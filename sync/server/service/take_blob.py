"""Takes the bytes of scanned copies, piece by piece; a transfer that was cut goes on where it stood (sync.md 1)."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from app.domain.rights import Act
from app.domain.scanned_copy import kind_of
from sync.protocol.copy_messages import PIECE_BYTES, BlobHeld
from sync.server.service.blob_names import blob_name
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import copies
from sync.server.storage.blob_files import BlobFiles, Busy, NoRoom
from sync.server.storage.cipher import SealBroken
from sync.server.storage.copies import Blob, ReportedCopy
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

GIVEN_UP_MS: Final = 30 * 24 * 60 * 60 * 1000
"""After so long what was begun and never came whole is dropped."""


@dataclass(frozen=True, slots=True)
class Blobs:
    """Where the bytes lie, and how many a hall may have."""

    files: BlobFiles
    quota: int


@dataclass(frozen=True, slots=True)
class Piece:
    """``content`` begins at ``offset`` of ``size`` bytes; offset None: nothing is sent, how far is it?"""

    offset: int | None
    size: int
    content: bytes


def take_blob(context: Context, caller: Caller, blobs: Blobs, hashed: str, piece: Piece) -> BlobHeld:
    """Write a piece and say how far it is; the last one makes the whole durable.

    Raises:
        Refused: ``forbidden``; ``unknown_blob``: no case of the hall has a copy with this hash and size; ``blob_gap``:
            not the piece that is next; ``malformed``: not as long as a piece is; ``blob_wrong``: the whole is not what
            its name or its report says, and is dropped; ``storage_full``; ``rate_limited``: not now.
    """
    caller.require(Act.SYNC)
    name = blob_name(context, caller.hall, hashed)
    copy, known = context.storage.read(
        lambda connection: (
            copies.reported(connection, caller.hall, name),
            copies.get_blob(connection, caller.hall, name),
        )
    )
    if copy is None or copy.size != piece.size:
        raise refusal("unknown_blob")
    if known is not None and known.stored_ms is not None:
        return BlobHeld(size=copy.size, held=copy.size)
    try:
        with blobs.files.in_hand(caller.hall, name):
            return _grow(context, blobs, copy, hashed, piece, begun=known is not None)
    except Busy as busy:
        raise refusal("rate_limited") from busy
    except NoRoom as full:
        raise refusal("storage_full") from full


def sweep(context: Context, blobs: Blobs) -> int:
    """Drop the bytes that no copy names any more, and what never came whole; returns how many blobs."""
    before_ms = context.clock.now_ms() - GIVEN_UP_MS
    gone = context.storage.read(lambda connection: copies.unnamed(connection, before_ms))
    for each in gone:

        def forget(connection: Transaction, each: Blob = each) -> None:
            copies.drop_blob(connection, each.hall, each.blob)

        blobs.files.drop(each.hall, each.blob)
        context.storage.write(forget)
    if gone:
        logger.info("blobs.swept count=%d", len(gone))
    return len(gone)


def _grow(context: Context, blobs: Blobs, copy: ReportedCopy, hashed: str, piece: Piece, *, begun: bool) -> BlobHeld:
    held = blobs.files.held(copy.hall, copy.blob, copy.size)
    if held < copy.size and piece.offset is not None:
        if piece.offset != held:
            raise refusal("blob_gap")
        if len(piece.content) != min(PIECE_BYTES, copy.size - held):
            raise refusal("malformed")
        if not begun:
            _begin(context, blobs, copy)
        blobs.files.append(copy.hall, copy.blob, held, piece.content)
        held += len(piece.content)
    if held == copy.size:
        _finish(context, blobs, copy, hashed)
    return BlobHeld(size=copy.size, held=held)


def _begin(context: Context, blobs: Blobs, copy: ReportedCopy) -> None:
    def work(connection: Transaction) -> None:
        if copies.get_blob(connection, copy.hall, copy.blob) is not None:
            return
        if copies.used_bytes(connection, copy.hall) + copy.size > blobs.quota:
            raise refusal("storage_full")
        copies.begin_blob(connection, Blob(copy.hall, copy.blob, copy.size, context.clock.now_ms()))

    context.storage.write(work)


def _finish(context: Context, blobs: Blobs, copy: ReportedCopy, hashed: str) -> None:
    """Look at the whole before anybody may rely on it: bytes, name and kind."""
    try:
        content = blobs.files.read(copy.hall, copy.blob)
        sound = sha256(content).hexdigest() == hashed and kind_of(content) is copy.kind
    except SealBroken:
        sound = False  # a crash tore it
    if not sound:
        blobs.files.drop(copy.hall, copy.blob)
        context.storage.write(lambda connection: copies.drop_blob(connection, copy.hall, copy.blob))
        logger.warning("blobs.wrong hall=%s window=%s", copy.hall, copy.window)
        raise refusal("blob_wrong")
    blobs.files.finish(copy.hall, copy.blob)
    now_ms = context.clock.now_ms()
    context.storage.write(lambda connection: copies.blob_stored(connection, copy.hall, copy.blob, now_ms))
    logger.info("blobs.stored hall=%s size=%d", copy.hall, copy.size)
