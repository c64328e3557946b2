"""Brings a database to the present schema; Alembic is imported only when the version differs (decision 15)."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from sync.server.storage import (
    clock_tables,  # noqa: F401 - their tables join the metadata
    ledger_tables,  # noqa: F401
    page_tables,  # noqa: F401
    search_tables,  # noqa: F401
    upward,  # noqa: F401
)
from sync.server.storage.tables import SCHEMA, metadata

MIGRATIONS = Path(__file__).parent / "migrations"


def version(connection: Connection) -> str | None:
    """Return the migration the database stands at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations the database lacks, in one transaction."""
    with engine.connect() as connection:
        if version(connection) == SCHEMA:
            return
    from alembic import command  # noqa: PLC0415 - a third of a second that most starts need not pay
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def create(engine: Engine) -> None:
    """Make the tables of an empty in-memory database at once."""
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            metadata.create_all(connection)
