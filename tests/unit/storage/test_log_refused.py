"""A store remembers that the server takes nothing of its chain any more; one that is made anew begins without that."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, inspect, select, text

from app.domain.clerk import Clerk
from app.domain.operation import GENESIS, OperationDraft
from app.domain.renewal import Why
from app.storage.engine import Database, file_connection
from app.storage.migrations import upgrade
from app.storage.opening import open_file
from app.storage.renewal import Keys, make_anew
from app.storage.renewal_tables import FORMER_COUNTER
from app.storage.replica import CounterReplica
from app.storage.tables import COUNTER_STATE, OPERATION

KEY = bytes(32)
SEED = bytes(range(32))


def kept_in(path: Path, clock: Any) -> str | None:
    database = open_file(path, KEY, clock)
    try:
        return CounterReplica(database, clock).log_refused()
    finally:
        database.close()


def refuse(path: Path, clock: Any) -> None:
    database = open_file(path, KEY, clock)
    CounterReplica(database, clock).set_log_refused("fork")
    database.close()


@pytest.fixture
def of_before(tmp_path: Path) -> Path:
    """A store as the program before left it, with an operation that the server has not."""
    path = tmp_path / "counter.db"
    database = Database(file_connection(path, KEY))
    with database.write() as connection:
        upgrade(connection, "0025")
        assert "log_refused" not in {each["name"] for each in inspect(connection).get_columns("counter_state")}
        connection.execute(
            text(
                "INSERT INTO counter_state (id, incarnation, device, counter, last_seq, last_hash, acked_seq, cursor)"
                " VALUES (1, 'store-1', 'device-1', '0001', 1, :head, 0, 7)"
            ),
            {"head": GENESIS},
        )
        connection.execute(text("INSERT INTO operation (seq, wall_ms, wire) VALUES (1, 1, '{}')"))
    database.close()
    return path


def test_a_store_of_before_opens_with_all_it_held(of_before: Path, manual_clock: Any) -> None:
    assert kept_in(of_before, manual_clock) is None
    database = open_file(of_before, KEY, manual_clock)
    with database.read() as connection:
        state = connection.execute(select(COUNTER_STATE)).mappings().one()
        assert connection.execute(select(func.count()).select_from(OPERATION)).scalar_one() == 1
    database.close()
    assert (state["incarnation"], state["device"], state["last_seq"], state["cursor"]) == ("store-1", "device-1", 1, 7)


def test_the_file_keeps_it(of_before: Path, manual_clock: Any) -> None:
    refuse(of_before, manual_clock)
    assert kept_in(of_before, manual_clock) == "fork"


def test_a_store_made_anew_begins_without_it(file_kit: Any, clerk: Clerk, tmp_path: Path) -> None:
    with file_kit.store.begin() as work:
        work.append(OperationDraft("day.opened", "window", "A01", {"business_date": "2026-11-23"}, clerk.at("A01")))
    file_kit.replica.set_log_refused("fork")
    anew = tmp_path / "anew.db"
    file_kit.database.close()
    report = make_anew(tmp_path / "counter.db", anew, Keys(KEY, SEED), file_kit.clock, Why.DAMAGED, folder="")
    assert report.saved == 1
    assert kept_in(anew, file_kit.clock) is None


def test_a_store_of_before_that_is_damaged_is_still_read(of_before: Path, manual_clock: Any, tmp_path: Path) -> None:
    anew = tmp_path / "anew.db"
    report = make_anew(of_before, anew, Keys(KEY, SEED), manual_clock, Why.DAMAGED, folder="")
    assert (report.missing, report.tail_unknown, report.rows_lost) == ((1,), False, False), "who it was is known"
    database = open_file(anew, KEY, manual_clock)
    with database.read() as connection:
        former = connection.execute(select(FORMER_COUNTER)).mappings().one()
    database.close()
    assert (former["incarnation"], former["device"]) == ("store-1", "device-1")
