"""Counters at work while their lines to the server break; the body of ``make fire-lines`` and of its test.

Citizens take numbers, several windows call them through ``chaos_proxy``, and for some seconds connections are cut,
reset, silent, slow, late or unanswered, and whole lines are cut for a while. Then the counters stop working, all
is mended, and by their own sync threads both ends must come to the same. Then those who still wait are called, and both
ends' databases are held to what was said.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1]), str(HERE.parent / "integration"), str(HERE.parent)]

import http_server  # noqa: E402 - test folders are no packages
from chaos_fates import WEIGHTS, Fate  # noqa: E402
from chaos_proxy import ChaosProxy, Line  # noqa: E402
from hearing import Callers  # noqa: E402
from observer import HALL, Said, counter_faults, server_faults, server_rows  # noqa: E402
from postgres_here import PostgresHere  # noqa: E402
from speaker import logs_into  # noqa: E402

from app.commands.system_clock import SystemClock  # noqa: E402
from app.domain.ticket import TicketState  # noqa: E402
from app.ports.queue_authority import AuthorityUnreachable  # noqa: E402
from sync.client.authority import HallAuthority  # noqa: E402
from sync.client.http import ANSWER_S, HttpCentralServer  # noqa: E402

GATE_S = 30.0
"""Both ends tell the same so soon after the lines are mended (sync.md section 6)."""


UNHEARD = {Fate.UNANSWERED: 1}
CARELESS = "A05"
"""Where a window may stand that forgets the key it asked with."""
MENDED = {Fate.CALM: 1}


@dataclass
class Storm:
    """What befell the lines, what was said, how long it took to be equal, and what was wrong."""

    said: dict[str, Said]
    fates: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    equal_s: float = 0.0
    faults: dict[str, list[str]] = field(default_factory=dict)

    def line(self) -> str:
        befell = ", ".join(f"{count} {name}" for name, count in sorted(self.fates.items()))
        heard = self.said.values()
        return (
            f"{sum(self.fates.values())} breaks ({befell}), {self.unanswered} calls without an answer; "
            f"{sum(len(each.called) for each in heard)} called, {sum(len(each.accepted) for each in heard)} accepted, "
            f"{sum(each.acked for each in heard)} operations; equal after {self.equal_s:.1f} s, "
            f"{sum(map(len, self.faults.values()))} faults"
        )


@dataclass(frozen=True)
class Plan:
    """How long the storm is in seconds, how many numbers are given out, and who works; ``clerks`` go by window."""

    seconds: float
    tickets: int
    clerks: Mapping[str, str]
    careless: bool = False
    """Whether another window calls twice that hears no answer and asks under a new key each time."""
    breaks: int = 2
    """How often each line breaks at least, beside being cut."""
    answer_s: float = ANSWER_S
    """How long a window waits for an answer."""


def storm(server: http_server.Server, folder: Path, plan: Plan, seed: int) -> Storm:
    """Live through one storm, and hold both ends to what was said."""
    chance = random.Random(seed)
    numbers = [server.issue("A").json["number"] for _ in range(plan.tickets)]
    proxy = ChaosProxy(server.url, seed)
    tokens = server.credentials["tokens"]
    told = {window: (proxy.line(window).url, tokens[window], clerk) for window, clerk in plan.clerks.items()}
    callers = Callers(folder, plan.answer_s, told)
    found = Storm(callers.said)
    try:
        callers.until("ready")
        for line in proxy.lines.values():
            line.trouble(WEIGHTS)
        if plan.careless:
            _call_carelessly(proxy.line(CARELESS), tokens[CARELESS])
        callers.tell("begin")
        lines = [proxy.lines[window] for window in plan.clerks]
        began = time.monotonic()
        for moment, befalls in _own_cuts(chance, lines, plan.seconds):
            callers.listen(began + moment - time.monotonic())
            befalls()
        callers.listen_until(lambda: all(line.fates.total() >= plan.breaks for line in lines))
        for line in lines:
            line.cut()
        callers.listen(chance.uniform(0.2, 0.4) * plan.seconds)
        callers.tell("quiet")
        callers.until("resting")
        for line in lines:
            line.trouble(MENDED)
            line.mend()
        mended = time.monotonic()
        callers.until("equal")
        found.equal_s = time.monotonic() - mended
        callers.tell("finish")
        callers.until("equal")
        callers.close_input()
        callers.until("ended")
    finally:
        callers.stop()
        found.fates.update({fate.name: n for line in proxy.lines.values() for fate, n in line.fates.items()})
        found.fates.update(CUT_OFF=sum(line.cuts for line in proxy.lines.values()))
        proxy.stop()
    found.unanswered = callers.unanswered
    found.faults = _faults(server, folder, found.said, numbers)
    return found


def _call_carelessly(line: Line, token: str) -> None:
    """Call twice over a line that loses the answers, each time under another key."""
    line.trouble(UNHEARD)
    server = HttpCentralServer(line.url, token, SystemClock())
    for key in ("one", "other"):
        with suppress(AuthorityUnreachable):
            HallAuthority(server, HALL).call_next(CARELESS, key)
    server.close()


def _own_cuts(chance: random.Random, lines: Sequence[Line], seconds: float) -> list[tuple[float, Callable[[], None]]]:
    """Return what befalls when: each line is cut once for itself, for a part of these seconds."""
    moments: list[tuple[float, Callable[[], None]]] = []
    for line in lines:
        begin = chance.uniform(0, 0.6) * seconds
        moments += [(begin, line.cut), (begin + chance.uniform(0.1, 0.4) * seconds, line.mend)]
    return sorted(moments, key=lambda each: each[0])


def _faults(
    server: http_server.Server, folder: Path, said: Mapping[str, Said], numbers: Sequence[str]
) -> dict[str, list[str]]:
    """Return by window what is lost, there twice, half, or not the same at both ends."""
    faults = {
        window: counter_faults(folder / window, heard)
        + server_faults(server.data, folder / window, heard, window, server.db)
        for window, heard in said.items()
    }
    called = Counter(number for heard in said.values() for number in heard.called)
    finished = Counter(number for heard in said.values() for number in heard.finished)
    with server_rows(server.data, server.db) as rows:
        tickets = rows('SELECT number, state, "window" FROM ticket')
        twice = rows("SELECT entity_id, count(*) FROM operation WHERE kind = 'ticket.called' GROUP BY entity_id")
    for number, state, window in tickets:
        if number in numbers and (called[number], finished[number], state) != (1, 1, TicketState.DONE):
            told = f"{number} is {state}, called {called[number]} times, finished {finished[number]} times"
            faults.setdefault(window or "", []).append(told)
    return faults | {"": [f"ticket {each} was called by {count} operations" for each, count in twice if count > 1]}


CLERKS = {"A01": "0301", "A03": "0302", "A06": "0303"}


def main() -> int:
    """``chaos.py FOLDER ROUNDS SEED SECONDS``: a line a round; the status is 1 when anything was wrong or too slow.

    Every other round is against two processes on PostgreSQL.
    """
    folder, (rounds, seed, seconds) = Path(sys.argv[1]), (int(each) for each in sys.argv[2:])
    folder.mkdir(parents=True)
    logs_into(folder / "log")
    worst, faults = 0.0, 0
    with ExitStack() as running:
        servers = [_serving(running, folder / "sqlite", ""), _serving(running, folder / "postgresql", "two")]
        for turn in range(seed, seed + rounds):
            server = servers[turn % 2]
            plan = Plan(seconds, tickets=4 * seconds, clerks=CLERKS, breaks=5)
            try:
                found = storm(server, folder / str(turn), plan, turn)
            except (AssertionError, OSError, TimeoutError) as error:
                print(f"seed {turn}: {error!r}", flush=True)
                return 1
            print(f"seed {turn}, {'postgresql' if server.db else 'sqlite'}:", found.line(), flush=True)
            for window, each in found.faults.items():
                print(*(f"{window}: {fault}" for fault in each), sep="\n", end="\n" * bool(each))
            worst, faults = max(worst, found.equal_s), faults + sum(map(len, found.faults.values()))
    print(f"{rounds} rounds from seed {seed}: {faults} faults, equal after at most {worst:.1f} s (gate {GATE_S:.0f} s)")
    return 1 if faults or worst > GATE_S else 0


def _serving(running: ExitStack, data: Path, database: str) -> http_server.Server:
    """Start a server that ends with the stack; on PostgreSQL, of two processes, where a database is named."""
    data.mkdir()
    server = http_server.Server(data)
    if database:
        postgres = PostgresHere()
        running.callback(postgres.stop)
        server.db = postgres.create(database)
    running.callback(lambda: server.runs() and server.stop())
    return server.start("--workers", "2") if database else server.start()


if __name__ == "__main__":
    raise SystemExit(main())
