"""The manager's keys for reserved numbers: a window prepares to work cut off, and what is stranded comes back."""

from collections.abc import Iterator
from typing import Any

import pytest
from manager_desk import HALL, Desk, opened_desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from screens_kept import Screens

from sync.client.floor import FloorNews
from sync.server.storage import blocks

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(application: QApplication) -> Iterator[Desk]:
    with opened_desk() as made:
        yield made


def stranded(desk: Desk) -> Any:
    """Window A03 keeps three numbers and is not heard any more."""
    desk.issue("A", 4)
    desk.press((Key.Key_F2, SHIFT), "33", Key.Key_Return)
    heard_from(desk, "A03")
    desk.clock.now += 3 * 60_000
    desk.refresh()
    return desk.presenter.state.news.state


def heard_from(desk: Desk, window: str) -> None:
    """Its counter asked for something just now."""
    desk.service.context.storage.write(lambda connection: blocks.put_heard(connection, HALL, window, desk.clock.now))


def test_a_window_prepares_to_work_cut_off_with_four_keys(desk: Desk) -> None:
    desk.issue("A", 4)
    desk.press((Key.Key_F2, SHIFT), "33", Key.Key_Return)
    assert desk.keys == 4
    assert desk.of("A03").reserved == ["A001", "A002", "A003"]
    assert desk.message() == "A03 留 3 个号，断网时自己叫"


def test_stranded_numbers_come_back_after_a_look_at_the_window(desk: Desk, screens: Screens) -> None:
    state = stranded(desk)
    assert [(each.kind, each.window, each.count) for each in state.alarms] == [("stranded", "A03", 3)]
    desk.keys = 0
    desk.press("1")
    screens.keep(desk.window, "floor-fence-1920.png")
    desk.press("1", Key.Key_Return)
    assert desk.keys == 3
    assert desk.of("A03").reserved == []
    assert (desk.of("A03").status, desk.of("A03").ticket) == ("calling", "A001")
    assert desk.message() == "A03：A002、A003 回队"


def test_a_digit_without_a_number_does_nothing(desk: Desk) -> None:
    stranded(desk)
    desk.press("1", "9", Key.Key_Return)
    assert desk.of("A03").reserved == ["A001", "A002", "A003"]


def test_that_none_was_called_is_said_and_never_guessed(desk: Desk) -> None:
    stranded(desk)
    desk.press("1", Key.Key_Return)
    assert desk.of("A03").reserved == ["A001", "A002", "A003"], "nothing was said yet"
    desk.press("0", "1", Key.Key_Return)
    assert desk.of("A03").reserved == ["A001", "A002", "A003"], "0 and a number contradict each other"
    desk.press(Key.Key_Backspace, Key.Key_Return)
    assert desk.of("A03").reserved == []
    assert desk.of("A03").status != "calling"


def test_without_the_server_nothing_is_fenced_later(desk: Desk) -> None:
    stranded(desk)
    desk.press("1")
    desk.presenter.update(news=FloorNews(desk.see(), offline=True), heard_ms=desk.clock.now)
    desk.press("1", Key.Key_Return)
    assert desk.kept == []
    assert "要连上服务器" in desk.message()
