"""The manager's end of the wire: acts keep their order and their key until the server has them."""

import json
from typing import Any

import httpx2
import pytest

from sync.client.floor import FloorNews, FloorWorker, HttpFloor
from sync.protocol.floor_messages import TellWindow

STATE = {
    "hall": "9901",
    "head": 1,
    "server_time": 1,
    "centre": "",
    "closes": "",
    "windows": [],
    "queues": [],
    "alarms": [],
    "figures": {
        **dict.fromkeys(("waiting", "issued", "recent", "done", "accepted", "noticed"), 0),
        **dict.fromkeys(("red", "yellow", "due_today", "rated", "pleased"), 0),
        "mean_wait_ms": None,
        "mean_serve_ms": None,
    },
    "course": {"waiting": [], "longest": [], "issued": []},
    "due": [],
    "acts": [],
    "priorities": [],
    "notice": None,
}


class Hall:
    """What answers at the address; ``down`` breaks the line, ``refuse`` names windows nobody knows."""

    def __init__(self) -> None:
        self.down = False
        self.asked: list[tuple[str, str, Any]] = []

    def __call__(self, request: Any) -> Any:
        if self.down:
            raise httpx2.ConnectError("down")
        if request.method == "GET":
            return httpx2.Response(200, json=STATE)
        self.asked.append((request.url.path, request.headers["Idempotency-Key"], json.loads(request.content)))
        if "/Z99/" in request.url.path:
            return httpx2.Response(404, json={"error": "unknown_window", "message": "没有这个窗口。"})
        return httpx2.Response(200, json={"act_id": "a", "at_ms": 1, "serving": None, "held": []})


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def told() -> list[FloorNews]:
    return []


@pytest.fixture
def worker(hall: Hall, told: list[FloorNews], manual_clock: Any) -> Any:
    server = HttpFloor("http://hall", "secret", manual_clock, httpx2.MockTransport(hall))
    return FloorWorker(server, "9901", manual_clock, told.append)


def test_what_was_asked_while_cut_off_is_sent_in_order_and_once(worker: Any, hall: Hall, told: Any) -> None:
    hall.down = True
    worker.submit("windows/A01/close")
    worker.submit("windows/A02/message", TellWindow(text="请来一下"))
    worker._step()
    assert (told[-1].offline, told[-1].queued, hall.asked) == (True, 2, [])

    hall.down = False
    worker._step()
    worker._step()
    assert [path for path, _, _ in hall.asked] == [
        "/v1/halls/9901/floor/windows/A01/close",
        "/v1/halls/9901/floor/windows/A02/message",
    ]
    assert len({key for _, key, _ in hall.asked}) == 2
    assert hall.asked[1][2] == {"text": "请来一下"}
    assert (told[-1].offline, told[-1].queued) == (False, 0)
    assert told[-1].state is not None


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_key(worker: Any, hall: Hall) -> None:
    worker.submit("windows/A01/close")
    answered, hall.down = hall.__call__, False

    def lost(request: Any) -> Any:
        answered(request)
        raise httpx2.ReadTimeout("lost")

    worker._server._client.close()
    worker._server._transport = httpx2.MockTransport(lost)
    worker._server.reconnect()
    worker._step()
    worker._server._transport = httpx2.MockTransport(hall)
    worker._server.reconnect()
    worker._step()
    keys = [key for _, key, _ in hall.asked]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_refusal_is_told_and_does_not_hold_up_the_rest(worker: Any, hall: Hall, told: Any) -> None:
    worker.submit("windows/Z99/close")
    worker.submit("windows/A01/close")
    worker._step()
    assert (told[-1].refused, told[-1].queued, told[-1].offline) == ("unknown_window", 0, False)
    assert len(hall.asked) == 2
    worker._step()
    assert told[-1].refused == ""
