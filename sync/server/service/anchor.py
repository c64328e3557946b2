"""Anchors the heads of all chains outside the database once a day (sync.md section 5).

A chain shows what was altered or taken out in its middle, never that its end is missing; what was written down of its
head elsewhere does.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import msgspec

from sync.server.service.context import Context
from sync.server.storage import chains
from sync.server.storage.anchor_files import AnchorFiles
from sync.server.storage.chains import ChainHead
from sync.server.storage.cipher import Cipher
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

VERSION: Final = 1
_CONTEXT: Final = "anchor"


class AnchorAltered(Exception):  # noqa: N818 - found when reading, not caused by it
    """A file of anchors is not what this server wrote."""


class _First(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    anchors: int
    day: str
    made_ms: int
    server: str
    before: str | None


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the feed of a hall stood."""

    hall: str
    feed: int


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a chain ended."""

    hall: str
    device: str
    incarnation: str
    counter: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """One day's file; ``before`` is the SHA-256 of the file before it, None in the first."""

    day: str
    server: str
    before: str | None
    feeds: tuple[Feed, ...]
    heads: tuple[Head, ...]


def anchor(context: Context, files: AnchorFiles) -> bool:
    """Write today's file unless it is there; returns whether it was written.

    A disk that takes nothing holds up nothing: the next round tries again.
    """
    try:
        days = files.days()
        today = context.today()
        if today in days:
            return False
        before = sha256(files.read(days[-1])).hexdigest() if days else None

        def heads(connection: Transaction) -> tuple[str, dict[str, int], list[ChainHead]]:
            return context.server_incarnation(connection), chains.feeds(connection), chains.every(connection)

        server, feeds, ends = context.storage.read(heads)
        first = {
            "anchors": VERSION,
            "day": today,
            "made_ms": context.clock.now_ms(),
            "server": server,
            "before": before,
        }
        lines = [first, *({"hall": hall, "feed": head} for hall, head in feeds.items()), *map(_line, ends)]
        body = b"".join(map(_spelt, lines))
        files.write(today, body + _spelt({"code": context.cipher.mark(body, _CONTEXT).hex()}))
    except OSError as error:
        logger.warning("anchor.failed error=%s", type(error).__name__)
        return False
    logger.info("anchor.written day=%s chains=%d", today, len(ends))
    return True


def parsed(content: bytes, cipher: Cipher) -> Anchors:
    """Return what a file says.

    Raises:
        AnchorAltered: this server did not write it so.
    """
    body, _, last = content.rstrip(b"\n").rpartition(b"\n")
    body += b"\n"
    if content != body + _spelt({"code": cipher.mark(body, _CONTEXT).hex()}) or not last:
        raise AnchorAltered
    try:
        head, *rest = body.splitlines()
        first = msgspec.json.decode(head, type=_First)
        feeds = tuple(msgspec.json.decode(each, type=Feed) for each in rest if b'"feed"' in each)
        heads = tuple(msgspec.json.decode(each, type=Head) for each in rest if b'"feed"' not in each)
    except msgspec.DecodeError as error:
        raise AnchorAltered from error
    return Anchors(first.day, first.server, first.before, feeds, heads)


def _line(each: ChainHead) -> dict[str, Any]:
    return {
        "hall": each.hall,
        "device": each.device,
        "incarnation": each.incarnation,
        "counter": each.counter,
        "seq": each.last_seq,
        "hash": each.last_hash,
    }


def _spelt(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
