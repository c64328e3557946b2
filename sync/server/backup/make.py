"""Makes a backup while the server serves: one consistent view of the database, its anchors, the copies it speaks of."""

import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.ports.clock import Clock
from sync.server.backup import copies
from sync.server.backup.archive import FORMAT, BackupUnreadable, Header, Writer, fingerprint, frames, fresh_file
from sync.server.storage import halls, portable
from sync.server.storage.anchor_files import AnchorFiles
from sync.server.storage.engine import Storage, Transaction, open_as_it_is

ENDING: Final = ".ckbackup"


@dataclass(frozen=True, slots=True)
class Made:
    """``rows`` of the database; ``anchors`` in days; ``copied`` scanned copies that were new here of ``held``.

    ``dropped`` are the older files that went.
    """

    path: Path
    rows: int
    anchors: int
    held: int
    copied: int
    dropped: Sequence[Path] = ()


class NotOurs(Exception):  # noqa: N818 - told to the operator
    """The database is empty or not this product's."""


def make(url: str, data: Path, to: Path, key: bytes, clock: Clock) -> Made:
    """Write the backup of the database at ``url`` and of the copies in ``data``.

    Raises:
        NotOurs, portable.DamagedError, FileExistsError, OSError, StorageFault.
    """
    with closing(open_as_it_is(url, clock)) as storage:
        portable.require_sound(storage)
        return _write(storage, data, to, key, clock)


def _write(storage: Storage, data: Path, to: Path, key: bytes, clock: Clock) -> Made:
    anchors, copied = AnchorFiles(data), list[Path]()
    # The view is younger than this list: no anchor tells of what the backup does not hold.
    days = anchors.days()
    with fresh_file(to) as file:

        def work(connection: Transaction) -> Made:
            file.seek(0)
            file.truncate()
            schema = portable.migration(connection)
            if schema is None:
                raise NotOurs
            name = halls.incarnation(connection) or ""
            header = Header(FORMAT, schema, clock.now_ms(), fingerprint(key), name, secrets.token_hex(16))
            writer = Writer(file, header, key, clock.random_bytes)
            # The view is older than this list, so that no row speaks of bytes that are not in it.
            held = copies.whole(data)
            copies.bring(held, data, to.parent, copied)
            writer.add({"copies": held})
            for day in days:
                writer.add({"anchor": day, "content": anchors.read(day)})
            counts: dict[str, int] = {}
            for table, columns, rows in portable.portions(connection):
                writer.add({"table": table, "columns": columns, "rows": rows})
                counts[table] = counts.get(table, 0) + len(rows)
            writer.add({"end": counts, "anchors": len(days)}, last=True)
            writer.finish()
            return Made(to, sum(counts.values()), len(days), len(held), len(copied))

        return storage.read(work)


def rotate(folder: Path, keep: int, key: bytes) -> list[Path]:
    """Delete all but the newest backups of a folder, and the copies that none of those names; return the files.

    Nothing is deleted where a backup that stays cannot be read.

    Raises:
        BackupUnreadable, OSError.
    """
    every = sorted(folder.glob(f"*{ENDING}"), key=lambda each: each.stat().st_mtime, reverse=True)
    wanted = {name for each in every[:keep] for name, _ in copies_of(each, key)}
    for each in every[keep:]:
        each.unlink()
    copies.forget(folder, wanted)
    return every[keep:]


def copies_of(path: Path, key: bytes) -> list[copies.Held]:
    """Return the copies a backup names.

    Raises:
        BackupUnreadable, OSError.
    """
    first = next(frames(path, key), {})
    if "copies" not in first:
        raise BackupUnreadable("backup_damaged")
    return [(name, size) for name, size in first["copies"]]
