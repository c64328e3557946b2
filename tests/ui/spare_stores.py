"""Stores in memory that are used again once a test is done with them: a new one compiles every statement anew."""

from typing import Any

from sqlalchemy import Engine, update

from app.ports.clock import Clock, new_id
from app.storage.engine import Database, memory_connection
from app.storage.opening import open_memory
from app.storage.tables import COUNTER_STATE
from sync.server.storage.engine import Storage, memory_storage

_spare_counters: list[Database] = []
_spare_servers: list[Storage] = []
_as_made: dict[Engine, Any] = {}
"""What a store held when it was new."""


def counter_store(clock: Clock) -> Database:
    """Return what ``open_memory`` does: a counter's store that nobody has, with an incarnation of its own."""
    if not _spare_counters:
        database = open_memory(clock)
        _remember(database.engine)
        return database
    database = _spare_counters.pop()
    _forget(database.engine)
    with database.write() as connection:
        connection.execute(update(COUNTER_STATE).values(incarnation=new_id(clock)))
    return database


def server_store() -> Storage:
    """Return what ``memory_storage`` does: a server's store that nobody has, without a hall."""
    if not _spare_servers:
        storage = memory_storage()
        _remember(storage.engine)
        return storage
    storage = _spare_servers.pop()
    _forget(storage.engine)
    return storage


def put_back(store: Database | Storage) -> None:
    """Take a store back that nobody uses any more."""
    if isinstance(store, Database):
        _spare_counters.append(store)
    else:
        _spare_servers.append(store)


def _remember(engine: Engine) -> None:
    _as_made[engine] = memory_connection()
    _held_by(engine).backup(_as_made[engine])


def _forget(engine: Engine) -> None:
    _as_made[engine].backup(_held_by(engine))


def _held_by(engine: Engine) -> Any:
    return engine.raw_connection().driver_connection
