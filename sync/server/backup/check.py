"""Reads a backup from end to end without restoring it."""

from dataclasses import dataclass
from pathlib import Path

from sync.server.backup import copies
from sync.server.backup.archive import BackupUnreadable, Header, check_hash, frames, read_header
from sync.server.storage.cipher import AesGcmCipher


@dataclass(frozen=True, slots=True)
class Checked:
    """``rows`` of the database; ``unsound`` names the scanned copies that are not there or damaged."""

    header: Header
    rows: int
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
    ended: dict[str, int] | None = None
    for frame in frames(path, key):
        if "copies" in frame:
            held = [(name, size) for name, size in frame["copies"]]
        elif "rows" in frame:
            counts[frame["table"]] = counts.get(frame["table"], 0) + len(frame["rows"])
        else:
            ended = frame.get("end")
    if ended != counts:
        raise BackupUnreadable("backup_damaged")
    cipher = AesGcmCipher(key, lambda _count: b"")  # opens, and never seals
    return Checked(read_header(path), sum(counts.values()), len(held), tuple(copies.unsound(held, path.parent, cipher)))
