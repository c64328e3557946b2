"""What stands under the programs of a hall: quick stores in memory, plain ones there, or files as they are shipped."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from app.ports.clock import Clock
from app.storage import engine as counter_engine
from app.storage.engine import Database
from app.storage.opening import open_with
from hall_in_a_box.disk import Disk
from hall_in_a_box.quick import Library, QuickEngine
from hall_in_a_box.statements import share
from sync.server.storage import engine
from sync.server.storage.engine import Storage

COUNTER, SERVER = Library(), Library()


@dataclass(frozen=True)
class Stores:
    """``quick``: the engine of ``quick.py`` instead of SQLAlchemy's; ``folder``: files there instead of memory."""

    quick: bool = True
    folder: Path | None = None

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
        return disk

    def server_disk(self, source: Disk) -> Disk:
        """Return a copy of a server's disk."""
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

    def storage(self, disk: Disk) -> Storage:
        """Open the server's storage over the disk."""
        if self.quick:
            return Storage(QuickEngine(SERVER, disk, begins=True))  # type: ignore[arg-type]
        opened = engine._sqlite(make_url("sqlite://"), poolclass=StaticPool, creator=lambda: disk)
        share("server", opened)
        return Storage(opened)
