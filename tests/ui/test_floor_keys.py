"""The manager's keys in the real window, against the real service in this process."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from sample_floor import big_hall, hall, state_of

from app.domain.business_day import start_of_day_ms
from app.domain.floor import FaultFacts
from app.domain.rights import Role
from sync.client.floor import FloorNews
from sync.protocol.floor_messages import FloorState, Nothing
from sync.protocol.interface import Refused
from sync.protocol.messages import IssueTicket, Message
from sync.server.service import provision
from sync.server.service.answer_help import answer_help
from sync.server.service.central import CentralService
from sync.server.service.floor_state import floor_state
from sync.server.service.hall_notice import set_notice
from sync.server.service.handle_alarm import handle_alarm
from sync.server.service.order_window import assign_window, open_window, tell_window
from sync.server.service.put_first import put_first
from sync.server.storage import floor, halls, help_calls
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import memory_storage
from sync.server.storage.help_calls import HelpCall
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.build import build
from ui.screens.floor.parts import FloorParts
from ui.screens.floor.presenter import FloorPresenter
from ui.screens.floor.view import FloorWindow

HALL = "9901"
WINDOWS = [f"A{n:02}" for n in range(1, 12)] + ["D02"]
DOCUMENT: dict[str, Any] = {
    "center": {"name": "示范县政务服务中心", "hours": [["09:00", "17:00"]]},
    "windows": [{"numbers": WINDOWS[:11], "items": [], "theme": "综合"}, {"numbers": ["D02"], "items": ["*"]}],
    "businesses": [
        {"code": "A", "name": "综合", "windows": WINDOWS[:11], "items": []},
        {"code": "C", "name": "医保", "windows": ["A05", "A06"], "items": ["X"]},
        {"code": "H", "name": "帮办", "windows": ["D02"], "items": ["*"]},
    ],
    "priorities": [{"code": "elderly", "name": "老年人"}, {"code": "disabled", "name": "残疾人"}],
}


class HandClock:
    """Turned by hand; its keys never repeat."""

    def __init__(self) -> None:
        self.now = start_of_day_ms(date(2026, 11, 18)) + 14 * 3_600_000
        self.made = 0

    def now_ms(self) -> int:
        return self.now

    def monotonic_ms(self) -> int:
        return self.now

    def random_bytes(self, count: int) -> bytes:
        self.made += 1
        return self.made.to_bytes(max(count, 8), "big")[-count:]


class Desk:
    """The window, its presenter and the service behind it; ``submit`` does what the address says."""

    def __init__(self, service: CentralService, clock: HandClock) -> None:
        self.service, self.clock = service, clock
        self.manager = (service.context, service.authenticate("manager"))
        self.online, self.keys, self.sent = True, 0, 0
        self.kept: list[tuple[str, Message]] = []
        self.window = FloorWindow(clock)
        self.bridge = FloorBridge()
        self.presenter = FloorPresenter(self.window, self.bridge, clock.now_ms())
        self.presenter.begin(FloorParts("赵某", clock, self.submit))
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.refresh()

    def submit(self, path: str, body: Message) -> None:
        self.kept.append((path, body))
        if self.online:
            self.refresh()

    def refresh(self) -> None:
        refused = ""
        while self.kept:
            self.sent += 1
            try:
                self.perform(*self.kept.pop(0), f"key-{self.sent}")
            except Refused as refusal:
                refused = refusal.code
        self.bridge.news.emit(FloorNews(self.see(), offline=False, refused=refused))

    def perform(self, path: str, body: Any, key: str) -> None:
        match path.split("/"):
            case ["windows", window, ("open" | "close") as verb]:
                open_window(*self.manager, HALL, window, key, on=verb == "open")
            case ["windows", window, "businesses"]:
                assign_window(*self.manager, HALL, window, body, key=key)
            case ["windows", window, "message"]:
                tell_window(*self.manager, HALL, window, body, key=key)
            case ["notice"]:
                set_notice(*self.manager, HALL, body, key)
            case ["alarms"]:
                handle_alarm(*self.manager, HALL, body, key)
            case ["helps", call, "answer"]:
                answer_help(*self.manager, HALL, call, key)
            case ["tickets", number, "priority"]:
                put_first(*self.manager, HALL, number, body, key=key)
            case _:
                raise AssertionError(path)

    def see(self) -> FloorState:
        return floor_state(*self.manager, HALL)

    def press(self, *keys: Any) -> "Desk":
        """Press keys, each counted once; a text is typed letter by letter."""
        for key in keys:
            target = QApplication.focusWidget() or self.window
            if isinstance(key, str):
                for sign in key:
                    QTest.keyClick(target, sign)
                    self.keys += 1
            else:
                QTest.keyClick(target, key)
                self.keys += 1
            self.clock.now += 500  # nobody presses the same key twice within the latch
        return self

    def issue(self, business: str, count: int = 1) -> list[str]:
        kiosk = self.service.as_caller(self.service.authenticate("kiosk"))
        numbers = []
        for _ in range(count):
            self.clock.now += 1000
            request = IssueTicket(business=business)
            numbers.append(kiosk.issue_ticket(HALL, request, f"issue-{self.clock.now}").number)
        self.refresh()
        return numbers

    def of(self, window: str) -> Any:
        return next(each for each in self.see().windows if each.window == window)

    def message(self) -> str:
        return str(self.window.property("message"))


@pytest.fixture
def desk(application: QApplication) -> Iterator[Desk]:
    clock, storage = HandClock(), memory_storage()
    service = CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes))
    provision.add_hall(storage, clock, HALL, HALL)
    provision.add_device(storage, HALL, "kiosk", Role.KIOSK, token="kiosk")
    provision.add_device(storage, HALL, "manager", Role.FLOOR_MANAGER, token="manager")
    provision.publish_document(storage, clock, HALL, DOCUMENT)
    for window in WINDOWS:
        storage.write(lambda connection, window=window: halls.open_day(connection, HALL, window, "2026-11-18"))
    made = Desk(service, clock)
    yield made
    made.window.hide()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    storage.close()


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
        window.grab().save(str(screens / f"floor-{name}-{size[0]}.png"))
        tiles = [each for each in window.findChildren(object) if each.objectName().startswith("mgr_win_tile__")]
        assert len(tiles) == int(name)
        boxes = [each.geometry() for each in tiles]
        assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])
        assert min(box.height() for box in boxes) >= 58
        assert all(each.accessibleName() for each in tiles)
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
