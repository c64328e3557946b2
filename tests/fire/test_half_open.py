"""A stream of hints that falls silent without an end is noticed, opened anew, and the feed is polled meanwhile."""

import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "integration")]

import http_server  # noqa: E402 - test folders are no packages
from chaos_proxy import ChaosProxy, Line  # noqa: E402
from observer import HALL  # noqa: E402
from workers import Counter  # noqa: E402

from app.storage.parsed import Parsed  # noqa: E402
from sync.client.hints import SILENCE_S, HintListener  # noqa: E402
from sync.client.worker import SyncWorker  # noqa: E402
from sync.server.http.hints import REPEAT_S  # noqa: E402

WINDOW = "A02"
LONG_S = 60


class Listening:
    """Hands everything on to the thread, and keeps what the stream said of itself."""

    def __init__(self, worker: SyncWorker) -> None:
        self._worker = worker
        self.hinted: queue.Queue[bool] = queue.Queue()
        self.hints = threading.Semaphore(0)

    def hint(self) -> None:
        self._worker.hint()
        self.hints.release()

    def set_hinted(self, *, hinted: bool) -> None:
        self._worker.set_hinted(hinted=hinted)
        self.hinted.put(hinted)


@pytest.fixture
def stream(server: http_server.Server) -> Iterator[Line]:
    proxy = ChaosProxy(server.url, 1)
    yield proxy.line("stream")
    proxy.stop()


@pytest.fixture
def counter(server: http_server.Server, tmp_path: Path) -> Iterator[Counter]:
    counter = Counter(tmp_path, server.url, server.credentials["tokens"][WINDOW], Parsed())
    counter.sync()
    yield counter
    counter.close()


def test_a_stream_that_falls_silent_is_opened_anew_and_the_feed_polled_meanwhile(
    server: http_server.Server, stream: Line, counter: Counter
) -> None:
    known: queue.Queue[set[str]] = queue.Queue()

    def changed() -> None:
        with counter.store.read() as view:
            known.put({each.number for each in view.waiting(["B"], 1000)})

    def until_known(number: str) -> None:
        while number not in known.get(timeout=LONG_S):
            pass

    worker = SyncWorker(counter.session, counter.server, counter.server.reconnect, lambda _: None, changed)
    listening = Listening(worker)
    token = server.credentials["tokens"][WINDOW]
    hints = HintListener(stream.url, token, HALL, listening, silence_s=1.0, retry_s=0.1)
    worker.start()
    hints.start()
    try:
        assert listening.hinted.get(timeout=LONG_S)
        until_known(server.issue("B").json["number"])

        stream.cut()
        stream.silence()
        unheard = server.issue("B").json["number"]
        while listening.hinted.get(timeout=LONG_S):
            pass
        until_known(unheard)

        stream.mend()
        while not listening.hinted.get(timeout=LONG_S):
            pass
        while listening.hints.acquire(blocking=False):
            pass
        heard = server.issue("B").json["number"]
        assert listening.hints.acquire(timeout=LONG_S), "hints are back"
        until_known(heard)
    finally:
        hints.stop()
        worker.stop()


def test_three_words_of_the_server_may_be_lost_before_its_silence_counts() -> None:
    assert 3 * REPEAT_S <= SILENCE_S
