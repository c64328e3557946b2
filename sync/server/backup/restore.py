"""Restores a backup into an empty database, which then begins a life of its own (ADR 0026)."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.ports.clock import Clock
from sync.server.backup import anchors, copies
from sync.server.backup.archive import BackupUnreadable, frames, read_header
from sync.server.backup.check import check
from sync.server.backup.make import copies_of
from sync.server.backup.placing import taken_back_on_failure
from sync.server.service.context import Context
from sync.server.service.restored import renew
from sync.server.storage import halls, portable, restored
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import Transaction, open_as_it_is


class NotEmpty(Exception):  # noqa: N818 - told to the operator
    """The database has tables: nothing is ever restored over something."""


class TooNew(Exception):  # noqa: N818 - told to the operator
    """A newer program made the backup; ``found`` is its migration."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True, slots=True)
class Done:
    """``awaited`` are the windows whose counters have to push again, by hall; ``missing`` scanned copies.

    ``anchors`` are the days anchored in the backup; under each of ``other_anchors`` another file lies, and was left.
    """

    rows: int
    made_ms: int
    incarnation: str
    missing: int
    anchors: int
    other_anchors: tuple[str, ...]
    held_calls: bool
    awaited: tuple[str, ...]


def restore(source: Path, url: str, data: Path, key: bytes, clock: Clock, *, margin: int) -> Done:
    """Fill the empty database at ``url`` and the folder ``data``; nothing is kept where anything fails.

    Raises:
        BackupUnreadable, NotEmpty, TooNew, OSError, StorageFault.
    """
    checked = check(source, key)
    header = read_header(source)
    if header.schema > portable.newest():
        raise TooNew(header.schema)
    with closing(open_as_it_is(url, clock)) as storage, taken_back_on_failure(data) as placed:
        context = Context(storage, clock, AesGcmCipher(key, clock.random_bytes))
        if not storage.read(portable.is_empty):
            raise NotEmpty
        missing = copies.bring(copies_of(source, key), source.parent, data, placed)
        others = tuple(anchors.bring(anchors.anchors_of(source, key), data, placed))

        def work(connection: Transaction) -> Done:
            if not portable.is_empty(connection):
                raise NotEmpty
            portable.migrate_to(connection, header.schema)
            counts = portable.fill(connection, _portions(source, key))
            portable.migrate_to(connection, "head")
            if sum(counts.values()) != checked.rows:
                raise BackupUnreadable("backup_damaged")
            incarnation = renew(context, connection, header.made_ms, margin)
            codes = halls.codes(connection)
            held = any(found.calls_held for code in codes if (found := restored.restored(connection, code)))
            waits = tuple(window for code in codes for window in restored.awaited(connection, code))
            return Done(checked.rows, header.made_ms, incarnation, len(missing), checked.anchors, others, held, waits)

        return storage.write(work)


def _portions(source: Path, key: bytes) -> Iterator[portable.Portion]:
    for frame in frames(source, key):
        if "rows" in frame:
            yield frame["table"], frame["columns"], frame["rows"]
