"""The manager's end of the wire: acts keep their order and their key until the server has them."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.ports.wishes import KeptWish, WishFault
from app.storage.wish_file import NAME, WishFile
from sync.client.floor import FloorNews, FloorWorker, HttpFloor
from sync.client.floor_outbox import FloorOutbox
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
    "contacts": [],
    "cards": [],
}

TICKET = {
    "business": "A",
    "state": "serving",
    "issued_ms": 1,
    "called_ms": 2,
    "window": "A03",
    "to_window": None,
    "priority": None,
    "first_clerk": "0302",
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
            return self.told(request.url.path.rpartition("/tickets/")[2])
        self.asked.append((request.url.path, request.headers["Idempotency-Key"], json.loads(request.content)))
        if "/Z99/" in request.url.path:
            return httpx2.Response(404, json={"error": "unknown_window", "message": "没有这个窗口。"})
        return httpx2.Response(200, json={"act_id": "a", "at_ms": 1, "serving": None, "held": []})

    def told(self, number: str) -> Any:
        if "/floor" in number:
            return httpx2.Response(200, json=STATE)
        if number != "A012":
            return httpx2.Response(404, json={"error": "unknown_ticket", "message": "今天没有这个号。"})
        return httpx2.Response(200, json={**TICKET, "number": number})


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def told() -> list[FloorNews]:
    return []


@pytest.fixture
def start(hall: Hall, told: list[FloorNews], manual_clock: Any, tmp_path: Path) -> Callable[..., FloorWorker]:
    """Return a manager's program as it stands right after its start, on the same data directory each time."""

    def make(by: str = "0901", store: Any = None) -> FloorWorker:
        server = HttpFloor("http://hall", "secret", manual_clock, httpx2.MockTransport(hall))
        outbox = FloorOutbox(store or WishFile(tmp_path), manual_clock, by)
        outbox.load()
        return FloorWorker(server, "9901", outbox, told.append)

    return make


@pytest.fixture
def worker(start: Callable[..., FloorWorker]) -> FloorWorker:
    return start()


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


def test_a_restart_while_cut_off_loses_nothing_and_sends_each_once_under_its_key(
    start: Callable[..., FloorWorker], hall: Hall, told: Any, tmp_path: Path
) -> None:
    hall.down = True
    first = start()
    first.submit("windows/A01/close")
    first.submit("windows/A02/message", TellWindow(text="请来一下"))
    first._step()
    keys = [each.key for each in WishFile(tmp_path).kept()]
    assert len(set(keys)) == 2
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0

    second = start()
    second.submit("windows/A03/open")
    second._step()
    assert told[-1].queued == 3
    hall.down = False
    second._step()
    start()._step()
    assert [path.rpartition("/windows/")[2] for path, _, _ in hall.asked] == ["A01/close", "A02/message", "A03/open"]
    assert [key for _, key, _ in hall.asked][:2] == keys
    assert hall.asked[1][2] == {"text": "请来一下"}
    assert WishFile(tmp_path).kept() == ()


def test_a_restart_after_a_lost_answer_asks_under_the_same_key(
    start: Callable[..., FloorWorker], hall: Hall, manual_clock: Any
) -> None:
    def lost(request: Any) -> Any:
        hall(request)
        raise httpx2.ReadTimeout("lost")

    worker = start()
    worker._server = HttpFloor("http://hall", "secret", manual_clock, httpx2.MockTransport(lost))
    worker.submit("windows/A01/close")
    worker._step()
    start()._step()
    assert len(hall.asked) == 2
    assert len({key for _, key, _ in hall.asked}) == 1


def test_yesterdays_acts_are_let_go_and_told_and_another_persons_wait_for_them(
    start: Callable[..., FloorWorker], hall: Hall, told: Any, manual_clock: Any, tmp_path: Path
) -> None:
    hall.down = True
    old = start()
    old.submit("windows/A01/close")
    old._step()
    manual_clock.advance(24 * 3_600_000)
    other = start("0902")
    other.submit("windows/A02/close")
    other._step()

    hall.down = False
    start()._step()
    assert (told[-1].expired, told[-1].queued, hall.asked) == (1, 0, [])
    assert [each.by for each in WishFile(tmp_path).kept()] == ["0902"]
    start("0902")._step()
    assert [path.rpartition("/windows/")[2] for path, _, _ in hall.asked] == ["A02/close"]
    hall.down = True
    other = start("0902")
    other.submit("windows/A02/close")
    other._step()
    manual_clock.advance(8 * 24 * 3_600_000)
    start()
    assert WishFile(tmp_path).kept() == (), "nobody comes for it any more"


@pytest.mark.parametrize(("status", "code"), [(500, "internal"), (429, "rate_limited"), (401, "unauthorised")])
def test_a_no_that_is_not_about_the_act_keeps_it(
    start: Callable[..., FloorWorker], hall: Hall, told: Any, manual_clock: Any, *, status: int, code: str
) -> None:
    def busy(_request: Any) -> Any:
        return httpx2.Response(status, json={"error": code, "message": ""})

    worker = start()
    worker._server = HttpFloor("http://hall", "secret", manual_clock, httpx2.MockTransport(busy))
    worker.submit("windows/A01/close")
    worker._step()
    assert (told[-1].queued, told[-1].refused, told[-1].offline) == (1, code, True)
    start()._step()
    assert len(hall.asked) == 1


class FullDisk:
    """A store that takes nothing."""

    def kept(self) -> Sequence[KeptWish]:
        return ()

    def add(self, wish: KeptWish) -> None:
        raise WishFault

    def drop(self, key: str) -> None:
        raise WishFault


def test_a_full_disk_is_told_and_the_act_goes_out_all_the_same(
    start: Callable[..., FloorWorker], hall: Hall, told: Any
) -> None:
    worker = start(store=FullDisk())
    hall.down = True
    worker.submit("windows/A01/close")
    worker._step()
    assert (told[-1].unkept, told[-1].queued) == (True, 1)
    hall.down = False
    worker._step()
    assert (len(hall.asked), told[-1].queued) == (1, 0)


def test_a_damaged_file_gives_up_what_cannot_be_read_and_no_more(tmp_path: Path) -> None:
    store = WishFile(tmp_path)
    store.add(KeptWish("k1", "0901", 1, "notice", '{"text":"甲"}'))
    store.add(KeptWish("k2", "0901", 2, "notice", '{"text":"乙"}'))
    good = (tmp_path / NAME).read_bytes()
    bad = b'{"key": 1}\n[]\nnull\n{"key":"k3","by":"0901","at_ms":"1","path":"x","body":"{}"}\n\xff\xfe\n'
    (tmp_path / NAME).write_bytes(good[: len(good) // 2] + b"\n" + bad + good)
    assert [each.key for each in store.kept()][-2:] == ["k1", "k2"]
    store.drop("k1")
    assert "k1" not in [each.key for each in store.kept()]


def test_a_number_is_looked_for_once_and_again_after_the_line_was_down(worker: Any, hall: Hall, told: Any) -> None:
    hall.down = True
    worker.find("A012")
    worker._step()
    assert told[-1].found is None
    hall.down = False
    worker._step()
    assert (told[-1].found.number, told[-1].found.ticket.window) == ("A012", "A03")
    worker.find("A999")
    worker._step()
    assert (told[-1].found.number, told[-1].found.ticket) == ("A999", None)
