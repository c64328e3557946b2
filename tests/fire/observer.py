"""Who stands outside: writes down what the programs said was done, and holds both databases to it at the end."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from speaker import LONG_S, Speaker
from sqlalchemy import text

from app.commands.system_clock import SystemClock
from app.domain.canonical import canonical_json
from app.domain.operation import GENESIS, from_wire, operation_hash
from app.domain.serials import CaseNumber
from app.storage.engine import Database
from app.storage.keys import KeyFile, load_keys
from app.storage.opening import open_file
from app.storage.replica import CounterReplica
from sync.server.storage.cipher import AesGcmCipher, read_key
from sync.server.storage.engine import open_as_it_is

HALL, WINDOW = "9901", "A01"
Rows = Callable[..., list[tuple[Any, ...]]]


@dataclass
class Said:
    """What a counter has said to the outside since its first life."""

    called: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    walked_in: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    acked: int = 0

    def take(self, line: dict[str, Any]) -> None:
        self.acked = max(self.acked, line.get("acked", 0))
        for name in ("called", "accepted", "walked_in", "finished"):
            if name in line:
                getattr(self, name).append(line[name])


class Workers(Speaker):
    """The process of ``workers.py`` and the life that goes on in it; ``said`` is what its lives have said."""

    def __init__(self, folder: Path, url: str, token: str, *, hasty: bool = False, said: Said | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.said = Said() if said is None else said
        self.pid = 0
        self._died = ""
        super().__init__("workers.py", [str(folder), url, token, *(["hasty"] if hasty else [])])
        try:
            self.until("ready")
        except BaseException:
            self.stop()
            raise

    def begin(self, how: str = "work") -> None:
        self.tell(how)
        self.pid = self.until("began")["began"]

    def kill(self) -> None:
        """End the life with SIGKILL, and hear what it had still said."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            status = self.until("ended")["ended"]
        else:
            status = "before"
        assert status == -signal.SIGKILL, f"the life ended by itself ({status}) {self._died}"

    def until(self, word: str, seconds: float = LONG_S) -> dict[str, Any]:
        """Listen until a line with that word.

        Raises:
            TimeoutError: it was not said in time.
        """
        limit = time.monotonic() + seconds
        while (line := self.line(limit - time.monotonic())) is not None:
            self._take(line)
            if word in line:
                return line
            assert not line.get("ended"), f"a life ended with {line['ended']} before it said {word} {self._died}"
        raise TimeoutError(word)

    def listen(self, seconds: float) -> None:
        """Hear what is said for so long."""
        limit = time.monotonic() + seconds
        while (line := self.line(limit - time.monotonic())) is not None:
            self._take(line)

    def stop(self) -> None:
        """End the process and the life in it."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        super().stop()

    def _take(self, line: dict[str, Any]) -> None:
        self.said.take(line)
        self._died = line.get("died", self._died)
        if "ended" in line:
            self.pid = 0


def counter_faults(folder: Path, said: Said) -> list[str]:
    """Return what is wrong with a counter's store, which nobody has open: lost, twice, half, out of order."""
    database = _store(folder)
    try:
        database.verify()
        with database.read() as connection:

            def rows(query: str) -> list[Any]:
                return [tuple(row) for row in connection.exec_driver_sql(query)]

            found = [] if rows("PRAGMA integrity_check") == [("ok",)] else ["integrity_check is not ok"]
            return found + faults_in(rows, said)
    finally:
        database.close()


def _store(folder: Path) -> Database:
    clock = SystemClock()
    keys = load_keys(KeyFile(folder / "counter.key"), clock, store_exists=True)
    return open_file(folder / "counter.db", keys.database, clock)


