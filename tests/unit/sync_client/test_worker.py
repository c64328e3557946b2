"""The thread around the session: it wakes, tells what changed, and ends when asked."""

import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.domain.clerk import Clerk
from app.domain.link import Link
from app.domain.operation import OperationDraft
from sync.client.session import Session
from sync.client.worker import SyncWorker
from sync.protocol.interface import Unreachable
from sync.protocol.messages import Page, Snapshot


class Server:
    """Answers snapshot and pull, or nobody at all."""

    def __init__(self) -> None:
        self.there = True
        self.pulled = queue.Queue()

    def snapshot(self, hall: str, named: Any) -> Any:
        self._answer()
        return Snapshot(cursor=1, server_incarnation="server-1", tables={})

    def pull(self, hall: str, cursor: int, limit: int) -> Any:
        self._answer()
        self.pulled.put(cursor)
        return Page(events=[], next=cursor, head=cursor, floor=0, server_incarnation="server-1")

    def _answer(self) -> None:
        if not self.there:
            raise Unreachable


@pytest.fixture
def server() -> Any:
    return Server()


@pytest.fixture
def told() -> Any:
    return queue.Queue()


@pytest.fixture
def changed() -> Any:
    return threading.Event()


@pytest.fixture
def worker(kit: Any, server: Any, told: Any, changed: Any) -> Iterator[Any]:
    session = Session(kit.replica, SystemClock(), "ab" * 32)
    worker = SyncWorker(session, server, lambda: None, told.put, changed.set)
    yield worker
    if worker._thread.is_alive():
        worker.stop()


def test_it_catches_up_and_says_so_once(worker: Any, told: Any) -> None:
    worker.start()
    while told.get(timeout=10).link is not Link.SYNCED:
        pass
    worker.hint()
    assert told.empty()


def test_a_hint_pulls_at_once(worker: Any, server: Any) -> None:
    worker.set_hinted(hinted=True)
    worker.start()
    server.pulled.get(timeout=10)
    worker.hint()
    assert server.pulled.get(timeout=10) == 1


def test_a_lost_server_shows(worker: Any, server: Any, told: Any) -> None:
    server.there = False
    worker.start()
    assert told.get(timeout=10).link is Link.OFFLINE


def test_when_the_link_is_lost_the_stream_of_hints_is_not_believed_until_its_next_word(
    worker: Any, server: Any, told: Any
) -> None:
    worker.set_hinted(hinted=True)
    worker.start()
    while told.get(timeout=10).link is not Link.SYNCED:
        pass
    server.there = False
    worker.hint()
    while told.get(timeout=10).link is not Link.OFFLINE:
        pass
    assert not worker._hints_arrive
    worker.hint()
    assert worker._hints_arrive


def test_a_stream_of_hints_that_says_nothing_is_not_waited_for(
    worker: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.client.worker.QUIET_S", 0.1)
    worker.set_hinted(hinted=True)
    worker.start()
    server.pulled.get(timeout=10)
    assert server.pulled.get(timeout=10) == 1, "asked again long before the half minute of a window that hears hints"
    worker.hint()
    assert worker._hints_arrive


def test_what_the_server_sent_is_told(worker: Any, changed: Any) -> None:
    worker.start()
    assert changed.wait(10)


def test_it_ends_when_asked(worker: Any) -> None:
    worker.start()
    worker.stop()
    assert not worker._thread.is_alive()


def test_a_server_that_does_not_answer_holds_nobody_at_the_end(
    worker: Any, server: Any, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = threading.Event(), threading.Event()

    def pull(*_: Any) -> Any:
        asked.set()
        answers.wait(10)
        raise Unreachable

    monkeypatch.setattr(server, "pull", pull)
    worker.start()
    assert asked.wait(10)
    before = told.qsize()

    assert not worker.stop(within_s=0.02)

    answers.set()
    worker._thread.join(10)
    assert not worker._thread.is_alive()
    assert told.qsize() == before, "whoever listened may be gone"


def test_a_status_read_before_the_commit_does_not_answer_who_drains_after_it(
    worker: Any, kit: Any, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = worker._session.status
    drained: queue.Queue[bool] = queue.Queue()

    def late() -> Any:
        """Between reading the status and telling it, an act is committed and somebody drains."""
        status = read()
        monkeypatch.setattr(worker._session, "status", read)
        with kit.store.begin() as work:
            work.append(OperationDraft("slip.reprinted", "case", "c", {}, clerk.at("A01")))
        drain = threading.Thread(target=lambda: drained.put(worker.drain(0.2)))
        drain.start()
        drain.join(0.05)
        return status

    monkeypatch.setattr(worker._session, "status", late)
    worker._tell()
    assert drained.get(timeout=10) is False
