"""The tables as sync.md section 7 asks: one subset for both databases, and the hall leads every key."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.schema import CreateTable

from app.commands.system_clock import SystemClock
from sync.server.storage import schema
from sync.server.storage.engine import open_storage

OF_NO_HALL = {"server", "attempt"}
"""The installation's own name, and guesses, which are made at an address and not at a hall."""
TABLES = [pytest.param(each, id=each.name) for each in schema.metadata.sorted_tables]


def test_a_second_start_imports_nothing_that_only_some_need(tmp_path: Path) -> None:
    open_storage(f"sqlite:///{tmp_path}/server.db", SystemClock()).close()
    code = (
        "import sys; import sync.server.main; from app.commands.system_clock import SystemClock;"
        "from sync.server.storage.engine import open_storage;"
        f"open_storage('sqlite:///{tmp_path}/server.db', SystemClock());"
        "assert not {'alembic', 'openpyxl'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_compiles_for_postgresql(table: Table) -> None:
    assert str(CreateTable(table).compile(dialect=psycopg.dialect()))


@pytest.mark.parametrize("table", TABLES)
def test_the_hall_leads_every_key(table: Table) -> None:
    keys = (PrimaryKeyConstraint, UniqueConstraint, ForeignKeyConstraint)
    own = [list(each.columns) for each in table.constraints if isinstance(each, keys)]
    own += [[element.column for element in each.elements] for each in table.foreign_key_constraints]
    own += [list(each.columns) for each in table.indexes if each.unique]
    leading = {columns[0].name for columns in own}
    assert leading == {"hall"} or (table.name in OF_NO_HALL and "hall" not in table.columns)


def test_no_key_is_made_by_the_database() -> None:
    """Numbers of a sequence leave gaps and are not the same on every shard."""
    for table in schema.metadata.sorted_tables:
        assert table.autoincrement_column is None, table.name
