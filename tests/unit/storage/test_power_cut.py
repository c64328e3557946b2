"""A process that dies in the middle of an act leaves the whole act or nothing."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.operation import operation_hash
from app.storage.opening import open_file
from app.storage.replica import CounterReplica

KEY = bytes(range(32))

VICTIM = """
import os, pathlib, signal, sys
from sqlalchemy import event
from app.commands.system_clock import SystemClock
from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Role
from app.ports.spool import JobState, PrintJob
from app.ports.store import Counter
from app.storage.opening import open_file
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore

path, deadly = pathlib.Path(sys.argv[1]), int(sys.argv[2])
clock = SystemClock()
database = open_file(path, bytes(range(32)), clock)
replica = CounterReplica(database, clock)
replica.register(Counter("d", replica.incarnation(), "0003", "9901", "9901", "A01"), "s")
store = CounterStore(database, clock, Ed25519Signer(bytes(32)))
clerk = Clerk("0301", "n", "D", frozenset({Role.CLERK}), (), (), 0)
left = deadly

def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(database.engine, "before_cursor_execute", count)
while True:
    with store.begin() as work:
        number = work.take_serial("case")
        work.append(OperationDraft("case.accepted", "case", str(number), {"number": number}, clerk.at("A01")))
        work.queue_print(PrintJob(str(number), "SL-05", {}, 0, JobState.QUEUED, 0))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("deadly", range(1, 24, 2))
def test_after_a_kill_between_any_two_statements_no_act_is_half(tmp_path: Path, manual_clock: Any, deadly: int) -> None:
    path = tmp_path / "counter.db"
    died = subprocess.run([sys.executable, "-c", VICTIM, path, str(deadly)], capture_output=True, check=False)
    assert died.returncode == -9, died.stderr.decode()
    promised = len(died.stdout.split())
    database = open_file(path, KEY, manual_clock)
    database.verify()
    operations = CounterReplica(database, manual_clock).pending(100)
    with database.read() as connection:
        serials = connection.execute(text("SELECT coalesce(max(last), 0) FROM serial")).scalar_one()
        papers = connection.execute(text("SELECT count(*) FROM print_job")).scalar_one()
    database.close()
    assert serials == len(operations) == papers >= promised
    assert [each.payload["number"] for each in operations] == list(range(1, serials + 1))
    for before, after in pairwise(operations):
        assert after.prev_hash == operation_hash(before)
    assert [each.seq for each in operations] == list(range(1, serials + 1))
