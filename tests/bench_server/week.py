"""``make week-offline``: every window of a hall comes back after a week cut off, at once, with all it signed meanwhile.

The counters' own stores and the client's own dialogue over HTTP; no window is sent away by another's haste, and each
operation is applied once.
"""

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import cpu
import ground
from clients import Day, counters
from figures import Figure, median
from month_counter import Counter as Signer
from postgres_here import PostgresHere
from raw import recorded, replay
from report import table
from sqlalchemy import insert, update

from app.domain.business_day import business_date
from app.domain.operation import Operation, to_wire
from app.ports.store import Counter
from app.storage.opening import open_file
from app.storage.replica import CounterReplica
from app.storage.tables import COUNTER_STATE, OPERATION
from sync.client.exchange import exchange
from sync.client.http import HttpCentralServer
from sync.client.session import Session
from sync.protocol.interface import CentralServer, Unreachable
from sync.protocol.messages import MAX_OPERATIONS
from sync.server.storage import halls

if TYPE_CHECKING:
    import psycopg

OPERATIONS = 72_000
WINDOWS = 60
DAYS = 6
"""Business days of a week, and some hours."""
MOST_S = 60.0
RAW_PUSHES = 12
KEY = bytes(32)
HELD = "SELECT status, reason, kind, count(*) FROM operation GROUP BY status, reason, kind"
ONCE = "SELECT count(*), count(DISTINCT (device, incarnation, seq)), count(DISTINCT hash) FROM operation"
CASES = "SELECT count(*) FROM service_case"


@dataclass
class Window:
    """One counter that comes back: its store with what waits in it, and the threads' common clock."""

    signer: Signer
    replica: CounterReplica
    asked: int = 0
    lost: int = 0
    took_s: float = 0.0

    def come_back(self, port: int, began: float) -> None:
        """Run the dialogue until the server has everything."""
        server = HttpCentralServer(f"http://127.0.0.1:{port}", ground.token(self.signer.window), ground.CLOCK)
        session = Session(self.replica, ground.CLOCK, self.signer.key.public_key().public_bytes_raw().hex())
        counted = _Counted(server, self)
        with closing(server):
            while self.replica.outbox()[1]:
                wait = exchange(session, counted, server.reconnect)
                if wait is not None:
                    threading.Event().wait(wait.milliseconds / 1000)
        self.took_s = time.perf_counter() - began


class _Counted:
    """The server as the session sees it; counts what was asked and how often no answer came."""

    def __init__(self, server: CentralServer, window: Window) -> None:
        self._server = server
        self._window = window

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._server, name)

        def counting(*given: Any) -> Any:
            self._window.asked += 1
            try:
                return asked(*given)
            except Unreachable:
                self._window.lost += 1
                raise

        return counting


def cut_off(signers: list[Signer], each: int, days: int) -> dict[str, list[Operation]]:
    """Sign what every window did in these days, so many operations each; all of them are over."""
    last, signed = business_date(ground.CLOCK.now_ms()) - timedelta(1), {}
    for at, signer in enumerate(signers):
        writing, done = Day(at, at * each), list[Operation]()
        for back in range(days - 1, -1, -1):
            signer.serial = 0
            share = each - len(done) if back == 0 else each // days
            while len(signer.out) < share:
                writing.citizen(signer, last - timedelta(back))
            done += signer.out[:share]
            signer.out = signer.out[share:] if back else []
        signed[signer.window] = done
    return signed


def stored(folder: Path, signer: Signer, operations: list[Operation], incarnation: str, stack: ExitStack) -> Window:
    """Return the window with a store of its own on the disk, registered, that holds the operations."""
    database = open_file(folder / f"{signer.window}.db", KEY, ground.CLOCK)
    stack.callback(database.close)
    replica = CounterReplica(database, ground.CLOCK)
    named = Counter(signer.device, "", signer.number, ground.HALL, ground.HALL, signer.window)
    replica.register(named, incarnation)
    rows = [{"seq": each.seq, "wall_ms": each.wall_ms, "wire": to_wire(each)} for each in operations]
    at = {"last_seq": operations[-1].seq, "last_hash": signer.head, "incarnation": f"store-{signer.window}"}
    with database.write() as connection:
        connection.execute(insert(OPERATION), rows)
        connection.execute(update(COUNTER_STATE).values(**at))
    return Window(signer, replica)


