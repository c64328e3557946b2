"""The server over HTTP: what goes out, and that nothing that comes back is believed unseen."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from sync.client.http import MAX_ANSWER, SNAPSHOT_S, HttpCentralServer
from sync.protocol.interface import NotOurServer, Refused, Unreachable
from sync.protocol.messages import Named, OpenSession, Push

CALLED = {
    "id": "t1",
    "number": "A012",
    "business": "A",
    "priority": None,
    "rev": 2,
    "issued_ms": 1,
    "called_ms": 2,
    "window": "A01",
}


@pytest.fixture
def wire(manual_clock: Any) -> Iterator[Any]:
    """Return a server whose answers are made by a function, and the requests it got."""
    made, asked = [], []

    def build(answer: Any) -> Any:
        def handle(request: Any) -> Any:
            asked.append(request)
            return answer(request) if callable(answer) else answer

        made.append(HttpCentralServer("http://hall", "secret", manual_clock, httpx2.MockTransport(handle)))
        return made[-1], asked

    yield build
    for each in made:
        each.close()


def test_a_call_carries_token_and_key(wire: Any) -> None:
    server, asked = wire(httpx2.Response(200, json=CALLED))
    assert server.call_next("9901", "A01", "key-1").number == "A012"
    (request,) = asked
    assert (request.method, request.url.path) == ("POST", "/v1/halls/9901/windows/A01/call-next")
    assert request.headers["Authorization"] == "Bearer secret"
    assert request.headers["Idempotency-Key"] == "key-1"


def test_nobody_waiting_is_an_answer(wire: Any) -> None:
    server, _ = wire(httpx2.Response(204))
    assert server.call_next("9901", "A01", "key-1") is None


def test_every_post_has_a_key_of_its_own(wire: Any) -> None:
    server, asked = wire(
        httpx2.Response(200, json={"acked_seq": 0, "results": [], "server_incarnation": "s", "server_time": 0})
    )
    for _ in range(2):
        server.push(Push(device="d", incarnation="i", first_seq=1, ops=[]))
    assert len({each.headers["Idempotency-Key"] for each in asked}) == 2
    assert json.loads(asked[0].content) == {"device": "d", "incarnation": "i", "first_seq": 1, "ops": []}


def test_a_pull_says_where_it_stands(wire: Any) -> None:
    answer = {"events": [], "next": 5, "head": 5, "floor": 0, "server_incarnation": "s"}
    server, asked = wire(httpx2.Response(200, json=answer))
    assert server.pull("9901", 5, 500).next == 5
    assert asked[0].url.params == httpx2.QueryParams({"hall": "9901", "cursor": 5, "limit": 500})


def test_a_refusal_keeps_its_code_and_sequence(wire: Any) -> None:
    server, _ = wire(httpx2.Response(409, json={"error": "gap", "message": "缺号", "expected_seq": 7}))
    with pytest.raises(Refused) as caught:
        server.open_session(OpenSession(clerk="0301", password="x"))
    assert (caught.value.code, caught.value.status, caught.value.expected_seq) == ("gap", 409, 7)


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(200, text="<html>Welcome to the hotel</html>"),
        httpx2.Response(200, json={**CALLED, "surprise": 1}),
        httpx2.Response(200, json={**CALLED, "rev": "2"}),
        httpx2.Response(200, content=b"\xff\xfe"),
        httpx2.Response(200, content=b'{"id": "\xff"}'),
        httpx2.Response(409, content=b'{"error": "\xff"}'),
        httpx2.Response(302, headers={"Location": "http://elsewhere/"}),
        httpx2.Response(502, text="Bad Gateway"),
        httpx2.Response(404, json={"detail": "Not Found"}),
    ],
)
def test_what_no_server_of_ours_says_is_no_answer(wire: Any, answer: Any) -> None:
    server, _ = wire(answer)
    with pytest.raises(Unreachable, match="not_our_server"):
        server.call_next("9901", "A01", "key-1")


def test_an_answer_nested_without_end_is_no_answer(wire: Any) -> None:
    event = b'{"seq": 1, "entity": "ticket", "entity_id": "t", "rev": 1, "data": {"x": '
    server, _ = wire(httpx2.Response(200, content=b'{"events": [' + event + b"[" * 100_000))
    with pytest.raises(Unreachable, match="not_our_server"):
        server.pull("9901", 0, 1)


def test_an_endless_answer_is_cut_off(wire: Any) -> None:
    server, _ = wire(httpx2.Response(200, content=b" " * (MAX_ANSWER + 1)))
    with pytest.raises(Unreachable, match="answer_too_large"):
        server.digest("9901")


@pytest.mark.parametrize("error", [httpx2.ConnectError, httpx2.ReadTimeout, httpx2.RemoteProtocolError])
def test_a_broken_connection_leaves_open_whether_the_server_acted(wire: Any, error: Any) -> None:
    def fail(request: Any) -> None:
        raise error("gone", request=request)

    server, _ = wire(fail)
    with pytest.raises(Unreachable):
        server.digest("9901")


def test_nothing_listens_there(manual_clock: Any) -> None:
    server = HttpCentralServer("http://127.0.0.1:9", "secret", manual_clock)
    with pytest.raises(Unreachable):
        server.digest("9901")
    server.close()


def test_a_new_connection_goes_on_with_the_same_token(wire: Any) -> None:
    server, asked = wire(httpx2.Response(204))
    server.reconnect()
    server.call_next("9901", "A01", "key-1")
    assert asked[0].headers["Authorization"] == "Bearer secret"


def test_a_request_that_meets_a_reconnect_is_asked_again(wire: Any) -> None:
    server, _ = wire(httpx2.Response(200, json=CALLED))
    server.close()
    with pytest.raises(Unreachable, match="RuntimeError"):
        server.call_next("9901", "A01", "key-1")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "20261123", "2026-11-23T00:00"])
@pytest.mark.parametrize("field", ["since", "kept_from"])
def test_a_digest_by_what_is_no_day_is_no_answer_of_the_server(wire: Any, field: str, day: str) -> None:
    days = {"since": "2026-11-22", "kept_from": "2026-10-23"}
    server, _ = wire(httpx2.Response(200, json={"cursor": 1, "tables": {}, **days}))
    assert server.digest("9901").kept_from == "2026-10-23"
    server, _ = wire(httpx2.Response(200, json={"cursor": 1, "tables": {}, **days, field: day}))
    with pytest.raises(NotOurServer):
        server.digest("9901")


def test_a_snapshot_may_be_long_and_take_long(wire: Any) -> None:
    """No other answer may: a month of a big hall is more than 8 MiB."""
    rows = [{"pad": "x" * 1023}] * (MAX_ANSWER >> 10)
    answer = {"cursor": 1, "server_incarnation": "server-1", "tables": {"case": rows}}
    server, asked = wire(httpx2.Response(200, json=answer))
    assert len(server.snapshot("99/01", Named(case=["c1"])).tables["case"]) == len(rows)
    (request,) = asked
    assert (request.method, request.url.path, request.url.params["hall"]) == ("POST", "/v1/sync/snapshot", "99/01")
    assert json.loads(request.content)["case"] == ["c1"]
    assert request.extensions["timeout"]["read"] == SNAPSHOT_S
    server, _ = wire(httpx2.Response(200, json={**answer, "events": rows}))
    with pytest.raises(Unreachable, match="answer_too_large"):
        server.pull("9901", 0, 500)
