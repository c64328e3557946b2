"""Where the counter stands is read once and asked often; whoever writes makes everybody read anew."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft


@pytest.fixture
def statements(kit: Any) -> Iterator[list[str]]:
    """What runs on the database of the kit."""
    seen: list[str] = []

    def note(*run: Any) -> None:
        seen.append(run[2])

    event.listen(kit.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(kit.database.engine, "before_cursor_execute", note)


def act(kit: Any, clerk: Clerk) -> None:
    with kit.store.begin() as work:
        work.append(OperationDraft("day.opened", "window", "A01", {"business_date": "2026-11-23"}, clerk.at("A01")))


def test_asking_again_runs_nothing(kit: Any, statements: list[str]) -> None:
    asked = [(kit.replica.outbox(), kit.replica.cursor(), kit.replica.counter()) for _ in range(2)]
    assert asked[0] == asked[1]
    assert len([each for each in statements if "counter_state" in each]) == 1


def test_what_another_thread_wrote_is_told_at_once(kit: Any, clerk: Clerk) -> None:
    assert kit.replica.outbox() == (1, 0)
    other = threading.Thread(target=act, args=(kit, clerk))
    other.start()
    other.join()
    assert kit.replica.outbox() == (1, 1)
    kit.replica.acknowledge(1, {})
    assert kit.replica.outbox() == (2, 0)


def test_what_was_rolled_back_is_never_told(kit: Any, clerk: Clerk) -> None:
    def fail() -> None:
        with kit.store.begin() as work:
            work.append(OperationDraft("day.opened", "window", "A01", {}, clerk.at("A01")))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert kit.replica.outbox() == (1, 0)
    act(kit, clerk)
    assert kit.replica.outbox() == (1, 1)
