"""``make soak``: a hall of 60 windows in fast motion for as long as asked; the server's processes must not grow."""

import asyncio
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import ground
import psutil
from clients import counters
from figures import Figure, median
from hall_traffic import Traffic
from report import table

from sync.server.service import provision
from sync.server.storage.clerks import Profile
from sync.server.storage.engine import CONNECTIONS, ONE_MORE, Storage

if TYPE_CHECKING:
    import psycopg

MINUTES, WINDOWS, LISTENERS = 20, 60, 40
PERSON = Profile("0902", "督查员", "D-SJ", ("supervisor",), (), ())
PASSWORD = "soak-0902"
A_DAY = 1_000
"""Citizens after which it is another day. They are twice as many numbers, 33 a window, since each of them comes once
with a number and once without."""
WARM = A_DAY
"""Citizens after which the looks begin: what a process opens and learns by heart once is there, and a day was whole."""
MONTH, GOING_ON = 22 * A_DAY, 4 * A_DAY
"""Cases of the month before, and how many of them go on: as many every counter holds, whatever came before them
(sync/protocol/README.md, 8.4)."""
MONTH_BEHIND = """
    INSERT INTO service_case (hall, case_id, case_no, "window", counter, item_id, department, state, rev, accepted_on,
        promised_due, statutory_due, provisional, doc_no, sealed)
    SELECT %s, gen_random_uuid()::text, 'month-' || n, 'C01', '9999', %s, %s,
        CASE WHEN n <= %s THEN 'accepted' ELSE 'delivered' END, 3, to_char(current_date - 1 - n %% 28, 'YYYY-MM-DD'),
        to_char(current_date + 20, 'YYYY-MM-DD'), to_char(current_date + 20, 'YYYY-MM-DD'), false, 'month-' || n, ''
    FROM generate_series(1, %s) n
"""
NIGHT = """
    UPDATE ticket SET business_date = '2020-01-01' WHERE state = 'done';
    UPDATE service_case SET state = 'delivered', accepted_on = '2020-01-01' WHERE case_no NOT LIKE 'month-%'
"""
"""A day comes to the month and a day leaves it; in fast motion that is the same one. Its numbers nobody may call any
more, its cases were handed out long ago. All of them stay in the database. Without this the hall would have more open
cases every day, and its views take what they take: 4 kB a case."""
GROWTH = 1.05
"""That the memory of a process may stand at, beside the first quarter."""
SPARE = 4
"""Files that may come and go between two looks, beside those of the listeners."""
OPEN = CONNECTIONS + ONE_MORE + 2
"""Connections to the database that a process may have open: those of its requests, and two for notices."""
CONNECTED = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = 'hall' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


@dataclass
class Process:
    """What one of the server's processes held at each look: bytes of its own, files, threads."""

    process: psutil.Process
    pss: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)

    def look(self) -> None:
        """Note what it holds now."""
        with self.process.oneshot():
            self.pss.append(self.process.memory_full_info().pss)
            self.files.append(self.process.num_fds())
            self.threads.append(self.process.num_threads())


@dataclass
class Watch:
    """Looks at the processes and the database's connections every ``every_s`` seconds."""

    processes: list[Process]
    database: "psycopg.Connection[Any]"
    traffic: Traffic
    every_s: float
    served: list[int] = field(default_factory=list)
    connections: list[int] = field(default_factory=list)

    @contextmanager
    def going(self) -> Iterator[None]:
        """Look until the block ends, and once more."""
        ended = threading.Event()
        thread = threading.Thread(target=self._run, args=(ended,))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _run(self, ended: threading.Event) -> None:
        days = 0
        while not ended.wait(self.every_s):
            if self.traffic.served >= (days + 1) * A_DAY:
                days += 1
                self.database.execute(NIGHT)
            if self.traffic.served >= WARM:
                self.look()
        self.look()

    def look(self) -> None:
        """Note what is held now."""
        for each in self.processes:
            each.look()
        self.served.append(self.traffic.served)
        [now] = self.database.execute(CONNECTED).fetchone() or [0]
        self.connections.append(now)


def processes_of(root: int) -> list[Process]:
    """Return the processes that serve."""
    family = psutil.Process(root).children()
    return [Process(each) for each in family if "--multiprocessing-fork" in each.cmdline()]


def furnished(storage: Storage) -> None:
    """Furnish the hall, with a person who looks."""
    ground.furnish(storage)
    provision.add_clerk(storage, PERSON, ground.HALL, PASSWORD)


def month_behind(database: "psycopg.Connection[Any]") -> None:
    """Give the hall the cases of the month before."""
    database.execute(MONTH_BEHIND, [ground.HALL, ground.ITEM, ground.DEPARTMENT, GOING_ON, MONTH])


def grown(values: Sequence[float]) -> tuple[float, float]:
    """Return the middle of the first quarter, and of the last tenth."""
    return median(values[: max(1, len(values) // 4)]), median(values[-max(1, len(values) // 10) :])


def figures(traffic: Traffic, watch: Watch, took_s: float, most_files: int) -> list[Figure]:
    """Return the table."""
    faults = sum(count for status, count in traffic.answers.items() if status >= 500)
    found = [
        Figure("citizens served", traffic.served, "", None, f"{sum(traffic.answers.values()):,} requests"),
        Figure("citizens before the first look", watch.served[0], "", traffic.served / 2, f"{len(watch.served)} looks"),
        Figure("requests a second", sum(traffic.answers.values()) / took_s, "/s", None, f"{took_s / 60:.1f} min"),
        Figure("hints heard", traffic.hints, ""),
        Figure("answered 5xx", faults, "", 0),
        Figure("not answered as it should be", len(traffic.wrong), "", 0),
    ]
    for at, each in enumerate(watch.processes):
        first, last = grown(each.pss)
        course = "–".join(f"{each.pss[at * (len(each.pss) - 1) // 8] / 1e6:.0f}" for at in range(9))
        how = f"{first / 1e6:.0f} MB in the first quarter; by eighths {course}"
        found.append(Figure(f"memory of process {at} (PSS), end", last / 1e6, "MB", GROWTH * first / 1e6, how))
        first, last = grown(each.files)
        found.append(Figure(f"files of process {at}, end", last, "", first + most_files, f"{first:.0f} before"))
        found.append(Figure(f"threads of process {at}", max(each.threads), ""))
    first, last = grown(watch.connections)
    most, how = OPEN * len(watch.processes), f"{first:.0f} in the first quarter, {last:.0f} at the end"
    found.append(Figure("connections to the database, most", max(watch.connections), "", most, how))
    return found


def main(minutes: float = MINUTES) -> int:
    """Serve, watch, tell; the status says whether all stayed as it was."""
    with ground.postgres() as here:
        url = here.create("hall")
        with ground.opened(url) as storage:
            furnished(storage)
            windows = counters(storage)[:WINDOWS]
        with ground.served(url) as served, here.connect("hall") as database:
            month_behind(database)
            traffic, began = Traffic(served.port, PERSON.clerk, PASSWORD), time.monotonic()
            watch = Watch(processes_of(served.process.pid), database, traffic, minutes * 60 / 200)
            with watch.going():
                asyncio.run(traffic.run(windows, LISTENERS, minutes * 60))
            found = figures(traffic, watch, time.monotonic() - began, LISTENERS + SPARE)
    print(table(found), *traffic.wrong[:20], sep="\n")
    return 0 if all(each.passed for each in found) else 1


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
