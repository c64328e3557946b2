"""Both databases go up from the oldest schema to the newest with all they hold; two that start at once do no harm."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    select,
)

from app.commands.system_clock import SystemClock
from sync.server.starting import Settings, StartRefused, database_of
from sync.server.storage import schema
from sync.server.storage.engine import open_storage
from sync.server.storage.tables import SCHEMA, metadata

STEPS = [each.revision for each in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][::-1]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which there is nothing."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/server.db"
        return
    server = request.getfixturevalue("postgres")
    yield server.create("migrated")
    server.drop("migrated")


@pytest.fixture
def engine(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The server's own engine on it, before any migration."""
    with monkeypatch.context() as untouched:
        untouched.setattr(schema, "bring_up_to_date", lambda _: None)
        storage = open_storage(address, SystemClock())
    yield storage.engine
    storage.close()


def in_one_transaction(engine: Engine, work: Callable[[Connection], Any]) -> Any:
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            return work(connection)


def go_up(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def a_value(column: Any, n: int) -> Any:
    kind = column.type
    if column.name == "hall":
        return ("9901", "9902")[n % 2]
    made: dict[type, Any] = {Boolean: bool(n % 2), SmallInteger: n, BigInteger: n + (1 << 40), Integer: n + 1000}
    made |= {JSON: {"n": n}, LargeBinary: b"\x00\xff" + bytes([n]), Text: f'{{"字": {n}}}'}
    for each, value in made.items():
        if isinstance(kind, each):
            return value
    assert isinstance(kind, String), column
    return f"{column.name}-{n}-张"[-(kind.length or 99) :]


def fill_new_tables(connection: Connection, held: Rows) -> None:
    """Put two halls' rows into every table that was not there before."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name not in held and table.name != "alembic_version":
            rows = [{column.name: a_value(column, n) for column in table.columns} for n in range(2)]
            connection.execute(table.insert(), rows)
            held[table.name] = read(connection, table)


def read(connection: Connection, table: Table) -> list[dict[str, Any]]:
    rows = connection.execute(select(table)).mappings()
    return sorted(({name: plain(value) for name, value in row.items()} for row in rows), key=repr)


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_every_step_keeps_what_there_is_and_the_last_is_what_the_models_say(engine: Engine) -> None:
    held: Rows = {}
    for revision in STEPS:
        in_one_transaction(engine, lambda connection, to=revision: go_up(connection, to))
        in_one_transaction(engine, lambda connection: fill_new_tables(connection, held))
    with engine.connect() as connection:
        assert schema.version(connection) == SCHEMA
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []
        assert set(held) == set(metadata.tables)
        for name, rows in held.items():
            now = read(connection, metadata.tables[name])
            kept = [{column: row[column] for column in old} for row, old in zip(now, rows, strict=True)]
            assert sorted(kept, key=repr) == sorted(rows, key=repr), name


def test_two_that_start_at_once_migrate_once(address: str) -> None:
    """Alembic holds its context once a process: two machines are two processes."""
    code = (
        "import sys; from app.commands.system_clock import SystemClock;"
        "from sync.server.storage.engine import open_storage; from sync.server.storage import schema;"
        "sys.stdin.readline(); storage = open_storage(sys.argv[1], SystemClock());"
        "print(schema.version(storage.engine.connect()))"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for each in starts:
        assert each.stdin is not None
        each.stdin.write("now\n")
        each.stdin.flush()
    assert [each.communicate(timeout=60)[0].strip() for each in starts] == [SCHEMA, SCHEMA]


def test_a_database_of_a_newer_program_is_left_as_it_is(address: str, tmp_path: Path) -> None:
    with closing(open_storage(address, SystemClock())) as storage:
        newer = "UPDATE alembic_version SET version_num = '9999'"
        in_one_transaction(storage.engine, lambda connection: connection.exec_driver_sql(newer))
        settings = Settings(address, tmp_path, "127.0.0.1", 0, 1, demo=False)
        with pytest.raises(StartRefused, match="database_newer") as refused:
            database_of(settings, SystemClock())
        assert refused.value.values == {"found": "9999", "known": SCHEMA}
        with storage.engine.connect() as connection:
            assert schema.version(connection) == "9999"
