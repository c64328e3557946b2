"""The ways to open the counter's database; each leaves it with this program's tables and a sound end of its log."""

from pathlib import Path

from app.ports.clock import Clock
from app.storage.engine import Connect, Database, file_connection, memory_connection
from app.storage.schema import prepare


def open_file(path: Path, key: bytes, clock: Clock) -> Database:
    """Open or make the encrypted file with a raw key of 32 bytes.

    Raises:
        StoreFault: damaged, another key, newer than this program, or not to be opened at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return open_with(file_connection(path, key), clock)


def open_memory(clock: Clock) -> Database:
    """Make a database that ends with the process."""
    return open_with(memory_connection, clock, shared=True)


def open_with(connect: Connect, clock: Clock, *, shared: bool = False) -> Database:
    """Open a database over connections of the caller's making; ``shared``: there is only one, for all threads."""
    database = Database(connect, shared=shared)
    try:
        prepare(database, clock)
    except BaseException:
        database.close()
        raise
    return database
