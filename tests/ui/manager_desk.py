"""The manager's window on the real service, its keys pressed and counted; without a network in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from near_ledgers import KeptFiles, NearLedgers
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from spare_stores import put_back, server_store

from app.domain.business_day import start_of_day_ms
from app.domain.rights import Role
from sync.client.floor import FloorNews, Found
from sync.client.ledgers import LedgerQuestion, answer
from sync.protocol.floor_messages import FloorState
from sync.protocol.interface import Refused
from sync.protocol.messages import IssueTicket, Message
from sync.server.service import provision
from sync.server.service.answer_card import acknowledge_card, handle_card, withdraw_card
from sync.server.service.answer_help import answer_help
from sync.server.service.caller import Caller
from sync.server.service.central import CentralService
from sync.server.service.fence_window import fence_window
from sync.server.service.find_ticket import find_ticket
from sync.server.service.floor_state import floor_state
from sync.server.service.hall_notice import set_notice
from sync.server.service.handle_alarm import handle_alarm
from sync.server.service.order_window import assign_window, open_window, tell_window
from sync.server.service.put_first import put_first
from sync.server.service.rehome import rehome_tickets
from sync.server.service.reserve_block import prepare_window
from sync.server.storage import halls
from sync.server.storage.cipher import AesGcmCipher
from ui.screens.floor.bridge import FloorBridge
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
        self.asked: list[LedgerQuestion] = []
        self.ledgers = NearLedgers(service.context, Caller(HALL, frozenset({Role.FLOOR_MANAGER}), clerk="0901"))
        self.folder = KeptFiles()
        self.window = FloorWindow(clock)
        self.bridge = FloorBridge()
        self.presenter = FloorPresenter(self.window, self.bridge, clock.now_ms())
        self.presenter.begin(FloorParts("赵某", clock, self.submit, self.find, self.refresh, self.ask))
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def submit(self, path: str, body: Message) -> None:
        self.kept.append((path, body))
        if self.online:
            self.refresh()

    def find(self, number: str) -> None:
        try:
            found = Found(number, find_ticket(*self.manager, HALL, number))
        except Refused:
            found = Found(number, None)
        self.bridge.news.emit(FloorNews(self.see(), offline=False, found=found))

    def ask(self, question: LedgerQuestion) -> None:
        """Answer at once, as the thread of the ledgers does over HTTP."""
        self.asked.append(question)
        if self.online:
            self.bridge.ledgers.emit(answer(self.ledgers, self.folder, question))

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
            case ["windows", window, verb]:
                act = {"rehome": rehome_tickets, "block": prepare_window, "fence": fence_window}[verb]
                act(*self.manager, HALL, window, body, key=key)
            case ["notice"]:
                set_notice(*self.manager, HALL, body, key)
            case ["alarms"]:
                handle_alarm(*self.manager, HALL, body, key)
            case ["helps", call, "answer"]:
                answer_help(*self.manager, HALL, call, key)
            case ["cards", card, verb]:
                self.answer(card, verb, body, key)
            case ["tickets", number, "priority"]:
                put_first(*self.manager, HALL, number, body, key=key)
            case _:
                raise AssertionError(path)

    def answer(self, card: str, verb: str, body: Any, key: str) -> None:
        if verb == "acknowledge":
            acknowledge_card(*self.manager, HALL, card, key)
        else:
            {"handle": handle_card, "withdraw": withdraw_card}[verb](*self.manager, HALL, card, body, key=key)

    def see(self) -> FloorState:
        return floor_state(*self.manager, HALL)

    def press(self, *keys: Any) -> "Desk":
        """Press keys, each counted once; a text is typed letter by letter, a pair is a key with what is held down."""
        for key in keys:
            target = QApplication.focusWidget() or self.window
            if isinstance(key, str):
                for sign in key:
                    QTest.keyClick(target, sign)
                    self.keys += 1
            else:
                name, *held = key if isinstance(key, tuple) else (key,)
                QTest.keyClick(target, name, *held)
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


@contextmanager
def opened_desk() -> Iterator[Desk]:
    """Open the window on a hall of its own; every window of it opened its day."""
    clock, storage = HandClock(), server_store()
    service = CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes))
    provision.add_hall(storage, clock, HALL, HALL)
    provision.add_device(storage, HALL, "kiosk", Role.KIOSK, token="kiosk")
    provision.add_device(storage, HALL, "manager", Role.FLOOR_MANAGER, token="manager")
    provision.publish_document(storage, clock, HALL, DOCUMENT)
    for window in WINDOWS:
        storage.write(lambda connection, window=window: halls.open_day(connection, HALL, window, "2026-11-18"))
    desk = Desk(service, clock)
    yield desk
    desk.window.hide()
    desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    put_back(storage)
