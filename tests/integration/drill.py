"""What the drills of backup and restore share: a hall of real counters at work, and what its server holds."""

import json
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from http_server import Server
from test_counter_against_server import HALL, Desk

from app.commands.system_clock import SystemClock
from app.domain.link import Link
from app.domain.person import Person
from app.domain.serials import CaseNumber
from app.domain.visit import VisitState
from app.main import main
from app.ports.queue_authority import AuthorityUnreachable
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.answer_transfer import take_transfer
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.transfer_ticket import transfer_ticket
from app.usecases.walk_in import walk_in
from sync.server.storage.cipher import AesGcmCipher, read_key
from sync.server.storage.engine import open_as_it_is
from sync.server.storage.tables import operation

T = TypeVar("T")

A_WHILE_S = 120
WINDOWS = ("A01", "A02", "A03")
ENDED = frozenset({"done", "left", "void"})


@dataclass
class DrillHall:
    """A server in processes of its own, three counters with their stores, and who observes both from outside."""

    server: Server
    folder: Path
    citizen: Person
    chance: random.Random
    workers: int = 1
    desks: dict[str, Desk] = field(default_factory=dict)
    clerks: dict[str, Any] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    """Every number a kiosk gave out, in order."""
    announced: list[str] = field(default_factory=list)
    """Every number a window called, in order; nobody may be in it twice."""
    port: str = "0"

    def start(self) -> None:
        more = ("--workers", str(self.workers)) if self.workers > 1 else ()
        self.server.start("--port", self.port, *more)
        self.port = self.server.url.rsplit(":", 1)[1].strip("/")

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def credentials(self) -> dict[str, Any]:
        return self.server.credentials

    def open_windows(self, *windows: str) -> None:
        for window in windows or WINDOWS:
            desk = self.desks[window] = Desk(self, self.folder / window, window)  # type: ignore[arg-type] # as a Hall
            self.settle(window)
            self.clerks[window] = patiently(lambda desk=desk: desk.sign_in(self))
            open_day(desk.store, desk.clock, self.clerks[window])
        self.settle()

    def settle(self, *windows: str) -> None:
        """Let counters talk until the server holds everything of each and they have all that the hall has."""
        deadline = time.monotonic() + A_WHILE_S
        while True:
            states = []
            for window in windows or self.desks:
                desk = self.desks[window]
                desk.session._backoff.succeeded()
                states.append(desk.sync())
            if all(each.link is not Link.OFFLINE and each.pending == 0 for each in states):
                return
            assert time.monotonic() < deadline, states
            threading.Event().wait(0.05)

    def take_number(self) -> str:
        number = str(self.server.issue("A").json["number"])
        self.numbers.append(number)
        return number

    def work(self, acts: int) -> None:
        """Let so many things happen, each at a window that has time for it."""
        for _ in range(acts):
            self._act(self.chance.choice(WINDOWS))

    def _act(self, window: str) -> None:
        desk, clerk = self.desks[window], self.clerks[window]
        self.settle(window)
        with desk.store.read() as view:
            visit, offers = view.open_visit(), view.offered_to(window)
        if visit is None:
            come = self.chance.random()
            if offers:
                take_transfer(desk.store, desk.clock, offers[0].number, clerk)
                arrive(desk.store, desk.clock, clerk)
            elif come < 0.15:
                walk_in(desk.store, desk.clock, clerk)
            else:
                self.take_number()
                self.call(window)
        elif visit.state is VisitState.CALLED:
            arrive(desk.store, desk.clock, clerk)
        elif self.chance.random() < 0.2 and visit.ticket_id and not visit.number.startswith("W"):
            other = self.chance.choice([each for each in WINDOWS if each != window])
            transfer_ticket(desk.store, desk.clock, load_templates(), other, clerk)
        else:
            card = desk.card(self.citizen, visit.number)
            accept_case(desk.store, desk.clock, load_templates(), card, clerk)
            finish_visit(desk.store, desk.clock, clerk)
        self.settle(window)

    def call(self, window: str) -> str | None:
        desk = self.desks[window]
        visit = patiently(lambda: call_next(desk.store, desk.clock, desk.authority, self.clerks[window]))
        if visit is None:
            return None
        assert visit.number not in self.announced, visit.number
        self.announced.append(visit.number)
        return visit.number

    def serve_presented(self, window: str, number: str) -> None:
        """Serve who holds the paper, from the first word to the end."""
        desk, clerk = self.desks[window], self.clerks[window]
        present_ticket(desk.store, desk.clock, number, clerk)
        accept_case(desk.store, desk.clock, load_templates(), desk.card(self.citizen, number), clerk)
        finish_visit(desk.store, desk.clock, clerk)

    def finish_open(self) -> None:
        """Bring whoever sits at a window to an end."""
        for _ in range(8):
            for window in WINDOWS:
                with self.desks[window].store.read() as view:
                    busy = view.open_visit() is not None or view.offered_to(window)
                if busy:
                    self._act(window)

    def backup(self, file: Path) -> None:
        assert main(["server", "backup", "--db", self.db, "--data", str(self.server.data), "--to", str(file)]) == 0

    def restore(self, file: Path, into: str) -> None:
        """Bring the backup into another database, and let the server serve that from now on."""
        self.server.db = into
        arguments = ["--from", str(file), "--db", into, "--data", str(self.server.data)]
        assert main(["server", "restore", *arguments]) == 0

    def anchors(self) -> dict[str, bytes]:
        """Return the file of every day that is anchored."""
        return {each.name: each.read_bytes() for each in (self.server.data / "anchors").glob("heads-*.jsonl")}

    def verify(self) -> None:
        """The log is whole from end to end, and agrees with every anchor."""
        assert main(["server", "verify", "--db", self.db, "--data", str(self.server.data)]) == 0

    def end(self) -> None:
        """As a power cut would."""
        self.server.stop(signal.SIGKILL)

    def destroy(self) -> None:
        """Delete all the server had but its key and what its operator set up."""
        for path in self.server.data.glob("server.db*"):
            path.unlink()
        for each in ("copies", "anchors"):
            shutil.rmtree(self.server.data / each, ignore_errors=True)

    @property
    def db(self) -> str:
        return self.server.db or f"sqlite:///{self.server.data}/server.db"

    def held(self) -> list[tuple[str, str, str]]:
        """Return id, status and what it is of every operation in the server's log, read from the database itself."""
        cipher = AesGcmCipher(read_key(self.server.data), lambda _count: b"")
        with closing(open_as_it_is(self.db, SystemClock())) as storage:
            rows = storage.read(lambda connection: connection.execute(operation.select()).all())
        found = []
        for row in rows:
            seal = f"operation/{row.hall}/{row.device}/{row.incarnation}/{row.seq}"
            found.append((json.loads(cipher.open(row.sealed, seal))["op_id"], row.status, f"{row.kind} {row.reason}"))
        return sorted(found)

    def mirrored(self) -> dict[str, list[dict[str, Any]]]:
        return self.desks[WINDOWS[0]].server.snapshot(HALL).tables

    def assert_even(self) -> None:
        """Every counter has what the server has, and no number of a case or a ticket is there twice or left out."""
        theirs = self.desks[WINDOWS[0]].server.digest(HALL)
        for desk in self.desks.values():
            cursor, tables = desk.replica.digest(theirs.since, theirs.kept_from)
            assert (cursor, tables) == (
                theirs.cursor,
                {name: (each.count, each.hash) for name, each in theirs.tables.items()},
            )
        tables = self.mirrored()
        numbers = [row["number"] for row in tables["ticket"]]
        assert len(numbers) == len(set(numbers))
        assert_no_gaps(row["case_no"] for row in tables["case"])

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()
        if self.server.runs():
            self.server.stop()


def patiently(work: Callable[[], T]) -> T:
    """Do it, and again where a machine that others load let the server's answer come too late."""
    deadline = time.monotonic() + A_WHILE_S
    while True:
        try:
            return work()
        except AuthorityUnreachable:
            assert time.monotonic() < deadline
        except ActRefused as refused:
            if refused.reason is not ActRefusal.OFFLINE_UNKNOWN or time.monotonic() > deadline:
                raise


def assert_no_gaps(case_numbers: Any) -> None:
    """Each counter's numbers of a day are 1, 2, 3, … and none is there twice."""
    series: dict[tuple[str, str], list[int]] = {}
    for text in case_numbers:
        number = CaseNumber.parse(text)
        series.setdefault((number.counter, number.day.isoformat()), []).append(number.sequence)
    for key, found in series.items():
        assert sorted(found) == list(range(1, len(found) + 1)), key
