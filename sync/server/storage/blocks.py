"""The epochs of the windows' reserved blocks, and when the counter of a window was last heard."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.server.storage.block_tables import window_block, window_heard
from sync.server.storage.if_absent import Upsert

_ROW = window_block.c.hall == bindparam("of_hall"), window_block.c.window == bindparam("of_window")
_MARKS = select(window_block.c.epoch, window_block.c.fence_epoch).where(*_ROW)
_LOCK = _MARKS.with_for_update()
_PUT = (
    update(window_block)
    .where(*_ROW)
    .values({"epoch": bindparam("new_epoch"), "fence_epoch": bindparam("new_fence_epoch")})
)
_HEARD = Upsert(window_heard, "heard_ms")


@dataclass(frozen=True, slots=True)
class Marks:
    """``epoch`` is the newest reservation given to the window, ``fence_epoch`` the newest one a fence ended; or 0."""

    epoch: int = 0
    fence_epoch: int = 0


def marks(connection: Connection, hall: str, window: str) -> Marks:
    """Return the window's epochs."""
    row = connection.execute(_MARKS, {"of_hall": hall, "of_window": window}).first()
    return Marks() if row is None else Marks(*row)


def lock(connection: Connection, hall: str, window: str) -> Marks:
    """Return the window's epochs and lock them: grants and fences of one window come one after the other."""
    row = connection.execute(_LOCK, {"of_hall": hall, "of_window": window}).first()
    if row is not None:
        return Marks(*row)
    connection.execute(insert(window_block).values(hall=hall, window=window, **asdict(Marks())))
    return Marks()


def put(connection: Connection, hall: str, window: str, new: Marks) -> None:
    """Replace the window's epochs, which the caller has locked."""
    values = {"of_hall": hall, "of_window": window, "new_epoch": new.epoch, "new_fence_epoch": new.fence_epoch}
    connection.execute(_PUT, values)


def every(connection: Connection, hall: str) -> Mapping[str, Marks]:
    """Return the epochs of every window of the hall that ever had a block."""
    rows = connection.execute(select(window_block).where(window_block.c.hall == hall)).all()
    return {row.window: Marks(row.epoch, row.fence_epoch) for row in rows}


def put_heard(connection: Connection, hall: str, window: str, now_ms: int) -> None:
    """Write down that the window's counter asked for something."""
    put_all_heard(connection, hall, [window], now_ms)


def put_all_heard(connection: Connection, hall: str, windows: Collection[str], now_ms: int) -> None:
    """Write down the same of several windows, in one order for all who do."""
    _HEARD.put(connection, [{"hall": hall, "window": each, "heard_ms": now_ms} for each in sorted(windows)])


def heard(connection: Connection, hall: str) -> Mapping[str, int]:
    """Return by window when its counter was last heard, UTC milliseconds."""
    rows = connection.execute(select(window_heard).where(window_heard.c.hall == hall)).all()
    return {row.window: row.heard_ms for row in rows}
