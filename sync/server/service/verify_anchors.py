"""Proves the log of operations from end to end, and against what was anchored of it outside the database.

Four things are compared: every operation with its own hash and signature, with the one before, with where its
chain's row says that it ends, and with the file of every day.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from app.domain.operation import GENESIS, Operation, from_wire, spelled
from sync.server.service.anchor import AnchorAltered, Anchors, parsed
from sync.server.service.context import Context
from sync.server.service.verify_ops import signed
from sync.server.storage import chains
from sync.server.storage.anchor_files import AnchorFiles
from sync.server.storage.chains import ChainHead, Link
from sync.server.storage.cipher import SealBroken
from sync.server.storage.devices import ChainKey
from sync.server.storage.operations import Received

MOST_TOLD: Final = 100
"""Findings that are told one by one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written: ``code`` is in the messages, ``seq`` the operation's number.

    ``day`` is of the file that shows it, empty where the chain itself does.
    """

    code: str
    day: str = ""
    hall: str = ""
    counter: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Verified:
    """``newest`` is the last day anchored, empty where none is; ``restored``: the database began another life since."""

    files: int
    chains: int
    operations: int
    newest: str
    restored: bool
    findings: tuple[Finding, ...]


def verify(context: Context, files: AnchorFiles) -> Verified:
    """Read all of it; the server may serve meanwhile.

    Raises:
        OSError: the files cannot be read.
    """
    findings: list[Finding] = []
    anchored = _anchored(context, files, findings)
    ends, feeds, server = context.storage.read(
        lambda connection: (chains.every(connection), chains.feeds(connection), context.server_incarnation(connection))
    )
    expected: dict[ChainKey, dict[int, tuple[str, str]]] = defaultdict(dict)
    counters: dict[ChainKey, str] = {}
    for each in anchored:
        if each.server == server:
            findings += (
                Finding("anchor_feed_short", each.day, feed.hall)
                for feed in each.feeds
                if feeds.get(feed.hall, -1) < feed.feed
            )
        for head in each.heads:
            key = ChainKey(head.hall, head.device, head.incarnation)
            counters[key] = head.counter
            expected[key].setdefault(head.seq, (head.hash, each.day))
            if expected[key][head.seq][0] != head.hash:
                findings.append(Finding("anchor_differs", each.day, head.hall, head.counter, head.seq))
    count = 0
    for end in ends:
        count += _walk(context, end, expected.pop(end.key, {}), findings)
    for key, heads in expected.items():  # not even its registration is left
        seq = max(heads)
        findings.append(Finding("anchor_chain_short", heads[seq][1], key.hall, counters[key], seq))
    newest = anchored[-1] if anchored else None
    return Verified(
        len(anchored),
        len(ends),
        count,
        newest.day if newest else "",
        newest is not None and newest.server != server,
        tuple(findings),
    )


def _anchored(context: Context, files: AnchorFiles, findings: list[Finding]) -> list[Anchors]:
    """Return the files that are as they were written, oldest first."""
    kept, before = [], None
    for day in files.days():
        content = files.read(day)
        try:
            found = parsed(content, context.cipher)
        except AnchorAltered:
            findings.append(Finding("anchor_altered", day))
        else:
            if found.day != day:
                findings.append(Finding("anchor_altered", day))
            elif found.before != before:
                findings.append(Finding("anchor_missing", day))
            kept.append(found)
        before = sha256(content).hexdigest()
    return kept


def _walk(context: Context, end: ChainHead, expected: dict[int, tuple[str, str]], findings: list[Finding]) -> int:
    """Prove one chain; returns how many operations it has."""

    def wrong(code: str, seq: int, day: str = "") -> None:
        findings.append(Finding(code, day, end.hall, end.counter, seq))

    seq, last = 0, GENESIS
    for link in chains.links(context.storage, end.key):
        if link.seq != seq + 1:
            wrong("chain_hole", seq + 1)
        elif (link.seq == end.last_seq and link.hash != end.last_hash) or not _sound(context, end, link, last):
            wrong("chain_altered", link.seq)
        seq, last = link.seq, link.hash
        at = expected.pop(seq, None)
        if at is not None and at[0] != link.hash:
            wrong("anchor_differs", seq, at[1])
    if seq < end.last_seq:
        wrong("chain_short", end.last_seq)
    if missing := max(expected, default=0):
        wrong("anchor_chain_short", missing, expected[missing][1])
    return seq


def _sound(context: Context, end: ChainHead, link: Link, last: str) -> bool:
    """Say whether an operation is what its device signed, behind the one with that hash."""
    operation = _opened(context, end, link)
    if operation is None:
        return False
    spelling = spelled(operation)
    return (
        (operation.seq, operation.prev_hash) == (link.seq, last)
        and (operation.hall, operation.device, operation.incarnation) == (end.hall, end.device, end.incarnation)
        and (operation.payload_hash, link.hash) == (spelling.payload_hash, spelling.hash)
        and signed([Received(operation, spelling.hash, spelling.wire)], end.public_key)
    )


def _opened(context: Context, end: ChainHead, link: Link) -> Operation | None:
    seal = f"operation/{end.hall}/{end.device}/{end.incarnation}/{link.seq}"
    try:
        return from_wire(json.loads(context.cipher.open(link.sealed, seal)))
    except (SealBroken, ValueError):
        return None
