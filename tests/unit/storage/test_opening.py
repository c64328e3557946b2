"""Opening tells apart a new store, an old one, a newer one, a foreign one and a broken one."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text, update

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage import schema
from app.storage.engine import Database, file_connection, memory_connection
from app.storage.migrations import upgrade
from app.storage.mirror_tables import EVERY_TABLE
from app.storage.opening import open_file, open_with

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path, manual_clock: Any) -> Any:
    open_file(tmp_path / "counter.db", KEY, manual_clock).close()
    return tmp_path / "counter.db"


def reason_of(path: Path, key: str, clock: Any) -> Any:
    with pytest.raises(StoreFault) as caught:
        open_file(path, key, clock)
    return caught.value.reason


def test_nothing_readable_lies_on_the_disk(path: Path) -> None:
    assert b"counter_state" not in path.read_bytes()
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_another_key_is_told(path: Path, manual_clock: Any) -> None:
    assert reason_of(path, bytes(32), manual_clock) is StoreFaultReason.WRONG_KEY


def test_a_damaged_page_on_the_way_is_told(path: Path, manual_clock: Any) -> None:
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 + 100] ^= 0xFF
    path.write_bytes(data)
    assert reason_of(path, KEY, manual_clock) is StoreFaultReason.DAMAGED


def test_a_damaged_page_off_the_way_is_found_by_the_full_check(path: Path, manual_clock: Any) -> None:
    database = open_file(path, KEY, manual_clock)
    with database.write() as connection:
        connection.execute(text("INSERT INTO draft VALUES ('v', json_quote(hex(randomblob(40000))))"))
    database.verify()
    database.close()
    data = bytearray(path.read_bytes())
    data[-4096 + 100] ^= 0xFF
    path.write_bytes(data)
    database = open_file(path, KEY, manual_clock)
    with pytest.raises(StoreFault) as caught:
        database.verify()
    assert caught.value.reason is StoreFaultReason.DAMAGED
    database.close()


def test_a_log_that_lost_its_end_is_told(file_kit: Any, clerk: Clerk, tmp_path: Path, manual_clock: Any) -> None:
    draft = OperationDraft("day.opened", "window", "A01", {}, clerk.at("A01"))
    with file_kit.store.begin() as work:
        work.append(draft)
        work.append(draft)
    with file_kit.database.write() as connection:
        connection.execute(text("DELETE FROM operation WHERE seq = 2"))
    file_kit.database.close()
    assert reason_of(tmp_path / "counter.db", bytes(32), manual_clock) is StoreFaultReason.DAMAGED


def test_a_store_of_a_newer_program_is_left_alone(path: Path, manual_clock: Any) -> None:
    database = open_file(path, KEY, manual_clock)
    with database.write() as connection:
        connection.execute(update(schema.VERSION).values(version_num="9999"))
    database.close()
    assert reason_of(path, KEY, manual_clock) is StoreFaultReason.NEWER


def test_a_folder_in_the_way_is_no_store(tmp_path: Path, manual_clock: Any) -> None:
    assert reason_of(tmp_path, KEY, manual_clock) is StoreFaultReason.UNUSABLE


def not_of_the_index(name: str | None, kind: str, _parents: Any) -> bool:
    """The full-text index brings tables of its own, which no model names."""
    return kind != "table" or not (name or "").startswith("case_words")


def test_the_tables_are_what_the_migrations_make() -> None:
    database = Database(memory_connection, shared=True)
    with database.write() as connection:
        upgrade(connection)
    with database.read() as connection:
        assert schema.revision(connection) == schema.REVISION
        opts = {"compare_type": True, "compare_server_default": True, "include_name": not_of_the_index}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, EVERY_TABLE) == []
    database.close()


def test_a_migration_is_never_taken_back() -> None:
    database = Database(memory_connection, shared=True)
    with database.write() as connection:
        upgrade(connection)
    config = Config()
    config.set_main_option("script_location", str(schema.__file__).replace("schema.py", "migrations"))
    with database.write() as connection:
        config.attributes["connection"] = connection
        with pytest.raises(NotImplementedError, match="the counter's store"):
            command.downgrade(config, "base")
    database.close()


def test_a_plain_start_does_not_load_alembic(path: Path) -> None:
    code = (
        "import sys, pathlib, types\n"
        "from app.storage.opening import open_file\n"
        "open_file(pathlib.Path(sys.argv[1]), bytes(range(32)), None).close()\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env={**os.environ})


def test_a_simulation_brings_its_own_connections(manual_clock: Any) -> None:
    made = []

    def connect() -> Any:
        made.append(memory_connection())
        return made[-1]

    database = open_with(connect, manual_clock, shared=True)
    assert len(made) == 1
    assert isinstance(made[0], sqlcipher.Connection)
    database.close()


def test_a_wrong_key_is_refused_before_it_is_used() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        file_connection("counter.db", b"short")
