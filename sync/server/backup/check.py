"""Reads a backup from end to end without restoring it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.server.backup import copies
from sync.server.backup.archive import BackupUnreadable, Header, check_hash, frames, read_header
from sync.server.storage.cipher import AesGcmCipher


@dataclass(frozen=True, slots=True)
class Checked:
    """``rows`` of the database, ``anchors`` in days; ``unsound`` names the scanned copies not there or damaged."""

    header: Header
    rows: int
    anchors: int
    held: int
    unsound: tuple[str, ...]


def check(path: Path, key: bytes) -> Checked:
    """Look at hash, seals, order, end and counts of a backup, and at the scanned copies beside it.

    Raises:
        BackupUnreadable: with its code.
        OSError: it cannot be read.
    """
    check_hash(path)
    counts: dict[str, int] = {}
    held: list[copies.Held] = []
    anchored, ended = 0, dict[str, Any]()
    for frame in frames(path, key):
        if "copies" in frame:
            held = [(name, size) for name, size in frame["copies"]]
        elif "rows" in frame:
            counts[frame["table"]] = counts.get(frame["table"], 0) + len(frame["rows"])
        elif "anchor" in frame:
            anchored += 1
        else:
            ended = frame
    if (ended.get("end"), ended.get("anchors", 0)) != (counts, anchored):
        raise BackupUnreadable("backup_damaged")
    cipher = AesGcmCipher(key, lambda _count: b"")  # opens, and never seals
    unsound = tuple(copies.unsound(held, path.parent, cipher))
    return Checked(read_header(path), sum(counts.values()), anchored, len(held), unsound)
