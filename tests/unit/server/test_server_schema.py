"""Models and migrations are proved equal, and the migrations run on PostgreSQL too where one is at hand."""

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateTable

from app.commands.system_clock import SystemClock
from sync.server.storage import schema
from sync.server.storage.engine import open_storage
from sync.server.storage.tables import SCHEMA, metadata


def test_the_migrations_make_exactly_the_models(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path}/server.db", SystemClock())
    with storage.engine.connect() as connection:
        assert schema.version(connection) == SCHEMA
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    storage.close()


def test_a_second_start_imports_no_alembic(tmp_path: Path) -> None:

    open_storage(f"sqlite:///{tmp_path}/server.db", SystemClock()).close()
    code = (
        "import sys; from app.commands.system_clock import SystemClock;"
        "from sync.server.storage.engine import open_storage;"
        f"open_storage('sqlite:///{tmp_path}/server.db', SystemClock()); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_table_compiles_for_postgresql_and_leads_with_the_hall() -> None:
    dialect = create_engine("postgresql+psycopg://").dialect
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        if table.name != "server":
            assert next(iter(table.primary_key.columns)).name == "hall"
