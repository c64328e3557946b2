"""Whether the tables of a database are those of this program; Alembic is loaded only where they are older."""

from sqlalchemy import Column, Connection, MetaData, String, Table, func, insert, inspect, select

from app.domain.operation import GENESIS
from app.ports.clock import Clock, new_id
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.engine import Database
from app.storage.mirror_tables import EVERY_TABLE
from app.storage.tables import COUNTER_STATE, OPERATION

REVISION = "0026"
"""The newest revision in ``app/storage/migrations/versions``; revisions are numbered, so that they can be compared."""

VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def prepare(database: Database, clock: Clock) -> None:
    """Bring a new or older database to this schema, and look at the ends of what it holds.

    Raises:
        StoreFault: damaged, another key, or written by a newer program.
    """
    with database.write() as connection:
        present = revision(connection)
        if present is None:
            create(connection, new_id(clock))
        elif present > REVISION:
            raise StoreFault(StoreFaultReason.NEWER)
        elif present < REVISION:
            # Loading Alembic takes 0.3 s, so a start without a change of schema goes without.
            from app.storage.migrations import upgrade  # noqa: PLC0415

            upgrade(connection)
        _check_ends(connection)


def revision(connection: Connection) -> str | None:
    """Return the schema revision, or None for an empty database."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    present: str = connection.execute(select(VERSION.c.version_num)).scalar_one()
    return present


def create(connection: Connection, incarnation: str) -> None:
    """Make the tables as the last revision has them, and the one row of the counter's state."""
    EVERY_TABLE.create_all(connection)
    VERSION.metadata.create_all(connection)
    connection.execute(insert(VERSION).values(version_num=REVISION))
    connection.execute(
        insert(COUNTER_STATE).values(
            id=1, incarnation=incarnation, last_seq=0, last_hash=GENESIS, acked_seq=0, cursor=0
        )
    )


def _check_ends(connection: Connection) -> None:
    """Compare the counter's state with the end of its log: both were written by one commit, or something is lost.

    The pages on the way are authenticated by SQLCipher; ``Database.verify`` reads all of them.
    """
    state = connection.execute(select(COUNTER_STATE.c.last_seq)).scalar_one_or_none()
    newest = connection.execute(select(func.max(OPERATION.c.seq))).scalar_one()
    if state is None or (newest is not None and newest != state):
        raise StoreFault(StoreFaultReason.DAMAGED)
