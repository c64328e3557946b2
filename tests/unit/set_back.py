"""A server set back to its backup, and what its counters then ask."""

from typing import Any

import pytest

from sync.protocol.interface import Refused
from sync.server.service.restored import renew

HALL = "9901"


def restore(hall: Any, hours_old: int = 1) -> str:
    """Go on as a database that was backed up some hours ago, in a process that has just started."""
    hall.service.context.told.clear()
    backup_ms = hall.clock.now_ms() - hours_old * 3_600_000
    name: str = hall.storage.write(lambda connection: renew(hall.service.context, connection, backup_ms))
    return name


def refused(work: Any) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.code


def head_pull(counter: Any) -> Any:
    return counter.server.pull(HALL, counter.server.snapshot(HALL).cursor, 100)
