"""A part of a transaction that fails for itself, and the one failure that takes the whole transaction with it."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.commands.system_clock import SystemClock
from sync.server.storage.disk import says_full
from sync.server.storage.engine import Transaction, memory_storage, open_storage
from sync.server.storage.savepoint import savepoint


def test_a_disk_that_fills_within_a_savepoint_is_told_as_full() -> None:
    storage = memory_storage()
    storage.write(lambda connection: connection.execute(text("CREATE TABLE filling (words TEXT)")))

    def fill(connection: Transaction) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        connection.execute(text("INSERT INTO filling VALUES ('before')"))
        with savepoint(connection):
            for _ in range(3):
                connection.execute(text("INSERT INTO filling VALUES (:words)"), {"words": "x" * 9000})

    with pytest.raises(OperationalError) as raised:
        storage.write(fill)
    assert says_full(raised.value), "and not that the savepoint is gone, as the whole transaction is"
    with storage.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM filling")).scalar_one() == 0
    storage.close()


def test_what_fails_for_itself_takes_back_its_own_part_alone(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path / 'central.db'}", SystemClock())

    def add_two(connection: Connection) -> None:
        with savepoint(connection):
            connection.execute(text("INSERT INTO page VALUES (2)"))
            connection.execute(text("INSERT INTO page VALUES (1)"))

    def work(connection: Connection) -> int:
        connection.execute(text("CREATE TABLE page (number INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO page VALUES (1)"))
        with pytest.raises(DBAPIError, match="UNIQUE"):
            add_two(connection)
        found: int = connection.execute(text("SELECT count(*) FROM page")).scalar_one()
        return found

    assert storage.write(work) == 1
    storage.close()
