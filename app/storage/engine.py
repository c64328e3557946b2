"""How the counter's database is opened: encrypted, durable at every commit, one writer at a time."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from app.ports.store_fault import StoreFault, StoreFaultReason

KEY_BYTES = 32
BUSY_MS = 5_000

_REASONS = {
    sqlcipher.SQLITE_CORRUPT: StoreFaultReason.DAMAGED,
    sqlcipher.SQLITE_NOTADB: StoreFaultReason.WRONG_KEY,
    sqlcipher.SQLITE_FULL: StoreFaultReason.DISK_FULL,
    sqlcipher.SQLITE_BUSY: StoreFaultReason.BUSY,
    sqlcipher.SQLITE_IOERR: StoreFaultReason.UNUSABLE,
    sqlcipher.SQLITE_CANTOPEN: StoreFaultReason.UNUSABLE,
    sqlcipher.SQLITE_READONLY: StoreFaultReason.UNUSABLE,
}

Connect = Callable[[], Any]
"""Makes one raw SQLCipher connection; a simulation brings its own."""


class Database:
    """One database of one process. Readers see a snapshot; writers are served one after the other.

    BEGIN is ours: the driver's own would come too late for a consistent read, and is never IMMEDIATE.
    ``shared`` says that all threads use the one connection there is (memory): then readers queue up as well.
    """

    def __init__(self, connect: Connect, *, shared: bool = False) -> None:
        pool = StaticPool if shared else QueuePool
        self.engine: Engine = create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=connect,
            poolclass=pool,
            hide_parameters=True,  # an error that is logged must not carry a citizen's data
        )
        self.written = 0
        """Grows whenever a write transaction has ended: what was read before may be out of date."""
        self.on_damage: Callable[[], None] = _nothing
        """Called, in whatever thread, each time a damaged page is met."""
        self.key_fits = False
        """Set once it was read with this key: from then on a file that is no database to the key is a damaged one."""
        self._writing = threading.Lock()
        self._reading = self._writing if shared else contextlib.nullcontext()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a consistent view; whatever is written through it is dropped.

        Raises:
            StoreFault: the file cannot be read.
        """
        with self._reading, self._watched(), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Open the one write transaction; when this returns, the commit is on the disk.

        Raises:
            StoreFault: nothing was kept.
        """
        with self._writing, self._watched():
            try:
                with self.engine.begin() as connection:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    yield connection
            finally:
                self.written += 1

    def verify(self) -> None:
        """Read every page and check it against its signature and the b-trees; takes seconds on a large store.

        Raises:
            StoreFault: with reason damaged.
        """
        with self.read() as connection:
            broken = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if broken or found != "ok":
            raise StoreFault(StoreFaultReason.DAMAGED)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            with _translated():
                yield
        except StoreFault as fault:
            if fault.reason is StoreFaultReason.WRONG_KEY and self.key_fits:
                self.on_damage()
                raise StoreFault(StoreFaultReason.DAMAGED) from fault
            if fault.reason is StoreFaultReason.DAMAGED:
                self.on_damage()
            raise


def file_connection(path: Path, key: bytes) -> Connect:
    """Return what opens the file with that raw key of 32 bytes."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key has {KEY_BYTES} bytes")

    def connect() -> Any:
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
        try:
            # A raw key skips the derivation of 140 ms that a passphrase needs.
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_log_level = NONE")
            _configure(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()  # an error that is looked at would hold the file
            raise
        return connection

    return connect


def copy_to(connect: Connect, target: Path, key: bytes) -> None:
    """Copy a whole database into a new file under the same key, as of one moment, while others go on writing.

    Raises:
        StoreFault: it cannot be read, or the copy not written.
    """
    with _translated():
        source = connect()
        copy = sqlcipher.connect(str(target), isolation_level=None)
        try:
            copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            copy.execute("PRAGMA synchronous = FULL")
            source.backup(copy)
        finally:
            copy.close()
            source.close()


def is_open_elsewhere(path: Path, key: bytes) -> bool:
    """Say whether another connection holds the file; one that is damaged is held by nobody who could use it."""
    connection = sqlcipher.connect(str(path), isolation_level=None, timeout=0)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlcipher.Error as error:
        return fault_of(error) is StoreFaultReason.BUSY
    finally:
        connection.close()
    return False


def memory_connection() -> Any:
    """Open a database that ends with the process, for simulation and tests."""
    connection = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    _configure(connection)
    return connection


def _configure(connection: Any) -> None:
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        # NORMAL lost acknowledged commits in simulated power cuts; FULL lost none.
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _nothing() -> None:
    """Nobody has to know."""


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        reason = fault_of(error.orig)
        if reason is None:
            raise
        raise StoreFault(reason) from error
    except sqlcipher.Error as error:
        reason = fault_of(error)
        if reason is None:
            raise
        raise StoreFault(reason) from error


def fault_of(error: BaseException | None) -> StoreFaultReason | None:
    """Return what an error of the driver means, or None where it is a mistake of this program."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _REASONS.get(code & 0xFF)
