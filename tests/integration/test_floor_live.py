"""The floor manager's view against the real server in a process of its own: live within a second, acts that count."""

import json
import os
import select
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live_hall import HALL, ROOT, Listener, Server, settings

from app.commands.floor_opening import FloorOpening
from app.commands.floor_settings import floor_settings
from app.commands.manager_session import ManagerSession
from app.commands.settings import BadSettings
from app.commands.system_clock import SystemClock
from app.storage.wish_file import WishFile
from sync.client.http import HttpCentralServer
from sync.protocol.floor_messages import AssignWindow, HallNotice, Nothing, TellWindow
from sync.protocol.messages import OpenSession
from ui.screens.floor.parts import FloorParts
from ui.screens.floor.view_model import FloorView
from ui.screens.program import ScreenNotOpen


@pytest.fixture
def manager(server: Server, tmp_path: Path) -> Iterator[tuple[FloorParts, Listener]]:
    opening = FloorOpening(tmp_path, server.url, SystemClock(), settings(server, tmp_path))
    listener = Listener()
    parts = opening.open(listener)  # type: ignore[arg-type]  # the signals of a bridge without Qt
    parts.listen()
    yield parts, listener
    opening.close()


def waiting(view: FloorView, code: str) -> int:
    return next((each.waiting for each in view.queues if each.code == code), -1)


def tile(view: FloorView, window: str) -> Any:
    return next(each for each in view.tiles if each.window == window)


def test_a_number_and_its_call_are_on_the_screen_within_a_second(server: Server, manager: Any) -> None:
    parts, listener = manager
    assert parts.manager == "杨某"
    listener.until(lambda view: waiting(view, "C") == 0, 10)
    listener.until_told(lambda news: news.hinted, 10)
    number = server.ask(f"{HALL}/tickets", "kiosk", {"business": "C", "priority": None})["number"]
    assert listener.until(lambda view: waiting(view, "C") == 1, 5) < 1

    server.ask(f"{HALL}/windows/B05/call-next", "B05", {})
    assert listener.until(lambda view: tile(view, "B05").ticket == number, 5) < 1
    assert tile(listener.view(), "B05").tag.text == "呼叫中"

    parts.find(number.lower())
    assert listener.until_told(lambda news: news.found is not None, 5) < 1
    found = listener.news.told[-1].found
    assert found is not None
    assert found.ticket is not None
    assert (found.ticket.number, found.ticket.window, found.ticket.state) == (number, "B05", "called")


