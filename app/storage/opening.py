"""The ways to open the counter's database; each leaves it with this program's tables and a sound end of its log."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.ports.clock import Clock
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.engine import Connect, Database, file_connection, memory_connection
from app.storage.schema import prepare

OPENING_BYTES: Final = 1 << 16
"""What SQLite may write before it reads anything: the index of the log, and the log's head."""


def open_file(path: Path, key: bytes, clock: Clock) -> Database:
    """Open or make the encrypted file with a raw key of 32 bytes.

    Raises:
        StoreFault: damaged, another key, newer than this program, or not to be opened at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with room_told(path):
        return open_with(file_connection(path, key), clock)


@contextlib.contextmanager
def room_told(path: Path) -> Iterator[None]:
    """Say that the disk is full where SQLite found no room for the log's index: to it the disk is broken then.

    Raises:
        StoreFault: as the block, with reason disk_full instead of unusable.
    """
    try:
        yield
    except StoreFault as fault:
        if fault.reason is StoreFaultReason.UNUSABLE and shutil.disk_usage(path.parent).free < OPENING_BYTES:
            raise StoreFault(StoreFaultReason.DISK_FULL) from fault
        raise


def reason_of(error: OSError) -> StoreFaultReason:
    """Return what an error of the disk under a store's files means: it is full, or cannot be used."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return StoreFaultReason.DISK_FULL if full else StoreFaultReason.UNUSABLE


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
    database.key_fits = True
    return database
