"""What stands under the simulation's stores does what SQLAlchemy does: one body of tests over both, and over a file."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hall_in_a_box.disk import Cut, PowerCut
from hall_in_a_box.ground import MONDAY_0900
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import PartyClock, Timeline
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound, StatementError

THING = Table(
    "thing",
    MetaData(),
    Column("name", String, primary_key=True),
    Column("rank", Integer),
    Column("open", Boolean),
    Column("said", JSON(none_as_null=True)),
)
ADD = insert(THING)
BY_NAME = select(THING).where(THING.c.name == bindparam("wanted"))
AMONG = select(THING.c.name).where(THING.c.name.in_(bindparam("names", expanding=True))).order_by(THING.c.name)
NAMES = select(THING.c.name).order_by(THING.c.name)
ROWS = [
    {"name": "b", "rank": 2, "open": True, "said": {"号": [1, None]}},
    {"name": "a", "rank": None, "open": False, "said": None},
    {"name": "号", "rank": 1, "open": None, "said": "x"},
    {"name": "B", "rank": 2, "open": True, "said": 3},
]
Write = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(params=["quick", "plain", "file"])
def disk_and_database(request: Any, tmp_path: Path) -> Any:
    stores = Stores(quick=request.param == "quick", folder=tmp_path if request.param == "file" else None)
    clock = PartyClock(Timeline(0), 0)
    disk = stores.counter_disk("A01", clock)
    database = stores.database(disk, clock)
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE thing (name TEXT PRIMARY KEY, rank INTEGER, open BOOLEAN, said JSON)")
    yield disk, database
    disk.close()


@pytest.fixture
def write(disk_and_database: Any) -> Any:
    _, database = disk_and_database
    with database.write() as connection:
        connection.execute(ADD, ROWS)
    return database.write


# Every statement is run three times: new, known, and known with other values.
TIMES = range(3)


def test_rows_come_as_they_went_with_their_types(write: Write) -> None:
    with write() as connection:
        for row in ROWS * 3:
            found = connection.execute(BY_NAME, {"wanted": row["name"]}).mappings().one()
            assert dict(found) == row
            assert type(found["open"]) is type(row["open"])


def test_text_is_ordered_by_its_bytes_and_nothing_comes_first(write: Write) -> None:
    with write() as connection:
        for _ in TIMES:
            assert connection.execute(NAMES).scalars().all() == ["B", "a", "b", "号"]
        ranked = select(THING.c.name).order_by(THING.c.rank, THING.c.name)
        assert connection.execute(ranked).scalars().all() == ["a", "号", "B", "b"]
        assert connection.execute(select(THING.c.name).where(THING.c.rank == None)).scalars().all() == ["a"]  # noqa: E711
        assert connection.execute(select(func.count()).where(THING.c.rank != 1)).scalar_one() == 2


@pytest.mark.parametrize("names", [[], ["a"], ["a", "b"], ["a", "b", "x"], ["b", "a"]])
def test_a_list_has_as_many_places_as_values(write: Write, names: list[str]) -> None:
    with write() as connection:
        for each in (names, ["号"], names, []):
            found = connection.execute(AMONG, {"names": each}).scalars().all()
            assert found == sorted(set(each) & {"a", "b", "号"})


def test_what_stands_in_a_statement_is_its_own(write: Write) -> None:
    with write() as connection:
        for name in ("a", "b", "a", "x"):
            made = select(THING.c.rank).where(THING.c.name == name, THING.c.rank.in_([2, 7]))
            for _ in TIMES:
                assert connection.execute(made).scalars().all() == ([2] if name == "b" else [])


def test_a_result_is_read_in_every_way(write: Write) -> None:
    with write() as connection:
        for _ in TIMES:
            assert connection.execute(BY_NAME, {"wanted": "x"}).first() is None
            assert connection.execute(BY_NAME, {"wanted": "x"}).scalar_one_or_none() is None
            row = connection.execute(BY_NAME, {"wanted": "b"}).first()
            assert (row.rank, tuple(row)[:2], row._mapping["name"]) == (2, ("b", 2), "b")
            with pytest.raises(NoResultFound):
                connection.execute(BY_NAME, {"wanted": "x"}).one()
        known = text("SELECT rank AS r, name FROM thing WHERE name = :wanted")
        for _ in TIMES:
            assert connection.execute(known, {"wanted": "b"}).one().r == 2


def test_changes_count_and_return(write: Write) -> None:
    rise = update(THING).where(THING.c.name == bindparam("of")).values(rank=THING.c.rank + 1)
    taken = rise.returning(THING.c.rank)
    with write() as connection:
        for n in TIMES:
            assert connection.execute(rise, {"of": "b"}).rowcount == 1
            assert connection.execute(rise, {"of": "x"}).rowcount == 0
            assert connection.execute(taken, {"of": "b"}).scalar_one() == 4 + 2 * n
            assert connection.execute(update(THING).where(THING.c.name == "a"), {"rank": n}).rowcount == 1
        for known in (rise, rise, update(THING).where(THING.c.name == bindparam("of")).values(rank=0)):
            assert connection.execute(known, [{"of": each} for each in ("b", "x", "号")]).rowcount == 2
        assert connection.execute(delete(THING).where(THING.c.name.in_(["a", "b"]))).rowcount == 2


def test_a_row_that_is_there_is_changed(write: Write) -> None:
    put = sqlite.insert(THING).values(name=bindparam("of"), rank=1)
    again = put.on_conflict_do_update(index_elements=["name"], set_={"rank": THING.c.rank + 10}).returning(THING.c.rank)
    with write() as connection:
        assert [connection.execute(again, {"of": "b"}).scalar_one() for _ in TIMES] == [12, 22, 32]
        assert [connection.execute(again, {"of": "new"}).scalar_one() for _ in TIMES] == [1, 11, 21]


def add(write: Write, *rows: Any) -> None:
    with write() as connection:
        for row in rows:
            connection.execute(ADD, row)


def test_a_key_is_there_once(write: Write) -> None:
    for n in TIMES:
        with pytest.raises(IntegrityError):
            add(write, {"name": f"with {n}", "rank": 0}, {"name": "a", "rank": n})
        add(write, {"name": f"c{n}", "rank": n})
    with write() as connection:
        assert connection.execute(NAMES).scalars().all() == ["B", "a", "b", "c0", "c1", "c2", "号"]


def test_a_value_no_type_takes_is_refused(write: Write) -> None:
    for _ in TIMES:
        with pytest.raises(StatementError), write() as connection:
            connection.execute(ADD, {"name": "c", "open": "perhaps"})
        with pytest.raises(DBAPIError), write() as connection:
            connection.execute(ADD, {"name": "c", "rank": object()})
        with pytest.raises(OverflowError), write() as connection:
            connection.execute(ADD, {"name": "c", "rank": 1 << 64})


def test_what_raises_leaves_nothing(disk_and_database: Any, write: Write) -> None:
    def spoil() -> None:
        with write() as connection:
            connection.execute(delete(THING))
            raise LookupError

    with pytest.raises(LookupError):
        spoil()
    _, database = disk_and_database
    with database.read() as connection:
        assert len(connection.execute(NAMES).all()) == 4
        connection.execute(delete(THING))
    with database.read() as connection:
        assert len(connection.execute(NAMES).all()) == 4, "what is written through a view is dropped"


def test_a_savepoint_takes_back_its_own_part(write: Write) -> None:
    with write() as connection:
        connection.execute(ADD, {"name": "before"})
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(ADD, [{"name": "within"}, {"name": "a"}])
        with connection.begin_nested():
            connection.execute(ADD, {"name": "after"})
    with write() as connection:
        assert connection.execute(NAMES).scalars().all() == ["B", "a", "after", "b", "before", "号"]


@pytest.mark.parametrize(("cut", "left"), [(Cut.BEFORE, 4), (Cut.AFTER, 5)])
def test_at_a_power_cut_the_commit_counts(disk_and_database: Any, write: Write, cut: Cut, left: int) -> None:
    disk, database = disk_and_database
    disk.cut = lambda: cut
    with pytest.raises(PowerCut), write() as connection:
        connection.execute(ADD, {"name": "c", "rank": MONDAY_0900})
    del disk.cut
    disk.close()
    with database.read() as connection:
        assert len(connection.execute(NAMES).all()) == left


def test_a_file_is_encrypted_and_durable_at_every_commit(tmp_path: Path) -> None:
    disk = Stores(quick=False, folder=tmp_path).counter_disk("A01", PartyClock(Timeline(0), 0))
    assert disk.rows("PRAGMA journal_mode") == [("wal",)]
    assert disk.rows("PRAGMA synchronous") == [(2,)]
    disk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not (tmp_path / "A01.db").read_bytes().startswith(b"SQLite format 3")
