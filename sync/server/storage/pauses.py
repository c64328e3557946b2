"""Which windows pause now: why, since when, and when they said they would be back (all times UTC milliseconds)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from sync.server.storage.tables import window_pause


@dataclass(frozen=True, slots=True)
class WindowPaused:
    """One window's sign; who reads it decides whether ``paused_until`` has passed."""

    window: str
    pause_reason: str
    paused_since: int
    paused_until: int
    clerk: str


_OF_HALL = select(
    window_pause.c.window,
    window_pause.c.reason,
    window_pause.c.since_ms,
    window_pause.c.until_ms,
    window_pause.c.clerk,
).where(window_pause.c.hall == bindparam("of_hall"))


def set(connection: Connection, hall: str, pause: WindowPaused) -> None:  # noqa: A001 - read as pauses.set
    """Hang out the sign of a window, in place of the one it had."""
    clear(connection, hall, pause.window)
    connection.execute(
        insert(window_pause).values(
            hall=hall,
            window=pause.window,
            reason=pause.pause_reason,
            since_ms=pause.paused_since,
            until_ms=pause.paused_until,
            clerk=pause.clerk,
        )
    )


def clear(connection: Connection, hall: str, window: str) -> None:
    """Take the sign of a window down, if there is one."""
    connection.execute(delete(window_pause).where(window_pause.c.hall == hall, window_pause.c.window == window))


def paused(connection: Connection, hall: str) -> Mapping[str, WindowPaused]:
    """Return the windows of the hall that pause, by their number."""
    return {row.window: WindowPaused(*row) for row in connection.execute(_OF_HALL, {"of_hall": hall})}
