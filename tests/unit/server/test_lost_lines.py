"""A line to PostgreSQL that breaks: before the commit the transaction runs again, what a commit came to is told."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import text

from app.commands.system_clock import SystemClock
from sync.server.storage import halls
from sync.server.storage.engine import Storage, StorageFault, Transaction, open_storage

KILL = text("SELECT pg_terminate_backend(:pid, 10000)")
PID = text("SELECT pg_backend_pid()")


def line(connection: Transaction) -> int:
    return int(connection.execute(PID).scalar_one())


@pytest.fixture
def storage(prepared_postgres: Any) -> Iterator[Storage]:
    prepared_postgres.hold(furnished=True)
    with closing(open_storage(prepared_postgres.url, SystemClock())) as opened:
        yield opened


@pytest.fixture
def cut(prepared_postgres: Any, storage: Storage) -> Callable[[int], None]:
    """End a line at the server's side; it is gone when this returns."""
    assert storage is not prepared_postgres.storage

    def end(pid: int) -> None:
        ended = prepared_postgres.storage.look(lambda connection: connection.execute(KILL, {"pid": pid}).scalar_one())
        assert ended is True

    return end


@pytest.mark.parametrize("verb", ["read", "look", "write"])
def test_a_line_that_broke_while_nobody_used_it_is_replaced(
    storage: Storage, cut: Callable[[int], None], verb: str
) -> None:
    broken = storage.look(line)
    cut(broken)
    assert getattr(storage, verb)(line) != broken


def test_what_was_not_committed_is_done_again_and_stands_once(storage: Storage, cut: Callable[[int], None]) -> None:
    lines: list[int] = []

    def work(connection: Transaction) -> None:
        lines.append(line(connection))
        halls.add(connection, "8801", "8801")
        if len(lines) == 1:
            cut(lines[0])
        halls.add(connection, "8802", "8802")

    storage.write(work)
    assert len(lines) == 2
    assert {"8801", "8802"} <= set(storage.read(halls.codes))


def test_a_commit_that_was_not_answered_is_told_and_not_repeated(storage: Storage, cut: Callable[[int], None]) -> None:
    lines: list[int] = []

    def work(connection: Transaction) -> None:
        lines.append(line(connection))
        halls.add(connection, "8801", "8801")
        cut(lines[0])

    with pytest.raises(StorageFault):
        storage.write(work)
    assert len(lines) == 1
    assert "8801" not in storage.read(halls.codes)
