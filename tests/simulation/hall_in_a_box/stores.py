"""What stands under the programs of a hall: quick or plain stores in memory, files, or PostgreSQL."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from app.ports.clock import Clock
from app.storage import engine as counter_engine
from app.storage.engine import Database
from app.storage.opening import open_with
from hall_in_a_box.disk import Disk, new_disk
from hall_in_a_box.library import Library
from hall_in_a_box.postgres_disk import PostgresDisk
from hall_in_a_box.quick import QuickEngine
from hall_in_a_box.statements import share
from hall_in_a_box.timeline import PartyClock, Timeline
from sync.server.storage import engine
from sync.server.storage.engine import Storage

COUNTER, SERVER = Library(), Library()

Copy = Disk | str
"""A server's disk as it was once: another disk, or where PostgreSQL has put it aside."""


@cache
def _empty_counter() -> Disk:
    """Return the disk of a counter as the program makes it at its first start: in memory it is copied from then on."""
    disk = new_disk()
    open_with(lambda: disk, PartyClock(Timeline(0), 0), shared=True).close()
    return disk


@dataclass(frozen=True)
class Stores:
    """``quick``: the engine of ``quick.py`` instead of SQLAlchemy's; ``folder``: files there instead of memory.

    ``postgres`` is the address of an empty database, for the server.
    """

    quick: bool = True
    folder: Path | None = None
    postgres: str | None = None

    def counter_disk(self, window: str, clock: Clock) -> Disk:
        """Return the new disk of a counter, with its tables: in a file it is encrypted."""
        path = self.folder and self.folder / f"{window}.db"
        disk = Disk(str(path or ":memory:"), isolation_level=None, check_same_thread=False)
        if path:
            disk.execute(f"PRAGMA key = \"x'{bytes(range(counter_engine.KEY_BYTES)).hex()}'\"")
        counter_engine._configure(disk)
        if path:
            disk.execute("PRAGMA journal_mode = WAL")
            open_with(lambda: disk, clock, shared=True).close()
        else:
            _empty_counter().backup(disk)
        return disk

    def server_disk(self, source: Disk) -> Disk:
        """Return a copy of a server's disk."""
        if self.postgres:
            database: Any = PostgresDisk(self.postgres, self._plain(source).engine)
            return database  # type: ignore[no-any-return] # it has what the server's machine asks of a disk
        path = self.folder and self.folder / "server.db"
        disk = Disk(str(path or ":memory:"), isolation_level=None, check_same_thread=False)
        source.backup(disk)
        return disk

    def database(self, disk: Disk, clock: Clock) -> Database:
        """Open a counter's database as the program does at its start."""
        database = open_with(lambda: disk, clock, shared=True)
        if self.quick:
            database.engine = QuickEngine(COUNTER, disk, begins=False)  # type: ignore[assignment]
        else:
            share("counter", database.engine)
        return database

    def storage(self, disk: Disk | PostgresDisk) -> Storage:
        """Open the server's storage over the disk."""
        if isinstance(disk, PostgresDisk):
            return disk.storage()
        if self.quick:
            return Storage(QuickEngine(SERVER, disk, begins=True))  # type: ignore[arg-type]
        return self._plain(disk)

    def keep_server(self, disk: Disk | PostgresDisk) -> Copy:
        """Return a backup of the server's disk, which stays as it is now."""
        return disk.keep() if isinstance(disk, PostgresDisk) else new_disk(disk)

    def set_server_back(self, disk: Disk | PostgresDisk, copy: Copy) -> None:
        """Make the server's disk what it was when it was backed up; no program may be at work on it."""
        if isinstance(disk, PostgresDisk):
            assert isinstance(copy, str), "PostgreSQL kept it"
            disk.set_back(copy)
        else:
            assert isinstance(copy, Disk), "it is on a disk"
            copy.backup(disk)

    @staticmethod
    def _plain(disk: Disk) -> Storage:
        opened = engine._sqlite(make_url("sqlite://"), poolclass=StaticPool, creator=lambda: disk)
        share("server", opened)
        return Storage(opened)
