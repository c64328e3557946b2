"""``make growth``: giving a number, calling and accepting take as long in a full database as in an empty one."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import ground
from clients import Day, counters, push_of, service_on
from figures import Figure, median
from growth_fill import COPIES, fill
from growth_plans import Walked, watched
from month_counter import Counter
from postgres_here import QUICK, PostgresHere
from report import table
from sqlalchemy import text

from sync.protocol.messages import IssueTicket
from sync.server.storage.engine import Storage

ROUNDS, WARM = 60, 10
SEED = 8
"""Citizens whose rows are copied."""
MOST = 1.5
MOST_ROWS = 200
"""That one step of a plan may walk, whatever the tables hold."""
CASES, HALLS, SPREAD = (1_000, 100_000, 1_000_000), (10, 100, 1_000), 100_000
FAST = {**QUICK, "shared_buffers": "256MB", "maintenance_work_mem": "256MB", "max_wal_size": "4GB"}
"""Without waiting for the disk: a commit costs the same in any database and would only hide what grows."""
FREE = text("UPDATE ticket SET state = 'done', closed_ms = called_ms WHERE hall = :hall AND state = 'called'")
ACTS = ("number", "call-next", "case.accepted")


@dataclass
class Hall:
    """One database with the hall that is measured in it."""

    name: str
    storage: Storage
    day: Day = field(default_factory=Day)
    ms: dict[str, list[float]] = field(default_factory=lambda: {act: [] for act in ACTS})
    _turn: int = 0

    def __post_init__(self) -> None:
        self._service = service_on(self.storage)
        self.counters = counters(self.storage)
        self._kiosk = self._service.as_caller(self._service.authenticate(ground.token(ground.KIOSK)))

    def seed(self) -> None:
        """Serve the citizens whose rows are copied."""
        for counter in self.counters[:SEED]:
            self._push(counter, 4)

    def turn(self) -> None:
        """Do each act once, of another window every time."""
        counter = self.counters[SEED + self._turn % (len(self.counters) - SEED)]
        self._turn += 1
        key = f"turn-{self._turn}"
        with self._timed("number"):
            self._kiosk.issue_ticket(ground.HALL, IssueTicket(business="A"), key)
        with self._timed("call-next"):
            called = counter.server.call_next(ground.HALL, counter.window, key)
        assert called is not None
        self.storage.write(lambda connection: connection.execute(FREE, {"hall": ground.HALL}))
        self._push(counter, 1)
        [accepted] = self.day.citizens(counter, 1)
        assert accepted.kind == "case.accepted"
        request = push_of(counter, [accepted])
        with self._timed("case.accepted"):
            answer = counter.server.push(request)
        assert [each.status for each in answer.results] == ["applied"], answer
        self._push(counter, 2)

    def _push(self, counter: Counter, count: int) -> None:
        answer = counter.server.push(push_of(counter, self.day.citizens(counter, count)))
        assert {each.status for each in answer.results} == {"applied"}, answer

    @contextmanager
    def _timed(self, act: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.ms[act].append((time.perf_counter() - began) * 1000)


def filled(here: PostgresHere, name: str, cases: int, halls: int, template: str = "seeded") -> str:
    """Return the address of a copy of the seeded database with so many cases in so many halls."""
    url = ground.copied(here, template, name)
    with here.connect(name) as connection:
        fill(connection, ground.HALL, cases, halls)
    return url


def seeded(url: str) -> None:
    """Furnish one hall and serve the citizens whose rows are copied."""
    with ground.opened(url) as storage:
        ground.furnish(storage)
        Hall("seeded", storage).seed()


def walked(hall: Hall) -> list[Walked]:
    """Return what a turn's statements walk."""
    with watched(hall.storage.engine) as found:
        hall.turn()
    return found


def too_much(found: Sequence[Walked]) -> list[Walked]:
    """Return the statements that read a table that grows from end to end, or too many rows of it."""
    return [each for each in found if each.scanned & COPIES.keys() or each.rows > MOST_ROWS]


def main() -> int:
    """Fill, take turns, tell; the status says whether the gates hold."""
    with ground.postgres(FAST) as here, ExitStack() as stack:
        seeded(here.create("seeded"))
        sizes = [(f"{cases:,} cases", cases, 1) for cases in CASES]
        sizes += [(f"{SPREAD:,} cases in {halls:,} halls", SPREAD, halls) for halls in HALLS]
        grown = []
        for name, cases, halls in sizes:
            began = time.perf_counter()
            storage = stack.enter_context(ground.opened(filled(here, name, cases, halls)))
            grown.append(Hall(name, storage, Day(len(grown), SEED)))
            [held] = here.connect(name).execute("SELECT pg_database_size(current_database())").fetchone() or [0]
            print(f"{name}: {held / 1e6:,.0f} MB, filled in {time.perf_counter() - began:.0f} s", flush=True)
        for turn in range(WARM + ROUNDS):
            for each in grown:
                each.turn()
                if turn < WARM:
                    each.ms = {act: [] for act in ACTS}
        walks = {each.name: walked(each) for each in grown}
    found = figures(grown, walks)
    print(table(found))
    return 1 if any(not each.passed for each in found) else 0


def figures(grown: Sequence[Hall], walks: Mapping[str, Sequence[Walked]]) -> list[Figure]:
    """Return the medians, each beside that of the smallest of its kind, and the rows that plans walk."""
    found = []
    for at, each in enumerate(grown):
        least = grown[0 if at < len(CASES) else len(CASES)]
        for act in ACTS:
            middle, first = median(each.ms[act]), median(least.ms[act])
            limit = None if each is least else MOST * first
            found.append(Figure(f"{act}, {each.name}", middle, "ms", limit, f"{middle / first:.2f} × {least.name}"))
        most = max(each.rows for each in walks[each.name])
        bad = too_much(walks[each.name])
        for one in bad:
            print(f"{each.name}: {one.rows} rows, scanned {sorted(one.scanned)}: {one.statement}")
        found.append(Figure(f"statements that walk too far, {each.name}", len(bad), "", 0, f"at most {most} rows"))
    return found


if __name__ == "__main__":
    sys.exit(main())
