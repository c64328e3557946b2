"""Section 17: watchdog."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from answers import acked, page

from app.domain.link import Link
from sync.client.backoff import LONGEST_MS
from sync.client.exchange import exchange
from sync.client.http import HttpCentralServer
from sync.client.requests import PullPage, PushOperations, Reconnect, Wait
from sync.client.session import Session
from sync.client.watchdog import STALLED_MS
from sync.protocol.interface import Refused


def test_a_head_that_does_not_move_builds_the_connection_anew_and_is_told(
    session: Session, kit: Any, append: Any
) -> None:
    """17.1 After a minute, and again every further minute."""
    append(1)
    session.refused(session.next(), Refused("internal", 500))
    kit.clock.advance(STALLED_MS - 1)
    assert isinstance(session.next(), PushOperations)
    assert session.status().link is Link.SYNCING
    for minute in (1, 2, 3):
        kit.clock.advance(1 if minute == 1 else STALLED_MS)
        assert session.next() == Reconnect()
        session.answered(Reconnect(), None)
        status = session.status()
        assert (status.link, status.trouble, status.stalled_min) == (Link.ATTENTION, "outbox_stalled", minute)
    session.answered(session.next(), acked(1))
    session.next()
    assert (session.trouble, session.status().stalled_min) == (None, 0)


def test_who_cannot_reach_the_server_at_all_is_not_told_so(session: Session, kit: Any, append: Any) -> None:
    """17.1 It counts while the server answers; without it the chip says offline."""
    append(1)
    session.unreachable(session.next())
    kit.clock.advance(5 * STALLED_MS)
    assert isinstance(session.next(), PushOperations)
    assert session.status().stalled_min == 0


def test_a_push_of_which_nothing_is_acknowledged_is_said_again_ever_more_seldom(
    session: Session, kit: Any, append: Any
) -> None:
    """17.2 The feed goes on meanwhile."""
    append(2)
    pauses, pulled = [], 0
    for _ in range(10):
        began = kit.clock.now
        while not isinstance(request := session.next(), PushOperations):
            if isinstance(request, Wait):
                kit.clock.advance(request.milliseconds)
            else:
                pulled += isinstance(request, PullPage)
                session.answered(request, page() if isinstance(request, PullPage) else None)
        pauses.append(kit.clock.now - began)
        session.answered(request, acked(0))
    assert pulled > 5
    assert LONGEST_MS >= max(pauses[5:]) > 2_000
    session.answered(request, acked(1))
    assert isinstance(session.next(), PushOperations), "one of two was taken: the rest goes at once"


class Deaf(BaseHTTPRequestHandler):
    """Answers everything as the server does, and takes nothing in."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    pushes = 0

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.answer({"events": [], "next": 1, "head": 1, "floor": 0, "server_incarnation": "server-1"})

    def do_POST(self) -> None:
        Deaf.pushes += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"acked_seq": 0, "results": [], "server_incarnation": "server-1", "server_time": 1_795_395_600_000})

    def answer(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def deaf(manual_clock: Any) -> Iterator[HttpCentralServer]:
    """A line to a server that acknowledges nothing."""
    Deaf.pushes = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Deaf) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        line = HttpCentralServer(f"http://127.0.0.1:{server.server_address[1]}", "t", manual_clock)
        yield line
        line.close()
        server.shutdown()
        thread.join()


def test_a_server_that_acknowledges_nothing_for_five_minutes(
    session: Session, kit: Any, append: Any, deaf: HttpCentralServer
) -> None:
    """17.1 17.2 Over a real line: it is neither run over nor kept from the clerk, and nothing is lost."""
    operations = append(3)
    rebuilt: list[int] = []
    session.hinted = True
    until = kit.clock.now + 5 * STALLED_MS
    while kit.clock.now < until:
        wait = exchange(session, deaf, lambda: (deaf.reconnect(), rebuilt.append(kit.clock.now)))
        kit.clock.advance(wait.milliseconds if wait else 5)
    assert 10 < Deaf.pushes < 100
    assert 4 <= len(rebuilt) <= 5
    status = session.status()
    assert (status.link, status.trouble, status.pending) == (Link.ATTENTION, "outbox_stalled", 3)
    assert status.stalled_min >= 4
    assert kit.replica.pending(9) == operations
