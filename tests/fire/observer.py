"""Who stands outside: writes down what the programs said was done, and holds both databases to it at the end."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.commands.system_clock import SystemClock
from app.domain.canonical import canonical_json
from app.domain.operation import GENESIS, from_wire, operation_hash
from app.domain.serials import CaseNumber
from app.storage.engine import Database
from app.storage.keys import KeyFile, load_keys
from app.storage.opening import open_file
from sync.server.storage.cipher import AesGcmCipher, read_key

HERE = Path(__file__).parent
HALL, WINDOW = "9901", "A01"
LONG_S = 120.0


@dataclass
class Said:
    """What a counter has said to the outside since its first life."""

    accepted: list[str] = field(default_factory=list)
    walked_in: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    acked: int = 0

    def take(self, line: dict[str, Any]) -> None:
        self.acked = max(self.acked, line.get("acked", 0))
        for name in ("accepted", "walked_in", "finished"):
            if name in line:
                getattr(self, name).append(line[name])


class Workers:
    """The process of ``workers.py`` and the life that goes on in it."""

    def __init__(self, folder: Path, url: str, token: str, *, hasty: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.said = Said()
        self.lives = 0
        self.pid = 0
        command = [sys.executable, str(HERE / "workers.py"), str(folder), url, token, *(["hasty"] if hasty else [])]
        root = str(HERE.parents[1])
        self.process = subprocess.Popen(
            command, cwd=root, env={**os.environ, "PYTHONPATH": root}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._rest = b""
        assert self.process.stdout is not None
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.process.stdout, selectors.EVENT_READ)
        self.until("ready")

    def begin(self, how: str = "work") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(how.encode() + b"\n")
        self.process.stdin.flush()
        self.pid = self.until("began")["began"]
        self.lives += 1

    def kill(self) -> None:
        """End the life with SIGKILL, and hear what it had still said."""
        os.kill(self.pid, signal.SIGKILL)
        status = self.until("ended")["ended"]
        assert status == -signal.SIGKILL, f"the life ended by itself: {status}"

    def until(self, word: str, seconds: float = LONG_S) -> dict[str, Any]:
        """Listen until a line with that word.

        Raises:
            TimeoutError: it was not said in time.
        """
        limit = time.monotonic() + seconds
        while (line := self._line(limit - time.monotonic())) is not None:
            self.said.take(line)
            if word in line:
                return line
            assert not line.get("ended"), f"a life ended with {line['ended']} before it said {word}"
        raise TimeoutError(word)

    def listen(self, seconds: float) -> None:
        """Hear what is said for so long."""
        limit = time.monotonic() + seconds
        while (line := self._line(limit - time.monotonic())) is not None:
            self.said.take(line)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        self._selector.close()

    def _line(self, seconds: float) -> dict[str, Any] | None:
        assert self.process.stdout is not None
        while b"\n" not in self._rest:
            if seconds <= 0 or not self._selector.select(seconds):
                return None
            heard = os.read(self.process.stdout.fileno(), 65536)
            assert heard, "the process of the counters is gone"
            self._rest += heard
            seconds = max(seconds, 0.001)
        line, _, self._rest = self._rest.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found


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
    faults += [f"visit {each} is lost" for each in said.walked_in if each not in visits]
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


def server_faults(data: Path, folder: Path, said: Said) -> list[str]:
    """Return where the stopped server's database differs from the counter's log, or has forgotten what it took."""
    counter = _store(folder)
    with counter.read() as connection:
        log = connection.exec_driver_sql("SELECT wire FROM operation ORDER BY seq")
        committed = [json.loads(wire) for (wire,) in log]
        cases = {row[0] for row in connection.exec_driver_sql("SELECT case_no FROM case_record")}
    counter.close()
    cipher = AesGcmCipher(read_key(data), os.urandom)
    server = sqlcipher.connect(str(data / "server.db"))
    held = server.execute(
        "SELECT incarnation, seq, status, sealed FROM operation WHERE device = ? ORDER BY seq", (WINDOW,)
    ).fetchall()
    theirs = [case for (case,) in server.execute("SELECT case_no FROM service_case")]
    whole = server.execute("PRAGMA integrity_check").fetchall()
    server.close()
    opened = [cipher.open(sealed, f"operation/{HALL}/{WINDOW}/{life}/{seq}") for life, seq, _, sealed in held]
    faults = [] if whole == [("ok",)] else ["the server's integrity_check is not ok"]
    if len(held) < said.acked:
        faults.append(f"the server said it had {said.acked} operations and has {len(held)}")
    if opened != [canonical_json(each) for each in committed]:
        faults.append(f"the logs differ: {len(committed)} here, {len(opened)} there")
    faults += [f"operation {seq} was {status}" for _, seq, status, _ in held if status != "applied"]
    if sorted(theirs) != sorted(cases):
        faults.append(f"{len(cases)} cases here, {len(theirs)} there")
    return faults
