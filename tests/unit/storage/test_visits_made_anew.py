"""Who sits at the window sits there still when its store is made anew, unless their visit was ended at the very end."""

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.renewal import Why
from app.domain.visit import Visit
from app.ports.store import Counter
from app.storage.opening import open_file
from app.storage.renewal import Keys, make_anew
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.storage.tables import VISIT
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.undo_miss import undo_miss

KEY = bytes(32)
SEED = bytes(range(32))
SECOND, HOUR = 1000, 60 * 60_000
EIGHT, TEN, ELEVEN = (1_795_392_000_000 + at * HOUR for at in (0, 2, 3))
"""2026-11-23 in China, in UTC milliseconds; the first life began at nine."""


@pytest.fixture
def called_kit(file_kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Any:
    """Ticket A012 was called at eleven, and comes up once more."""
    file_kit.clock.now = ELEVEN
    open_day(file_kit.store, file_kit.clock, clerk)
    file_kit.queue = queue(ticket("A012", rev=2), ticket("A012", rev=5))
    call_next(file_kit.store, file_kit.clock, file_kit.queue, clerk)
    file_kit.clock.advance(SECOND)
    return file_kit


def at_window(store: CounterStore) -> Visit | None:
    with store.read() as view:
        return view.open_visit()


def rebuilt(kit: Any, source: Path) -> Path:
    """Make the store anew out of the file ``source``, as after damage; return the new file."""
    target = source.with_name(f"{source.stem}-anew.db")
    make_anew(source, target, Keys(KEY, SEED), kit.clock, Why.DAMAGED, folder="")
    return target


def sits_there(kit: Any, path: Path) -> Visit | None:
    """Return who is at the window by this file."""
    with closing(open_file(path, KEY, kit.clock)) as database:
        return at_window(CounterStore(database, kit.clock, Ed25519Signer(SEED)))


def called_in_second_life(kit: Any, path: Path, clerk: Clerk) -> Visit | None:
    """Register the store made anew, open the day, and call."""
    with closing(open_file(path, KEY, kit.clock)) as database:
        replica, store = CounterReplica(database, kit.clock), CounterStore(database, kit.clock, Ed25519Signer(SEED))
        replica.register(Counter("device-2", replica.incarnation(), "0004", "9901", "9901", "A01"), "server-1")
        open_day(store, kit.clock, clerk)
        return call_next(store, kit.clock, kit.queue, clerk)


def test_who_was_served_after_an_undone_miss_sits_there_still(called_kit: Any, clerk: Clerk, tmp_path: Path) -> None:
    miss_ticket(called_kit.store, called_kit.clock, clerk)
    called_kit.clock.advance(5 * SECOND)
    undo_miss(called_kit.store, called_kit.clock, clerk)
    served = arrive(called_kit.store, called_kit.clock, clerk)
    called_kit.database.close()
    anew = rebuilt(called_kit, tmp_path / "counter.db")
    assert sits_there(called_kit, anew) == served
    assert sits_there(called_kit, rebuilt(called_kit, anew)) == served, "in a third life too"


def test_who_is_called_again_after_the_clock_was_set_back_sits_there_still(
    called_kit: Any, clerk: Clerk, tmp_path: Path
) -> None:
    miss_ticket(called_kit.store, called_kit.clock, clerk)
    called_kit.clock.now = TEN
    again = call_next(called_kit.store, called_kit.clock, called_kit.queue, clerk)
    called_kit.database.close()
    assert sits_there(called_kit, rebuilt(called_kit, tmp_path / "counter.db")) == again


@pytest.mark.parametrize(("began", "more"), [(EIGHT, 1), (TEN, 2)])
def test_who_was_missed_in_an_earlier_life_and_called_in_this_one_sits_there_still(
    called_kit: Any, clerk: Clerk, tmp_path: Path, began: int, more: int
) -> None:
    miss_ticket(called_kit.store, called_kit.clock, clerk)
    called_kit.database.close()
    called_kit.clock.now = began
    path = rebuilt(called_kit, tmp_path / "counter.db")
    called_kit.clock.now = TEN
    again = called_in_second_life(called_kit, path, clerk)
    for _ in range(more):
        path = rebuilt(called_kit, path)
    assert sits_there(called_kit, path) == again


@pytest.mark.parametrize("undone", [False, True])
def test_who_was_missed_in_what_was_torn_off_is_gone(
    called_kit: Any, clerk: Clerk, tmp_path: Path, *, undone: bool
) -> None:
    if undone:
        miss_ticket(called_kit.store, called_kit.clock, clerk)
        called_kit.clock.advance(SECOND)
        undo_miss(called_kit.store, called_kit.clock, clerk)
        called_kit.clock.advance(SECOND)
    before = at_window(called_kit.store)
    assert before is not None
    miss_ticket(called_kit.store, called_kit.clock, clerk)
    with called_kit.database.write() as connection:
        row = {name: value for name, value in asdict(before).items() if name in VISIT.c}
        connection.execute(VISIT.update().values(**row, open=1))
    assert at_window(called_kit.store) == before
    called_kit.database.close()
    assert sits_there(called_kit, rebuilt(called_kit, tmp_path / "counter.db")) is None
