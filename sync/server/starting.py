"""What starts a server: what the command line says, the key, the database, and why it cannot."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.ports.clock import Clock
from sync.server import demo_hall
from sync.server.storage.cipher import KEY_FILE, KeyMissing, make_key, read_key
from sync.server.storage.disk import has_no_room
from sync.server.storage.engine import (
    DatabaseUnavailableError,
    Storage,
    StorageFault,
    UnsupportedDatabaseError,
    file_of,
    open_as_it_is,
    open_storage,
    serves_several,
)
from sync.server.storage.portable import DamagedError, require_sound
from sync.server.storage.schema import DatabaseTooNewError

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says; ``db`` is ``sqlite:///…`` or ``postgresql://…``, port 0 takes a free one."""

    db: str
    data: Path
    host: str
    port: int
    workers: int
    demo: bool
    enrol: str | None = None
    """A window, or ``manager``: make its one-time code, say it, and serve nothing."""
    copies_gb: int = 100
    """How many gigabytes of scanned copies a hall may keep beside the database."""


class StartRefused(Exception):  # noqa: N818 - told to the operator as one JSON line
    """The server cannot start; ``code`` is in the table of messages."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def key_of(settings: Settings, clock: Clock) -> bytes:
    """Return the installation's key; a new demo makes its own.

    Raises:
        StartRefused: ``key_missing``, ``data_unusable``.
    """
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.demo and not any((settings.data / name).exists() for name in (KEY_FILE, demo_hall.CREDENTIALS)):
            make_key(settings.data, clock.random_bytes)
        return read_key(settings.data)
    except KeyMissing as error:
        raise StartRefused("key_missing") from error
    except OSError as error:
        raise StartRefused("data_unusable", place=settings.data) from error


def database_of(settings: Settings, clock: Clock) -> Storage:
    """Open the database and bring its tables up to date.

    Raises:
        StartRefused: ``database_unsupported``, ``database_unavailable``, ``database_full``, ``database_newer``,
            ``database_damaged``; ``workers_unsupported`` for several processes on SQLite, which has one writer.
    """
    try:
        if settings.workers < 1 or (settings.workers > 1 and not serves_several(settings.db)):
            raise StartRefused("workers_unsupported")
        _check_sound(settings.db, clock)
        return open_storage(settings.db, clock)
    except DamagedError as error:
        raise StartRefused("database_damaged") from error
    except UnsupportedDatabaseError as error:
        raise StartRefused("database_unsupported") from error
    except DatabaseTooNewError as error:
        raise StartRefused("database_newer", found=error.found, known=error.known) from error
    except DatabaseUnavailableError as error:
        raise StartRefused(_why(settings, error.__cause__)) from error
    except StorageFault as error:
        raise StartRefused(_why(settings, error)) from error


@contextmanager
def beginning(settings: Settings) -> Iterator[None]:
    """Do in the block what a server does to its open database before it serves.

    Raises:
        StartRefused: ``database_full``, ``database_unavailable``.
    """
    try:
        yield
    except StorageFault as error:
        raise StartRefused(_why(settings, error)) from error


def _why(settings: Settings, error: BaseException | None) -> str:
    return "database_full" if has_no_room(error, file_of(settings.db)) else "database_unavailable"


def _check_sound(url: str, clock: Clock) -> None:
    """Read every page of an SQLite file that is there, before anybody relies on it.

    Raises:
        DamagedError: something is wrong with it.
    """
    file = file_of(url)
    if file is not None and file.is_file():
        with closing(open_as_it_is(url, clock)) as storage:
            require_sound(storage)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Raises:
        StartRefused: ``port_taken``.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY; without it every answer waits 40 ms for a delayed ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise StartRefused("port_taken", port=port) from error
    return listener
