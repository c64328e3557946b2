"""What a request costs the machine, whoever else is at work on it: CPU seconds of servers and PostgreSQL."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    import psycopg


def of_servers(connection: "psycopg.Connection[Any]") -> Callable[[], float]:
    """Return what tells the CPU seconds used so far by what this process started and by the database; not its own."""
    database = of_database(connection)
    return lambda: of_started() + database()


def of_started() -> float:
    """Return the CPU seconds used so far by what this process started; the database has left its family."""
    return sum(map(_seconds, psutil.Process().children(recursive=True)))


def of_database(connection: "psycopg.Connection[Any]") -> Callable[[], float]:
    """Return what tells the CPU seconds used so far by the database."""
    [data] = connection.execute("SHOW data_directory").fetchone() or [""]
    database = psutil.Process(int(Path(data, "postmaster.pid").read_text("ascii").splitlines()[0]))
    return lambda: sum(map(_seconds, database.children()))


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)
