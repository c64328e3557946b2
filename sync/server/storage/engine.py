"""Opens the server's database and runs transactions: SQLite with one writer at a time, or PostgreSQL with retries."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import StaticPool

from app.ports.clock import Clock
from sync.server.storage import schema
from sync.server.storage.notifier import LocalNotifier, Notifier
from sync.server.storage.races import ATTEMPTS, Races
from sync.server.storage.savepoint import Unfit

T = TypeVar("T")

Isolation: TypeAlias = Literal["REPEATABLE READ", "AUTOCOMMIT"]

Transaction: TypeAlias = Connection
"""What the service passes on to the functions of this package; it never speaks SQL itself."""

StorageFault: TypeAlias = SQLAlchemyError
"""What any call may raise while the database is away."""

NotNow: Final = (OperationalError, PoolTimeoutError)
"""What says that the database is away, full or over-busy, whoever asks."""

CONNECTIONS = 16
"""Kept open; as many requests are served at once."""
ONE_MORE = 1
"""For who is no request: the reader of heads for hints. No transaction opens a second one, so that nobody waits."""
WRITERS = 2
"""Transactions that write at a time in one process: more wait for the interpreter while they hold a hall's feed."""
BUSY_MS = 10_000
"""How long a writer waits for another process's writer on the same SQLite file."""

_RETRY_STATES = frozenset({"40001", "40P01", "23505"})
"""PostgreSQL: serialisation failure, deadlock, and a key that another transaction inserted meanwhile."""


class UnsupportedDatabaseError(ValueError):
    """The URL names a database the server does not run on."""


class TryAgain(Exception):  # noqa: N818 - a race that is lost, not a fault
    """Another transaction was faster: run this one again on what it left."""


class HeldElsewhere(Exception):  # noqa: N818 - a wait, not a fault
    """Another transaction holds what one member of a group needs: serve that one alone, so that no other waits."""


class DatabaseUnavailableError(Exception):
    """The database cannot be opened or brought to the present schema."""


class Storage:
    """Runs one function per transaction; what it raises rolls everything back.

    ``races`` is for a database with several writers at a time; SQLite has one, and nobody loses.
    """

    def __init__(self, engine: Engine, races: Races | None = None) -> None:
        self.engine = engine
        self._races = races
        self._sqlite = engine.dialect.name == "sqlite"
        self._shared = isinstance(engine.pool, StaticPool)
        self._writer = threading.RLock()
        self._turns = threading.BoundedSemaphore(WRITERS)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` on a consistent view."""
        return self._until_won(lambda: self._read_once(work))

    def look(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` that asks one thing: each of its statements sees what is committed when it is asked."""
        return self._until_won(lambda: self._read_once(work, "AUTOCOMMIT"))

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` and commit; durable when it returns. After a lost race ``work`` is run again.

        So it is after a line to PostgreSQL that broke before the commit: connections are not tried before they are
        used. What a commit came to that was not answered nobody knows: that is raised.
        """
        return self._until_won(lambda: self._write_once(work))

    def notifier(self) -> Notifier:
        """Return what tells of commits: to this process, or on PostgreSQL to every process on the database."""
        if self._sqlite:
            return LocalNotifier()
        from sync.server.storage.postgres_notifier import PostgresNotifier  # noqa: PLC0415 - loads the driver

        return PostgresNotifier(self.engine)

    def close(self) -> None:
        """Close every connection."""
        if self._races is not None:
            self._races.end()
        self.engine.dispose()

    def _until_won(self, run: Callable[[], T]) -> T:
        """Run one transaction, and again after every race it lost: the one place that does.

        Raises:
            Unfit: PostgreSQL could not take a value; SQLite takes any text.
        """
        if self._races is None:
            return run()
        for attempt in range(ATTEMPTS - 1):
            try:
                return run()
            except TryAgain:
                pass
            except DataError as error:
                raise Unfit from error
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _RETRY_STATES:
                    raise
            self._races.lost(attempt)
        return run()

    def _read_once(self, work: Callable[[Connection], T], isolation: Isolation = "REPEATABLE READ") -> T:
        with self._writer if self._shared else nullcontext(), self.engine.connect() as connection:
            if not self._sqlite:
                connection.execution_options(isolation_level=isolation)
            return _on_a_live_line(connection, work)

    def _write_once(self, work: Callable[[Connection], T]) -> T:
        with self._writer if self._races is None else self._turns, self.engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                return _on_a_live_line(connection, work)


def open_storage(url: str, clock: Clock) -> Storage:
    """Open the database, bringing its tables to the present schema; the clock's chance parts who raced.

    Raises:
        UnsupportedDatabaseError: neither ``sqlite:///…`` nor ``postgresql://…``.
        DatabaseUnavailableError: no access, no server, or not a database of this product.
        DatabaseTooNewError: a newer program migrated it.
    """
    storage = open_as_it_is(url, clock)
    try:
        schema.bring_up_to_date(storage.engine)
    except SQLAlchemyError as error:
        storage.close()
        raise DatabaseUnavailableError(storage.engine.dialect.name) from error
    except schema.DatabaseTooNewError:
        storage.close()
        raise
    return storage


def open_as_it_is(url: str, clock: Clock) -> Storage:
    """Return the database with the tables it has, whatever they are; nothing is read or made yet.

    Raises:
        UnsupportedDatabaseError: neither ``sqlite:///…`` nor ``postgresql://…``.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return Storage(_sqlite(parsed, pool_size=CONNECTIONS))
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=CONNECTIONS,
            max_overflow=ONE_MORE,
            pool_use_lifo=True,  # the one used last has most prepared, until a read ends it with a rollback
            hide_parameters=True,
        )
        return Storage(engine, Races(clock))
    raise UnsupportedDatabaseError(parsed.get_backend_name())


def file_of(url: str) -> Path | None:
    """Return the file of an SQLite database; None for PostgreSQL and for one in memory.

    Raises:
        UnsupportedDatabaseError: not a database URL.
    """
    parsed = _parse(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def serves_several(url: str) -> bool:
    """Say whether several processes may serve this database at a time; SQLite has one writer.

    Raises:
        UnsupportedDatabaseError: not a database URL.
    """
    return _parse(url).get_backend_name() == "postgresql"


def memory_storage() -> Storage:
    """Return an empty store in memory, of one thread or of several served one after the other."""
    engine = _sqlite(make_url("sqlite://"), poolclass=StaticPool)
    schema.create(engine)
    return Storage(engine)


def _on_a_live_line(connection: Connection, work: Callable[[Connection], T]) -> T:
    """Run ``work``.

    Raises:
        TryAgain: the line was broken; nothing of it is committed.
    """
    try:
        return work(connection)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise TryAgain from error
        raise


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except Exception as error:  # the library documents no single class for "not a URL"
        raise UnsupportedDatabaseError("not a database URL") from error


def _sqlite(url: URL, **options: Any) -> Engine:
    # The standard library's SQLite has the WAL-reset bug; sqlcipher3 bundles a sound one.
    import sqlcipher3.dbapi2  # type: ignore[import-untyped] # noqa: PLC0415 - no stubs; not needed on PostgreSQL

    engine = create_engine(
        url,
        module=sqlcipher3.dbapi2,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # an error that is logged must not carry personal data
        **options,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours: see _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
