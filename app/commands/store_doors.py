"""A damaged store of a counter: the door before its rebuild, the rebuild itself, and the door after it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.commands.counter_base import CounterBase
from app.domain.renewal import Report
from app.ports.clock import Clock
from app.ports.store_fault import StoreFault
from app.storage.keys import key_place, load_keys
from app.storage.opening import reason_of
from app.storage.renewal import Keys
from app.storage.renewals import mark_seen
from app.storage.store_files import StorePlace, mark_of, rebuild
from ui.screens.door.state import RebuildDoor, ToldDoor

STORE = "counter.db"


def is_marked(data: Path) -> bool:
    """Say whether work met damage in the store of this data directory."""
    return mark_of(data / STORE).exists()


def rebuild_door(data: Path, key_store: str, clock: Clock, close: Callable[[], None]) -> RebuildDoor:
    """Return the door before the rebuild; ``close`` lets go of the store first."""

    def work() -> None:
        close()
        rebuild_here(data, key_store, clock)

    return RebuildDoor(work)


def told_door(base: CounterBase, clock: Clock, window: str, report: Report) -> ToldDoor:
    """Return the door with what a person has to know of the rebuild."""
    return ToldDoor(window, report, partial(mark_seen, base.database, clock))


def rebuild_here(data: Path, key_store: str, clock: Clock) -> Report:
    """Make the store of a data directory anew.

    Raises:
        StoreFault: the key or the disk.
    """
    try:
        return rebuild(store_place(data, key_store, clock), clock)
    except OSError as error:
        raise StoreFault(reason_of(error)) from error


def store_place(data: Path, key_store: str, clock: Clock) -> StorePlace:
    """Return where the store lies, with its keys.

    Raises:
        StoreFault: the keys cannot be read, or there are none.
    """
    own = load_keys(key_place(key_store, data), clock, store_exists=True)
    return StorePlace(data / STORE, Keys(own.database, own.device_seed))
