"""The guide desk against the real server in a process of its own: live within a second, acts that are booked."""

import threading
import time
import urllib.error
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from live_hall import HALL, Listener, Server, settings

from app.commands.floor_settings import FloorSettings, floor_settings
from app.commands.guide_opening import GuideOpening
from app.commands.settings import BadSettings
from app.commands.system_clock import SystemClock
from sync.client.guide import GuideNews, GuideWish, Verb
from ui.screens.program import ScreenNotOpen


def guide_settings(server: Server, folder: Path, clerk: str) -> FloorSettings:
    token = (server.data / "demo-guide.token").read_text("ascii")
    settings(server, folder, clerk)
    (folder / "token").write_text(token)
    file = folder / "counter.toml"
    printer = '\n[printer]\nurl = "tcp://127.0.0.1:1"\ncharset = "gbk"\ncolumns = 48\n'
    file.write_text(file.read_text().replace('"floor"', '"guide"') + printer)
    found = floor_settings(file)
    assert found is not None
    return found


class GuideListener:
    """Stands where the guide's GUI thread stands: keeps the news, and hears the printer."""

    def __init__(self) -> None:
        self.news, self.printer = Listener.Signal(), Listener.Signal()

    def until(self, true: Callable[[GuideNews], bool], seconds: float) -> float:
        began = time.monotonic()
        with self.news.moved:
            told: list[Any] = self.news.told
            assert self.news.moved.wait_for(lambda: bool(told) and true(told[-1]), seconds), told[-1:]
        return time.monotonic() - began


def of_line(news: GuideNews, code: str) -> int:
    lines = news.state.queues if news.state is not None else []
    return next((each.waiting for each in lines if each.code == code), -1)


def test_the_guide_desk_is_live_within_a_second_and_its_acts_are_booked(server: Server, tmp_path: Path) -> None:
    found = guide_settings(server, tmp_path, "0801")
    assert found.printer is not None
    opening, listener = GuideOpening(server.url, SystemClock(), found, found.printer), GuideListener()
    try:
        parts = opening.open(listener)  # type: ignore[arg-type]  # the signals of a bridge without Qt
        assert parts.guide == "韩某"
        assert not any(each.name == "guide" for each in threading.enumerate()), "nothing is heard too early"
        assert not listener.news.told
        parts.listen()
        listener.until(lambda news: not news.offline and news.hinted, 10)
        before = of_line(listener.news.told[-1], "F")  # type: ignore[arg-type]  # as above
        number = server.ask(f"{HALL}/tickets", "kiosk", {"business": "F", "priority": None})["number"]
        assert listener.until(lambda news: of_line(news, "F") == before + 1, 5) < 1

        parts.submit(GuideWish(Verb.FIRST, number=number, priority="elderly"))
        parts.submit(GuideWish(Verb.ISSUE, "F"))
        listener.until(lambda news: news.done is not None and news.done.nth == 2, 5)
        done = listener.news.told[-1].done  # type: ignore[attr-defined]
        assert done.refused == ""
        assert done.paper.qr.endswith(done.number)
        listener.until(lambda news: news.state is not None and news.state.given[0].number == done.number, 5)
        given = listener.news.told[-1].state.given  # type: ignore[union-attr]
        assert [(each.number, each.priority, each.by) for each in given[:2]] == [
            (done.number, None, "0801"),
            (number, "elderly", None),
        ]
        acts = server.ask(f"{HALL}/floor", "manager")["acts"]
        assert not [each for each in acts if each["clerk"] == "0801"], "daily work is not the manager's list"
    finally:
        opening.close()


def test_only_a_guide_gets_the_guide_desk(server: Server, tmp_path: Path) -> None:
    found = guide_settings(server, tmp_path, "0301")
    assert found.printer is not None
    opening = GuideOpening(server.url, SystemClock(), found, found.printer)
    with pytest.raises(ScreenNotOpen) as refused:
        opening.open(GuideListener())  # type: ignore[arg-type]  # as above
    assert (refused.value.code, refused.value.final) == ("guide_not_guide", True)
    for who in ("A01", "kiosk", "manager"):
        with pytest.raises(urllib.error.HTTPError) as seen:
            server.ask(f"{HALL}/guide", who)
        assert seen.value.code == 403
        seen.value.close()


def test_a_guides_settings_need_a_printer(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    file.write_text('place = "guide"\nserver = "http://127.0.0.1:1"\nhall = "9901"\ntoken_file = "token"\n')
    with pytest.raises(BadSettings) as refused:
        floor_settings(file)
    assert (refused.value.fault, refused.value.place) == ("settings_missing_key", "[printer]")
