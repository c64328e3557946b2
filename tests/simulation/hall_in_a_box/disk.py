"""A database that outlives its program: what was committed stays, what was open is rolled back."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs

MOST_PAGES = 0xFFFFFFFE


class Cut(StrEnum):
    """When the power goes, seen from a commit."""

    BEFORE = "before commit"
    AFTER = "after commit"


class PowerCut(BaseException):
    """The machine is off. Not an ``Exception``: no handler of the program may get in its way."""


class Disk(sqlcipher.Connection):  # type: ignore[misc] # the library has no stubs
    """The only connection to a database in memory; ``cut`` is asked at every commit whether the power fails."""

    cut: Callable[[], Cut | None] = staticmethod(lambda: None)
    takes_no_commit = False

    def commit(self) -> None:
        if self.takes_no_commit and self.in_transaction:
            self.rollback()
            raise _full()
        when = self.cut()
        if when is Cut.BEFORE:
            raise PowerCut(when)
        super().commit()
        if when is Cut.AFTER:
            raise PowerCut(when)

    def close(self) -> None:
        """Only roll back: the program lets go of the disk, the disk stays."""
        if self.in_transaction:
            self.rollback()

    def fill(self, pages: int | None) -> None:
        """Leave room for so many pages: a statement that needs more fails in SQLite itself. None: at the commit."""
        self.takes_no_commit = pages is None
        if pages is not None:
            [(used,)] = self.rows("PRAGMA page_count")
            self.execute(f"PRAGMA max_page_count = {used + pages}")

    def make_room(self) -> None:
        """Let everything be written again."""
        self.takes_no_commit = False
        self.execute(f"PRAGMA max_page_count = {MOST_PAGES}")

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read behind the program's back."""
        found: list[tuple[Any, ...]] = self.execute(query, values).fetchall()
        return found


def _full() -> Exception:
    """Return what the driver raises where the log cannot grow at the commit."""
    error = sqlcipher.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlcipher.SQLITE_FULL
    made: Exception = error
    return made


def new_disk(source: Disk | None = None) -> Disk:
    """Return an empty disk, or a copy."""
    disk = Disk(":memory:", isolation_level=None, check_same_thread=False)
    if source is not None:
        source.backup(disk)
    return disk
