"""Several processes on one PostgreSQL: they hear of each other, lose races without harm, and count guesses together."""

import asyncio
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.domain.supervision import CardRule, Rules, Wanted
from sync.protocol.interface import Refused
from sync.server.http import hints
from sync.server.http.hints import Hints
from sync.server.service import raise_cards
from sync.server.service.attempts import WINDOW_MS, Attempts, forget_attempts
from sync.server.serving import Serving
from sync.server.starting import Settings, StartRefused, database_of, listen
from sync.server.storage import attempts, cards, feed, halls, postgres_notifier
from sync.server.storage.engine import Storage, Transaction, open_storage
from sync.server.storage.feed import Change
from sync.server.storage.notifier import Notifier
from sync.server.workers import serve_by_several

HALL = "9901"
LISTENING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
A_WHILE_S = 60


def until(true: Callable[[], Any]) -> None:
    """Wait for a condition, looking often."""
    deadline = time.monotonic() + A_WHILE_S
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


@pytest.fixture
def first(prepared_postgres: Any) -> Storage:
    prepared_postgres.hold(furnished=True)
    storage: Storage = prepared_postgres.storage
    return storage


@pytest.fixture
def second(prepared_postgres: Any, first: Storage) -> Iterator[Storage]:
    with closing(open_storage(prepared_postgres.url, SystemClock())) as storage:
        yield storage


def listening(storage: Storage) -> list[int]:
    with storage.engine.connect() as connection:
        return list(connection.exec_driver_sql(LISTENING).scalars())


@contextmanager
def notifying(storage: Storage, *heards: Callable[[str], None]) -> Iterator[list[Notifier]]:
    """One notifier for each, all listening."""
    notifiers = [storage.notifier() for _ in heards]
    try:
        for notifier, heard in zip(notifiers, heards, strict=True):
            notifier.start(heard)
        until(lambda: len(listening(storage)) == len(heards))
        yield notifiers
    finally:
        for notifier in notifiers:
            notifier.close()


def move(storage: Storage) -> None:
    storage.write(lambda connection: feed.append(connection, HALL, [Change("hall", HALL, 1, {})]))


def head(storage: Storage) -> int:
    hall = storage.read(lambda connection: halls.get(connection, HALL))
    assert hall is not None
    return hall.head


def test_what_one_process_tells_the_others_hear_and_itself_but_once(first: Storage) -> None:
    here: list[str] = []
    there: list[str] = []
    with notifying(first, here.append, there.append) as (one, other):
        one.tell("9901")
        assert here == ["9901"]
        until(lambda: there == ["9901"])
        other.tell("9902")
        until(lambda: len(here) > 1)
        assert here == ["9901", "9902"]
    until(lambda: not listening(first))


def test_a_broken_line_is_mended(first: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_notifier, "AGAIN_S", 0.01)
    heard: list[str] = []
    with notifying(first, lambda _: None, heard.append) as (one, _):
        broken = set(listening(first))
        with first.engine.begin() as connection:
            kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            connection.exec_driver_sql(kill + "AND (query LIKE 'LISTEN%%' OR query LIKE '%%pg_notify%%')")
        until(lambda: len(listening(first)) == 2 and broken.isdisjoint(listening(first)))
        one.tell("9901")
        until(lambda: heard == ["9901"])


def test_a_stream_hears_of_another_process_without_looking(
    first: Storage, second: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "POLL_S", 3600.0)
    heard = Hints()
    with notifying(first, heard.changed, lambda _: None) as (_, other):

        def change() -> None:
            move(second)
            other.tell(HALL)

        assert next_head(heard, first, change) == head(first)


def test_a_stream_finds_out_by_itself_what_nobody_told(
    first: Storage, second: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "POLL_S", 0.02)
    assert next_head(Hints(), first, lambda: move(second)) == head(first)


def next_head(told: Hints, storage: Storage, change: Callable[[], None]) -> int:
    """Return what a stream tells after a change."""

    async def play() -> int:
        stream = told.stream(HALL, lambda _: {HALL: head(storage)})
        before = await anext(stream)
        await asyncio.to_thread(change)
        after = await asyncio.wait_for(anext(stream), A_WHILE_S)
        await stream.aclose()  # type: ignore[attr-defined]
        await told.close()
        assert after != before
        return int(after.decode().rpartition(":")[2].strip(" }\n"))

    return asyncio.run(play())


def test_a_read_that_lost_a_race_is_run_again(first: Storage, second: Storage) -> None:
    seen: list[int] = []

    def look(connection: Transaction) -> int:
        halls.codes(connection)  # from here on the view stands
        if not seen:
            move(second)
        seen.append(1)
        return int(connection.exec_driver_sql("SELECT head FROM hall FOR UPDATE").scalar_one())

    assert first.read(look) == head(second)
    assert len(seen) == 2