def returned(windows: list[Window], port: int) -> float:
    """Let all come back at once; returns the seconds until the last has nothing left."""
    began = time.perf_counter()
    with ThreadPoolExecutor(len(windows)) as hall:
        for done in [hall.submit(each.come_back, port, began) for each in windows]:
            done.result()
    return time.perf_counter() - began


def wrong_in(hall: "psycopg.Connection[Any]", operations: int) -> list[str]:
    """Return what the database holds that it should not, a line each."""
    rows = hall.execute(HELD).fetchall()
    wrong = [f"{count:,} {kind}: {status}, {reason}" for status, reason, kind, count in rows if status != "applied"]
    counts = hall.execute(ONCE).fetchone()
    if counts != (operations,) * 3:
        wrong.append(f"operations held, by sequence, by hash: {counts}")
    accepted = sum(count for status, _, kind, count in rows if (status, kind) == ("applied", "case.accepted"))
    [cases] = hall.execute(CASES).fetchone() or [0]
    if cases != accepted:
        wrong.append(f"{cases:,} cases of {accepted:,} acceptances")
    return wrong


def raw_rate(here: PostgresHere, pushes: int) -> float:
    """Return how many operations a second the bare statements of as large pushes are, in a copy of the empty hall."""
    recording = ground.copied(here, "hall", "recording")
    ground.copied(here, "hall", "raw")
    with ground.opened(recording) as storage:
        some = counters(storage)[:pushes]
        signed = cut_off(some, MAX_OPERATIONS, 1)
        batches = recorded(storage, [(each, signed[each.window]) for each in some])
    return pushes * MAX_OPERATIONS / replay(lambda: here.connect("raw"), batches)


def processor(hall: "psycopg.Connection[Any]") -> dict[str, Callable[[], float]]:
    """Return by part of the whole what tells the processor seconds it has used."""
    return {"counters": time.process_time, "server processes": cpu.of_started, "PostgreSQL": cpu.of_database(hall)}


def spent(used_s: dict[str, float], operations: int) -> list[Figure]:
    """Return what processor an operation cost, by part and in all; other work on the machine does not count."""
    each_ms = {part: 1000 * seconds / operations for part, seconds in used_s.items()}
    of_all = sum(each_ms.values())
    return [
        *(Figure(f"processor for an operation: {part}", one, "ms") for part, one in each_ms.items()),
        Figure("processor for an operation", of_all, "ms", None, f"{2000 / of_all:,.0f} a second of 2 cores"),
    ]


def main(operations: int = OPERATIONS) -> int:
    """Sign the week, come back, look; the status says whether it was quick enough and whole."""
    each = operations // WINDOWS
    with ground.postgres() as here, ExitStack() as stack:
        url = here.create("hall")
        with ground.opened(url) as storage:
            ground.furnish(storage)
        raw = raw_rate(here, RAW_PUSHES)
        with ground.opened(url) as storage:
            signers = counters(storage)[:WINDOWS]
            incarnation = storage.read(halls.incarnation) or ""
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="week-")))
        signed = cut_off(signers, each, DAYS)
        windows = [stored(folder, signer, signed[signer.window], incarnation, stack) for signer in signers]
        with ground.served(url) as served, here.connect("hall") as hall:
            parts = processor(hall)
            before = {part: used() for part, used in parts.items()}
            took_s = returned(windows, served.port)
            used_s = {part: used() - before[part] for part, used in parts.items()}
            wrong = wrong_in(hall, each * WINDOWS)
    rate = each * WINDOWS / took_s
    found = [
        Figure("until the last window has nothing left", took_s, "s", MOST_S, f"{each * WINDOWS:,} operations"),
        Figure(
            "operations a second", rate, "/s", None, f"{WINDOWS} windows × {each:,}, at most {MAX_OPERATIONS} a push"
        ),
        Figure("bare statements of such pushes", raw, "/s", None, f"{raw / rate:.1f} × as fast"),
        *spent(used_s, each * WINDOWS),
        Figure("until a window has nothing left, median", median([one.took_s for one in windows]), "s"),
        Figure("pushes", sum(one.asked for one in windows), ""),
        Figure("of them without an answer in time", sum(one.lost for one in windows), ""),
        Figure("operations lost, parked or twice", len(wrong), "", 0),
    ]
    print(table(found), *wrong, sep="\n")
    return 0 if all(each.passed for each in found) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