def test_what_the_manager_lays_down_holds_at_the_windows(server: Server, manager: Any) -> None:
    parts, listener = manager
    listener.until(lambda view: view.tiles != (), 10)
    parts.submit("windows/B07/close", Nothing())
    parts.submit("windows/D02/businesses", AssignWindow(businesses=["H", "D"]))
    parts.submit("windows/B08/message", TellWindow(text="请到值班台来一下"))
    parts.submit("notice", HallNotice(text="17:00 停止取号"))
    listener.until(lambda view: view.handled_note == "4 条", 5)

    number = server.ask(f"{HALL}/tickets", "kiosk", {"business": "D", "priority": None})["number"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.ask(f"{HALL}/windows/B07/call-next", "B07", {})
    assert refused.value.code == 409
    assert json.loads(refused.value.read())["error"] == "window_closed"
    refused.value.close()
    assert server.ask(f"{HALL}/windows/D02/call-next", "D02", {})["number"] == number
    assert server.ask(f"{HALL}/state", "kiosk")["notice"] == "17:00 停止取号"
    assert tile(listener.view(), "B07").tag.text == "已关"

    waits = server.ask(f"{HALL}/tickets", "kiosk", {"business": "C", "priority": None})["number"]
    done = server.ask(f"{HALL}/floor/windows/B07/rehome", "manager", {"numbers": [waits]})
    assert done["held"] == []
    told = server.ask(f"{HALL}/floor/tickets/{waits}", "manager")
    assert told["state"] == "waiting", "it waited for nobody alone"
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.ask(f"{HALL}/floor/tickets/{waits}", "kiosk")
    assert refused.value.code == 403
    refused.value.close()


def test_a_block_is_reserved_and_fenced_over_http(server: Server) -> None:
    numbers = [server.ask(f"{HALL}/tickets", "kiosk", {"business": "C", "priority": None})["number"] for _ in "ab"]
    block = server.ask(f"{HALL}/windows/B06/block", "B06", {"count": 5})
    assert [each["number"] for each in block["tickets"]][-2:] == numbers
    tile_now = next(each for each in server.ask(f"{HALL}/floor", "manager")["windows"] if each["window"] == "B06")
    assert (tile_now["reserved"][-2:], tile_now["block_epoch"]) == (numbers, block["epoch"])
    done = server.ask(f"{HALL}/floor/windows/B06/fence", "manager", {"called": numbers[:1], "epoch": block["epoch"]})
    assert (done["returned"][-1], done["reserved"]) == (numbers[1], [])
    told = [server.ask(f"{HALL}/floor/tickets/{each}", "manager") for each in numbers]
    assert [(each["state"], each["window"]) for each in told] == [("called", "B06"), ("waiting", None)]
    for path, body, status in (
        (f"{HALL}/windows/B06/block", {"count": 6}, 422),
        (f"{HALL}/floor/windows/B06/fence", {"called": [], "epoch": 1}, 403),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            server.ask(path, "B06", body)
        assert refused.value.code == status
        refused.value.close()


def test_a_refused_act_says_why_and_does_not_stop_the_others(manager: Any) -> None:
    parts, listener = manager
    listener.until(lambda view: view.tiles != (), 10)
    parts.submit("windows/Z99/close", Nothing())
    listener.until(lambda view: view.message == "没有这个窗口。", 5)
    parts.submit("windows/B09/close", Nothing())
    listener.until(lambda view: tile(view, "B09").tag.text == "已关", 5)


def test_only_a_floor_manager_gets_in(server: Server, tmp_path: Path) -> None:
    opening = FloorOpening(tmp_path, server.url, SystemClock(), settings(server, tmp_path, clerk="0301"))
    with pytest.raises(ScreenNotOpen) as refused:
        opening.open(Listener())  # type: ignore[arg-type]  # as above
    assert (refused.value.code, refused.value.final) == ("floor_not_manager", True)


def test_settings_of_a_counter_are_not_a_managers_and_wrong_ones_say_where(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    assert floor_settings(file) is None
    file.write_text('server = "http://127.0.0.1:1"\ntoken_file = "token"\n')
    assert floor_settings(file) is None
    file.write_text('place = "floor"\nserver = "http://127.0.0.1:1"\ntoken_file = "token"\n')
    with pytest.raises(BadSettings) as refused:
        floor_settings(file)
    assert (refused.value.fault, refused.value.place) == ("settings_missing_key", "hall")


@pytest.mark.parametrize(("clerk", "live"), [("0901", b"floor.live"), ("0801", b"guide.live")])
def test_the_role_of_who_signs_in_decides_which_window_a_counter_opens(
    server: Server, tmp_path: Path, clerk: str, live: bytes
) -> None:
    settings(server, tmp_path, clerk)
    (tmp_path / "token").write_text(server.credentials["tokens"]["A01"])
    (tmp_path / "counter.toml").write_text(
        f'server = "{server.url}"\ntoken_file = "token"\nkey_store = "file"\nsign_in_file = "sign-in.json"\n\n'
        '[printer]\nurl = "tcp://127.0.0.1:1"\n'
    )
    command = [sys.executable, "-m", "app.main", "counter", "--data", str(tmp_path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    log = tmp_path / "log" / "counter.log"
    log.parent.mkdir()
    os.mkfifo(log)
    reader = os.open(log, os.O_RDWR)
    counter = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        written = read_until(reader, live, counter)
    finally:
        counter.terminate()
        status = counter.wait(20)
        os.close(reader)
    assert status == 0
    assert b"Traceback" not in written


def read_until(reader: int, words: bytes, program: subprocess.Popen[bytes]) -> bytes:
    """Return what a program writes, up to these words; it fails once the program has ended or a minute is over."""
    written, ended = b"", os.pidfd_open(program.pid)
    try:
        while words not in written:
            ready, _, _ = select.select([reader, ended], [], [], 60)
            assert reader in ready, written.decode()
            written += os.read(reader, 65_536)
    finally:
        os.close(ended)
    return written


def test_acts_asked_for_while_cut_off_survive_a_restart_and_are_done_once(server: Server, tmp_path: Path) -> None:
    clock = SystemClock()
    device = HttpCentralServer(server.url, server.credentials["tokens"]["manager"], clock)
    opened = device.open_session(OpenSession(clerk="0901", password=server.credentials["clerks"]["0901"]))
    device.close()
    session = ManagerSession(opened.name, "9901", opened.session, opened.clerk)
    listener = Listener()
    cut_off = FloorOpening(tmp_path, "http://127.0.0.1:9", clock, session)
    parts = cut_off.open(listener)  # type: ignore[arg-type]  # as above
    parts.listen()
    parts.submit("windows/C01/message", TellWindow(text="请到值班台来一下"))
    parts.submit("windows/C01/close", Nothing())
    listener.until_told(lambda news: news.offline and news.queued == 2, 10)
    cut_off.close()

    listener = Listener()
    again = FloorOpening(tmp_path, server.url, clock, session)
    again.open(listener).listen()  # type: ignore[arg-type]  # as above
    listener.until(lambda view: bool(view.tiles) and tile(view, "C01").tag.text in ("已关", "办完关窗"), 10)
    again.close()
    acts = [each for each in server.ask(f"{HALL}/floor", "manager")["acts"] if each["detail"].get("window") == "C01"]
    assert [each["act"] for each in reversed(acts)] == ["tell_window", "open_window"]
    assert WishFile(tmp_path).kept() == ()