def faults_in(rows: Any, said: Said) -> list[str]:
    """Return what is wrong by the tables of a counter; ``rows`` answers a query."""
    operations = [from_wire(json.loads(wire)) for (wire,) in rows("SELECT wire FROM operation ORDER BY seq")]
    cases = dict(rows("SELECT case_no, case_id FROM case_record"))
    finished = {number for (number,) in rows("SELECT number FROM visit WHERE finished_ms IS NOT NULL")}
    visits = {number for (number,) in rows("SELECT number FROM visit")}
    of_kind = [each.payload["case_no"] for each in operations if each.kind == "case.accepted"]
    papers = [case for (case,) in rows("SELECT case_id FROM print_job WHERE case_id IS NOT NULL")]
    faults = [f"accepted {each} is lost" for each in said.accepted if each not in cases]
    faults += [f"visit {each} is lost" for each in (*said.called, *said.walked_in) if each not in visits]
    faults += [f"the end of visit {each} is lost" for each in said.finished if each not in finished]
    if sorted(of_kind) != sorted(cases):
        faults.append(f"{len(cases)} cases, {len(of_kind)} operations of them")
    if sorted(papers) != sorted(cases.values()):
        faults.append(f"{len(cases)} cases, {len(papers)} papers of them")
    faults += gaps(cases)
    if [each.seq for each in operations] != list(range(1, len(operations) + 1)):
        faults.append("the log's numbers have a gap")
    chain = [GENESIS, *(operation_hash(each) for each in operations)]
    faults += [
        f"operation {each.seq} does not follow the one before"
        for each, before in zip(operations, chain, strict=False)
        if each.prev_hash != before
    ]
    if len(operations) < said.acked:
        faults.append(f"the server has {said.acked} operations, this counter {len(operations)}")
    return faults


def gaps(cases: Any) -> list[str]:
    """Return the places where the case numbers of a day do not go on by one."""
    series = sorted((number.day, number.sequence) for number in map(CaseNumber.parse, cases))
    first = [f"{day} begins with {sequence}" for day, sequence in series[:1] if sequence != 1]
    return first + [
        f"after {before[1]} comes {after[1]}"
        for before, after in pairwise(series)
        if after[1] != (before[1] + 1 if after[0] == before[0] else 1)
    ]


@contextmanager
def server_rows(data: Path, url: str = "") -> Iterator[Rows]:
    """Give who answers queries of the server's database, whether it runs or not; no ``url``: the file in ``data``."""
    storage = open_as_it_is(url or f"sqlite:///{data}/server.db", SystemClock())
    try:
        with storage.engine.connect() as connection:
            yield lambda query, **named: [tuple(row) for row in connection.execute(text(query), named)]
    finally:
        storage.close()


@dataclass(frozen=True)
class Committed:
    """What a counter's store holds: who it is, its operations as they go over the wire, the numbers of its cases."""

    incarnation: str
    log: list[dict[str, Any]]
    cases: list[str]


def committed_by(folder: Path) -> Committed:
    """Read a counter's store, which nobody has open."""
    database = _store(folder)
    try:
        with database.read() as connection:
            wires = connection.exec_driver_sql("SELECT wire FROM operation ORDER BY seq")
            log = [json.loads(wire) for (wire,) in wires]
            cases = sorted(row[0] for row in connection.exec_driver_sql("SELECT case_no FROM case_record"))
        return Committed(CounterReplica(database, SystemClock()).incarnation(), log, cases)
    finally:
        database.close()


def server_faults(data: Path, folder: Path, said: Said, window: str = WINDOW, url: str = "") -> list[str]:
    """Return where the server's database differs from the log of one window, or has forgotten what it took of it."""
    here = committed_by(folder)
    who = {"window": window, "life": here.incarnation}
    cipher = AesGcmCipher(read_key(data), os.urandom)
    with server_rows(data, url) as rows:
        held = rows(
            "SELECT incarnation, seq, status, sealed FROM operation "
            "WHERE device = :window AND incarnation = :life ORDER BY seq",
            **who,
        )
        cases = rows(
            "SELECT case_no FROM service_case WHERE counter = "
            "(SELECT counter FROM registration WHERE device = :window AND incarnation = :life)",
            **who,
        )
        whole = [("ok",)] if url else rows("PRAGMA integrity_check")
    opened = [cipher.open(sealed, f"operation/{HALL}/{window}/{life}/{seq}") for life, seq, _, sealed in held]
    faults = [] if whole == [("ok",)] else ["the server's integrity_check is not ok"]
    if len(held) < said.acked:
        faults.append(f"the server said it had {said.acked} operations and has {len(held)}")
    if opened != [canonical_json(each) for each in here.log]:
        faults.append(f"the logs differ: {len(here.log)} here, {len(opened)} there")
    faults += [f"operation {seq} was {status}" for _, seq, status, _ in held if status != "applied"]
    if sorted(case for (case,) in cases) != here.cases:
        faults.append(f"{len(here.cases)} cases here, {len(cases)} there")
    return faults