def test_who_was_chosen_to_end_a_deadlock_runs_again(first: Storage, second: Storage) -> None:
    both, runs = threading.Barrier(2), []

    def lock(*rows: str) -> Callable[[Transaction], None]:
        began: list[bool] = []

        def work(connection: Transaction) -> None:
            runs.append(rows)
            for row in rows:
                connection.exec_driver_sql("UPDATE clerk SET failures = failures + 1 WHERE clerk = %s", (row,))
                if not began:
                    began.append(True)
                    both.wait(A_WHILE_S)

        return work

    with ThreadPoolExecutor(2) as pool:
        ends = [pool.submit(first.write, lock("0301", "0401")), pool.submit(second.write, lock("0401", "0301"))]
        for end in ends:
            end.result(A_WHILE_S)
    assert len(runs) >= 3, "whoever ran again may meet the other once more"
    with first.engine.connect() as connection:
        assert set(connection.exec_driver_sql("SELECT failures FROM clerk").scalars()) == {2}


def test_two_rounds_at_once_hang_up_one_card(
    hall_on: Callable[[Storage], Any], first: Storage, second: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, wanted = threading.Barrier(2), [Wanted("silence:1", CardRule.OVERDUE, "case-1")]
    known = cards.known
    waited: set[int] = set()

    def at_once(connection: Transaction, code: str, causes: Any) -> set[str]:
        found = known(connection, code, causes)
        if threading.get_ident() not in waited:
            waited.add(threading.get_ident())
            both.wait(A_WHILE_S)
        return found

    monkeypatch.setattr(cards, "known", at_once)

    def hang(storage: Storage) -> int:
        context = hall_on(storage).service.context
        rules = Rules()

        def work(connection: Transaction) -> int:
            changes = raise_cards.raise_cards(context, connection, HALL, wanted, rules)
            feed.append(connection, HALL, changes)
            return len(changes)

        return storage.write(work)

    with ThreadPoolExecutor(2) as pool:
        made = sorted(pool.map(hang, (first, second)))
    assert made == [0, 2], "the card, and the row that says: look again"
    assert len(first.read(lambda connection: cards.standing(connection, HALL, 0))) == 1


def test_guesses_are_counted_together(hall_on: Callable[[Storage], Any], first: Storage, second: Storage) -> None:
    counts = [Attempts(hall_on(storage).service.context) for storage in (first, second)]

    def guess(n: int) -> bool:
        try:
            counts[n % 2].take((("case/1", 5), ("address/x", 30)))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(24))) == 5


def test_a_guess_that_came_in_between_is_not_overwritten(
    hall_on: Callable[[Storage], Any], first: Storage, second: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (Attempts(hall_on(storage).service.context) for storage in (first, second))
    key, locked, looks = (("case/1", 2),), attempts.locked, []

    def overtaken(connection: Transaction, marks: Any) -> dict[str, list[int]]:
        found = locked(connection, marks)
        looks.append(found)
        if len(looks) == 1:
            there.take(key)
        return found

    monkeypatch.setattr(attempts, "locked", overtaken)
    here.take(key)
    with pytest.raises(Refused, match="rate_limited"):
        here.take(key)


def test_no_address_and_no_number_is_kept_of_a_guess(hall: Any) -> None:
    Attempts(hall.service.context).take((("address/10.0.0.7", 30),))
    with hall.storage.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT mark, moments FROM attempt").all()
    assert len(kept) == 1
    assert "10.0.0.7" not in str(kept)
    hall.clock.now += WINDOW_MS + 1
    forget_attempts(hall.service.context)
    with hall.storage.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT mark FROM attempt").all() == []


def settings(folder: Path, db: str, workers: int) -> Settings:
    return Settings(db, folder, "127.0.0.1", 0, workers, demo=False)


@pytest.mark.parametrize(("scheme", "workers"), [("sqlite", 2), ("sqlite", 0), ("postgresql", 0), ("postgresql", -1)])
def test_as_many_processes_as_the_database_can_serve(tmp_path: Path, scheme: str, workers: int) -> None:
    with pytest.raises(StartRefused, match="workers_unsupported"):
        database_of(settings(tmp_path, f"{scheme}:///{tmp_path}/server.db", workers), SystemClock())
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_cannot_start_says_why_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # this process keeps its own
    serving = Serving(settings(tmp_path, f"postgresql://nobody@/none?host={tmp_path}", 1), SystemClock(), b"k" * 32)
    with listen("127.0.0.1", 0) as listener, pytest.raises(StartRefused, match="database_unavailable"):
        serve_by_several(serving, listener, lambda: None)
    assert multiprocessing.active_children() == []
