"""How full the server's disk is, and whether an error of the database says that it is full."""

import shutil
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from app.domain.disk_room import Room, room_of
from app.ports.clock import Clock

LOOK_MS: Final = 5_000
"""How long a look at the disk holds."""
OPENING_BYTES: Final = 1 << 16
DatabaseSaysNo = SQLAlchemyError
"""What the database raises, for those who may not know its library."""
_SQLITE_SAYS: Final = "database or disk is full"
_POSTGRES_SAYS: Final = "53100"


class DiskWatch:
    """The disk that holds a folder; asked by every request that writes, looked at every few seconds."""

    def __init__(self, folder: Path | None, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._until_ms = -1
        self._room = Room.PLENTY

    def room(self) -> Room:
        """Return what the disk still takes; one that cannot be asked says so when something is written."""
        now = self._clock.monotonic_ms()
        if self._folder is not None and now >= self._until_ms:
            self._until_ms = now + LOOK_MS
            self._room = room_of(disk_used(self._folder))
        return self._room


def disk_used(folder: Path) -> float:
    """Return the share of the folder's disk in use, 0 to 1; 0 where it cannot be asked."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return 0.0
    return usage.used / usage.total if usage.total else 0.0


def says_full(error: DatabaseSaysNo) -> bool:
    """Say whether the database could not write because its disk is full: PostgreSQL's state 53100, SQLite's words."""
    orig = getattr(error, "orig", None)
    return getattr(orig, "sqlstate", None) == _POSTGRES_SAYS or _SQLITE_SAYS in str(orig)


def has_no_room(error: BaseException | None, file: Path | None) -> bool:
    """Say whether a database could not be opened for want of room; ``file`` is SQLite's, None for PostgreSQL.

    SQLite that may not even write the index of its log says "disk I/O error", as of a broken disk.
    """
    if isinstance(error, SQLAlchemyError) and says_full(error):
        return True
    try:
        return file is not None and shutil.disk_usage(file.parent).free < OPENING_BYTES
    except OSError:
        return False
