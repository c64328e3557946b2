"""The manager's other keys: windows that still hold people, first contacts nobody took over, F7 to F12."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from manager_desk import HALL, Desk, opened_desk
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from sample_floor import NOW, alarm, hall, state_of

from app.domain.takeover import Contact
from app.domain.ticket import TicketState
from sync.client.floor import FloorNews
from sync.protocol.floor_messages import FloorCard, FloorContact
from sync.server.storage import first_contacts, tickets
from ui.screens.floor.build import build
from ui.screens.floor.state import Sheet
from ui.screens.floor.view import FloorWindow
from ui.texts import text

Key = Qt.Key
MINUTE = 60_000


@pytest.fixture
def desk(application: QApplication) -> Iterator[Desk]:
    with opened_desk() as made:
        yield made


def stands(desk: Desk, number: str, state: TicketState, **changes: Any) -> Any:
    """The ticket stands so at the authority; return it."""

    def work(connection: Any) -> Any:
        before = tickets.by_number(connection, HALL, "2026-11-18", number)
        assert before is not None
        after = replace(before, state=state, rev=before.rev + 1, **changes)
        tickets.move(connection, before, after)
        return after

    moved = desk.service.context.storage.write(work)
    desk.refresh()
    return moved


def held(desk: Desk, window: str, count: int = 1) -> list[str]:
    numbers = desk.issue("A", count)
    for number in numbers:
        stands(desk, number, TicketState.HELD, window=window, called_ms=desk.clock.now, first_clerk="0301")
    return numbers


def state_of_ticket(desk: Desk, number: str) -> str:
    found = desk.service.context.storage.read(lambda each: tickets.by_number(each, HALL, "2026-11-18", number))
    assert found is not None
    return found.state.value


def asked(desk: Desk, number: str, **changes: Any) -> None:
    """A contact stands at the authority that nobody took over."""
    contact = Contact("c1", HALL, number, None, "0301", "0301", "A01", "A05", desk.clock.now)
    desk.service.context.storage.write(lambda each: first_contacts.put(each, replace(contact, **changes)))
    desk.refresh()


def test_held_tickets_are_listed_and_re_homed_with_one_more_key(desk: Desk) -> None:
    first, second = held(desk, "A02", 2)
    desk.press(Key.Key_F2, "2", Key.Key_Return)
    assert desk.window.property("uiState") == "asking.rehome"
    shown = build(desk.presenter.state).strip
    assert shown is not None
    assert shown.title == f"A02 还有 {first}、{second}"
    assert desk.see().acts == [], "nothing happened yet"
    desk.press("1")
    assert desk.keys == 4
    assert [state_of_ticket(desk, each) for each in (first, second)] == ["waiting", "waiting"]
    assert (desk.of("A02").closed, desk.of("A02").held) == (True, [])
    assert [each.act for each in reversed(desk.see().acts)] == ["rehome_tickets", "open_window"]


def test_they_may_stay_with_their_window_and_escape_does_nothing(desk: Desk) -> None:
    (number,) = held(desk, "A02")
    desk.press(Key.Key_F2, "2", Key.Key_Return, Key.Key_Escape)
    assert (desk.see().acts, desk.window.property("uiState")) == ([], "floor")
    desk.press(Key.Key_F2, "2", Key.Key_Return, "2")
    assert (state_of_ticket(desk, number), desk.of("A02").closed) == ("held", True)
    tile = next(each for each in build(desk.presenter.state).tiles if each.window == "A02")
    assert tile.line == f"值班长已关窗，还有 {number}"
    desk.press(Key.Key_F2, "2", Key.Key_Return)
    assert not desk.of("A02").closed, "to open it asks nothing"


def test_the_window_that_is_asked_is_reminded_with_one_digit(desk: Desk) -> None:
    asked(desk, "SW20261118-0001-0001")
    desk.clock.now += 10 * MINUTE
    desk.refresh()
    (action,) = build(desk.presenter.state).actions
    assert (action.title, action.button) == ("SW20261118-0001-0001 首问 10 分没人接办", "提醒 A05")
    desk.press("1")
    assert desk.keys == 1
    told, seen = reversed(desk.see().acts)
    assert (told.act, told.detail["window"], seen.act) == ("tell_window", "A05", "handle_alarm")
    assert told.detail["text"].endswith("10 分没人接办，请按 Ctrl+J 接办")
    assert desk.see().alarms == []
    assert [each.level for each in desk.see().contacts] == ["red"], "it stays on the list until somebody takes it over"


def test_where_the_window_is_closed_the_first_one_is_told(desk: Desk) -> None:
    asked(desk, "A001")
    desk.press(Key.Key_F2, "5", Key.Key_Return)
    desk.clock.now += 10 * MINUTE
    desk.refresh()
    desk.press("1")
    assert [each.detail["window"] for each in desk.see().acts if each.act == "tell_window"] == ["A01"]


def test_a_number_is_found_with_its_key_and_enter(desk: Desk) -> None:
    (number,) = desk.issue("C")
    desk.press(Key.Key_F7, number.lower(), Key.Key_Return)
    assert desk.keys == 2 + len(number)
    strip = build(desk.presenter.state).strip
    assert strip is not None
    assert strip.consequence == "医保 · 在等候 · 14:00 取号"
    stands(desk, number, TicketState.SERVING, window="A05", called_ms=desk.clock.now, first_clerk="0311")
    desk.press(Key.Key_Return)
    strip = build(desk.presenter.state).strip
    assert strip is not None
    assert strip.consequence == "医保 · 正在 A05 办理 · 14:00 取号 · 14:00 叫号 · 首问 0311 号"
    desk.press(Key.Key_F7, "a999", Key.Key_Return)
    strip = build(desk.presenter.state).strip
    assert strip is not None
    assert strip.consequence == "今天没有 A999 这个号"


def test_the_sheets_open_and_close_by_their_key_or_escape(desk: Desk) -> None:
    asked(desk, "A001")
    desk.press(Key.Key_F8)
    assert desk.window.property("uiState") == "sheet.cards"
    sheet = build(desk.presenter.state).sheet
    assert sheet is not None
    assert [row.cells for row in sheet.rows] == [("首问", "A001", "A01 0301 → A05", "没人接办", "0 分")]
    desk.press(Key.Key_F11)
    assert desk.window.property("uiState") == "sheet.report"
    desk.press(Key.Key_F11)
    assert desk.window.property("uiState") == "floor"
    desk.press(Key.Key_F1)
    assert desk.window.property("uiState") == "sheet.help"
    desk.press(Key.Key_F8, Key.Key_F2, Key.Key_Escape)
    assert desk.window.property("uiState") == "sheet.cards", "Escape is one level back"
    desk.press(Key.Key_Escape)
    assert desk.window.property("uiState") == "floor"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (Key.Key_F9, "floor_no_callback"),
        (Key.Key_F10, "floor_no_complaint"),
        (Key.Key_F12, "floor_no_handover"),
    ],
)
def test_a_key_without_its_work_says_why(desk: Desk, key: Key, code: str) -> None:
    desk.press(key)
    assert desk.message() == text(code)
    assert desk.see().acts == []
    desk.press(Key.Key_Escape)
    assert desk.message() == ""


def test_what_was_let_go_and_what_the_disk_refused_is_told(desk: Desk) -> None:
    desk.bridge.news.emit(FloorNews(desk.see(), offline=False, expired=2))
    assert desk.message() == text("floor_expired", n=2)
    desk.press(Key.Key_Escape)
    assert desk.message() == ""
    desk.bridge.news.emit(FloorNews(desk.see(), offline=True, queued=1, unkept=True))
    assert desk.message() == text("floor_unkept")
    desk.press(Key.Key_Escape)
    desk.bridge.news.emit(FloorNews(desk.see(), offline=False, queued=1, refused="server_full"))
    assert "服务器的磁盘快满了" in desk.message()
    assert desk.message() == text("server_full"), "the act waits, and is sent when there is room"


CARDS = [
    FloorCard(f"9901030120261118{n:04}", item, window, "reviewing", f"2026-11-{day}", level)
    for n, (item, window, day, level) in enumerate(
        [("食品经营许可", "A03", 17, "red"), ("户口登记", "B05", 18, "yellow"), ("不动产转移登记", "E01", 19, "yellow")]
    )
]
CONTACTS = [
    FloorContact("C011", "0311", "B02", "A03", 12, "red"),
    FloorContact("SW20261118-0007-0002", "0301", "A01", "B01", 6, "yellow"),
]
UNACCEPTED = alarm(
    "contact:c1:1", "contact", "red", "remind", minutes=12, window="A03", ticket="C011", subject="B02 0311"
)


SMALLEST = (1092, 614)
SIZES = [(1920, 1080), (1536, 864), (1366, 768), (1280, 720), SMALLEST]


@pytest.mark.parametrize("size", SIZES)
def test_the_sheets_fit_every_layout_class(application: QApplication, screens: Any, size: tuple[int, int]) -> None:
    window = FloorWindow(FrozenClock())
    window.resize(*size)
    window.show()
    given = hall(cards=CARDS, contacts=CONTACTS, alarms=[UNACCEPTED, *hall().alarms])
    for sheet in Sheet if size == SMALLEST else [Sheet.CARDS]:
        window.show_view(build(replace(state_of(given), sheet=sheet)))
        QCoreApplication.processEvents()
        screens.keep(window, f"floor-{sheet.value}-{size[0]}.png")
        panel, keys = (window.findChild(QWidget, name) for name in ("mgr_sheet", "key_bar"))
        assert panel is not None
        assert keys is not None
        assert panel.isVisible()
        assert panel.mapTo(window, panel.rect().bottomRight()).y() < keys.mapTo(window, keys.rect().topLeft()).y()
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class FrozenClock:
    """Stands at the moment of the drawing."""

    def now_ms(self) -> int:
        return NOW

    def monotonic_ms(self) -> int:
        return NOW

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)
