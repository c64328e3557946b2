"""Brings a database to the present schema; Alembic is imported only when the version differs (decision 15)."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from sync.server.storage import (
    attempts,  # noqa: F401 - their tables join the metadata
    block_tables,  # noqa: F401
    calendar_tables,  # noqa: F401
    clock_tables,  # noqa: F401
    conflict_tables,  # noqa: F401
    contact_tables,  # noqa: F401
    copy_tables,  # noqa: F401
    day_closes,  # noqa: F401
    feed_days,  # noqa: F401
    grievances,  # noqa: F401
    ledger_tables,  # noqa: F401
    page_tables,  # noqa: F401
    projects,  # noqa: F401
    restored,  # noqa: F401
    search_tables,  # noqa: F401
    upward,  # noqa: F401
)
from sync.server.storage.tables import SCHEMA, metadata

MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseTooNewError(Exception):
    """The database stands at a migration this program does not have: it is never taken back (``found``, ``known``)."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found
        self.known = SCHEMA


def version(connection: Connection) -> str | None:
    """Return the migration the database stands at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations the database lacks, in one transaction.

    Another machine may start on the same database at the same moment: who comes second finds the work done.

    Raises:
        DatabaseTooNewError: a newer program migrated it; nothing is changed.
    """
    with engine.connect() as connection:
        found = version(connection)
    if found == SCHEMA:
        return
    if found is not None and found > SCHEMA:
        raise DatabaseTooNewError(found)
    try:
        _migrate(engine)
    except SQLAlchemyError:
        with engine.connect() as connection:
            if version(connection) != SCHEMA:
                raise


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            upgrade_to(connection, "head")


def upgrade_to(connection: Connection, wanted: str) -> None:
    """Run the migrations up to one of them, or to ``head``, within the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - a third of a second that most starts need not pay
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, wanted)


def create(engine: Engine) -> None:
    """Make the tables of an empty in-memory database at once."""
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            metadata.create_all(connection)
