"""A disk that remembers in which order it was written and synced, and what it may hold after the power went.

SQLite's unix file system with a recorder before it, as an APSW VFS; and such a connection in the shape of the driver
that the stores speak to. What is not synced may be there, be missing, or be there in some of its sectors.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
NAME = "recorded"


@dataclass(frozen=True)
class Write:
    """Bytes at an offset; a truncation where there are none."""

    file: str
    offset: int
    data: bytes | None


@dataclass(frozen=True)
class Sync:
    """Everything written to this file before is on the disk."""

    file: str


@dataclass(frozen=True)
class Gone:
    """This file was deleted; SQLite syncs the folder before it goes on."""

    file: str


@dataclass(frozen=True)
class Told:
    """The program said to the outside that this was done."""

    line: dict[str, str]


class Recording(apsw.VFS):
    """Every write and sync of every file opened through it."""

    def __init__(self) -> None:
        super().__init__(NAME, "")
        self.events: list[Write | Sync | Gone | Told] = []

    def xOpen(self, name: Any, flags: list[int]) -> "RecordedFile":  # noqa: N802 - SQLite's name
        return RecordedFile(self.events, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802
        super().xDelete(filename, syncdir)
        self.events.append(Gone(Path(filename).name))


class RecordedFile(apsw.VFSFile):
    """One file of it."""

    def __init__(self, events: list[Any], name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        full = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(full).name if full else ""
        self._events = events

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._events.append(Write(self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._events.append(Write(self._name, newsize, None))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._events.append(Sync(self._name))


class Cursor:
    """What SQLAlchemy's dialect asks of a cursor."""

    def __init__(self, connection: "Connected") -> None:
        self._connection = connection
        self._rows: list[tuple[Any, ...]] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    def execute(self, statement: str, parameters: Any = ()) -> "Cursor":
        raw, shape = self._connection.raw, []
        cursor = raw.cursor()
        cursor.exec_trace = lambda traced, _sql, _bindings: shape.append(traced.get_description()) or True
        before = raw.total_changes()
        self._rows = cursor.execute(statement, parameters).fetchall()
        self.rowcount = raw.changes() if raw.total_changes() != before else 0
        self.lastrowid = raw.last_insert_rowid()
        self.description = (
            [(name, None, None, None, None, None, None) for name, _ in shape[-1]] if shape and shape[-1] else None
        )
        return self

    def executemany(self, statement: str, sets: Sequence[Any]) -> "Cursor":
        changed = 0
        for each in sets:
            changed += self.execute(statement, each).rowcount
        self.rowcount = changed
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        rows, self._rows = self._rows, []
        return rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        taken = self._rows[: size or 1]
        self._rows = self._rows[len(taken) :]
        return taken

    def close(self) -> None:
        self._rows = []


class Connected:
    """A connection of APSW as the driver of the stores would give it; not encrypted."""

    isolation_level = None

    def __init__(self, path: Path) -> None:
        self.raw = apsw.Connection(str(path), vfs=NAME)

    def cursor(self) -> Cursor:
        return Cursor(self)

    def execute(self, statement: str, parameters: Any = ()) -> Cursor:
        return self.cursor().execute(statement, parameters)

    def create_function(self, name: str, count: int, function: Any, **_: Any) -> None:
        self.raw.create_scalar_function(name, function, count)

    def commit(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("COMMIT")

    def rollback(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        self.rollback()
        self.raw.close()


@dataclass
class Disk:
    """What is surely there, and what was written since the last sync of its file."""

    sure: dict[str, bytearray] = field(default_factory=dict)
    loose: dict[str, list[Write]] = field(default_factory=dict)

    def take(self, event: Write | Sync | Gone) -> None:
        if isinstance(event, Gone):
            self.sure.pop(event.file, None)
            self.loose.pop(event.file, None)
            return
        if isinstance(event, Write):
            self.loose.setdefault(event.file, []).append(event)
            return
        for write in self.loose.pop(event.file, []):
            _apply(self.sure.setdefault(write.file, bytearray()), write)

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return one of the states in which the files may be found."""
        found = {name: bytearray(content) for name, content in self.sure.items()}
        how = chance.choice(("none", "first", "some", "torn"))
        for name, writes in self.loose.items():
            kept = chance.randint(0, len(writes))
            for place, write in enumerate(writes):
                if how == "none" or (how == "first" and place >= kept) or (how == "some" and chance.random() < 0.5):
                    continue
                target = found.setdefault(name, bytearray())
                if how == "torn" and write.data:
                    _tear(target, write, chance)
                else:
                    _apply(target, write)
        return {name: bytes(content) for name, content in found.items()}


def _apply(target: bytearray, write: Write) -> None:
    if write.data is None:
        del target[write.offset :]
        return
    if len(target) < write.offset:
        target.extend(bytes(write.offset - len(target)))
    target[write.offset : write.offset + len(write.data)] = write.data


def _tear(target: bytearray, write: Write, chance: random.Random) -> None:
    assert write.data is not None
    begin, end = write.offset, write.offset + len(write.data)
    while begin < end:
        border = min(end, (begin // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            _apply(target, Write(write.file, begin, write.data[begin - write.offset : border - write.offset]))
        begin = border


def images(
    events: Sequence[Any], first: int, count: int, chance: random.Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Yield after how many events the power went, and the files then; no cut comes before event ``first``."""
    cuts = sorted(chance.randint(first, len(events)) for _ in range(count))
    disk, done = Disk(), 0
    for cut in cuts:
        for event in events[done:cut]:
            if not isinstance(event, Told):
                disk.take(event)
        done = cut
        yield cut, disk.after_cut(chance)
