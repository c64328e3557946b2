"""The manager's keys in the real window, against the real service in this process."""

from collections.abc import Iterator
from typing import Any

import pytest
from manager_desk import HALL, Desk, HandClock, opened_desk
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from sample_floor import big_hall, hall, state_of

from app.domain.floor import FaultFacts
from sync.client.floor import FloorNews
from sync.protocol.floor_messages import Nothing
from sync.server.storage import floor, help_calls
from sync.server.storage.help_calls import HelpCall
from ui.screens.floor.build import build
from ui.screens.floor.view import FloorWindow


@pytest.fixture
def desk(application: QApplication) -> Iterator[Desk]:
    with opened_desk() as made:
        yield made


def test_the_first_suggestion_is_one_key(desk: Desk) -> None:
    desk.issue("C", 3)
    for window in ("A05", "A06"):
        desk.submit(f"windows/{window}/close", Nothing())
    desk.clock.now += 38 * 60_000
    desk.refresh()
    assert desk.presenter.state.news.state is not None
    assert desk.presenter.state.news.state.alarms[0].kind == "wait"

    desk.press("1")
    assert desk.keys == 1
    assert desk.of("A05").status == "idle"
    assert [each.kind for each in desk.see().alarms] == []


def test_a_window_opens_and_closes_with_three_keys(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F2, "2", Qt.Key.Key_Return)
    assert desk.keys == 3
    assert (desk.of("A02").status, desk.of("A02").closed) == ("closed", True)
    assert desk.message() == "A02 关窗"
    desk.press(Qt.Key.Key_F2, "a02", Qt.Key.Key_Enter)
    assert desk.of("A02").status == "idle"


def test_a_window_is_assigned_to_a_line_with_five_keys(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F3, "c12", Qt.Key.Key_Return)
    assert desk.keys == 5
    assert desk.of("D02").businesses == ["H", "C"]
    desk.press(Qt.Key.Key_F3, "cd02", Qt.Key.Key_Return)
    assert desk.of("D02").businesses == ["H"], "the same keys take it away again"


def test_a_message_takes_four_keys(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F5, "61", Qt.Key.Key_Return)
    assert desk.keys == 4
    (act,) = desk.see().acts
    assert (act.act, act.detail["window"], act.detail["text"]) == ("tell_window", "A06", "请到值班台来一下")


def test_a_notice_takes_two_keys_and_its_words(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F6)
    editor = desk.window.findChild(QLineEdit, "mgr_notice")
    assert editor is not None
    assert editor.hasFocus()
    QTest.keyClicks(editor, "12345")
    desk.press(Qt.Key.Key_F10)
    assert desk.keys == 2
    assert desk.see().notice == "12345"
    assert not isinstance(QApplication.focusWidget(), QLineEdit), "digits are commands again"


def test_a_ticket_goes_first_with_three_keys_and_its_number(desk: Desk) -> None:
    first, second = desk.issue("A", 2)
    desk.press(Qt.Key.Key_F4, second.lower(), Qt.Key.Key_Return, "1")
    assert desk.keys == 3 + len(second)
    (act,) = desk.see().acts
    assert act.detail == {"number": second, "priority": "elderly"}
    assert first != second


def test_help_is_answered_and_a_device_is_noted_by_their_digits(desk: Desk) -> None:
    call = HelpCall("h1", HALL, "A03", "0301", desk.clock.now)
    fault = FaultFacts("A04", "printer", "printer_paper_out", desk.clock.now)
    desk.service.context.storage.write(lambda connection: help_calls.add(connection, call))
    desk.service.context.storage.write(lambda connection: floor.put_fault(connection, HALL, fault))
    desk.refresh()
    desk.press("1")
    assert [each.kind for each in desk.see().alarms] == ["device"]
    desk.press("1")
    assert desk.see().alarms == []


def test_what_means_nothing_does_nothing_and_escape_leaves(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F2, "99", Qt.Key.Key_Return)
    assert desk.see().acts == []
    assert desk.window.property("uiState") == "asking.open"
    desk.press(Qt.Key.Key_Escape, "7", Qt.Key.Key_Return)
    assert desk.window.property("uiState") == "floor"
    desk.press(Qt.Key.Key_F3, "c1", Qt.Key.Key_Return)
    assert desk.see().acts == [], "A01 cannot take that line over"


def test_without_the_server_the_hall_turns_grey_and_acts_wait(desk: Desk) -> None:
    desk.online = False
    desk.presenter.update(news=FloorNews(desk.see(), offline=True), heard_ms=desk.clock.now)
    desk.press(Qt.Key.Key_F2, "3", Qt.Key.Key_Return)
    view = build(desk.presenter.state)
    assert view.grey
    assert view.updated.startswith("最后更新 14:0")
    assert desk.see().acts == []
    desk.online = True
    desk.refresh()
    assert desk.of("A03").closed


@pytest.mark.parametrize("size", [(1920, 1080), (1536, 864), (1366, 768), (1280, 720), (1092, 614)])
def test_the_hall_fits_every_layout_class(application: QApplication, screens: Any, size: tuple[int, int]) -> None:
    window = FloorWindow(HandClock())
    window.resize(*size)
    window.show()
    for name, given in (("12", hall()), ("24", big_hall())):
        window.show_view(build(state_of(given)))
        QTest.qWait(30)
        QTest.qWait(30)
        assert not window.grab().isNull()
        screens.keep(window, f"floor-{name}-{size[0]}.png")
        tiles = [each for each in window.findChildren(object) if each.objectName().startswith("mgr_win_tile__")]
        assert len(tiles) == int(name)
        boxes = [each.geometry() for each in tiles]
        assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])
        assert min(box.height() for box in boxes) >= 58
        assert all(each.accessibleName() for each in tiles)
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
