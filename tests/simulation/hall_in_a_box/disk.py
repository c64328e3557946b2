"""A database that outlives its program: what was committed stays, what was open is rolled back."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs


class Cut(StrEnum):
    """When the power goes, seen from a commit."""

    BEFORE = "before commit"
    AFTER = "after commit"


class PowerCut(BaseException):
    """The machine is off. Not an ``Exception``: no handler of the program may get in its way."""


class Disk(sqlcipher.Connection):  # type: ignore[misc] # the library has no stubs
    """The only connection to a database in memory; ``cut`` is asked at every commit whether the power fails."""

    cut: Callable[[], Cut | None] = staticmethod(lambda: None)

    def commit(self) -> None:
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

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read behind the program's back."""
        found: list[tuple[Any, ...]] = self.execute(query, values).fetchall()
        return found


def new_disk(source: Disk | None = None) -> Disk:
    """Return an empty disk, or a copy."""
    disk = Disk(":memory:", isolation_level=None, check_same_thread=False)
    if source is not None:
        source.backup(disk)
    return disk
