"""The guide's window on the real service and the real printer thread, its keys pressed; no network in between."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from manager_desk import DOCUMENT, HALL, WINDOWS, HandClock
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from spare_stores import put_back, server_store

from app.commands.number_printing import NumberPrinting
from app.commands.settings import PrinterSettings
from app.commands.system_clock import SystemClock
from app.domain.rights import Act, Role
from printing.simulator.printer import PrinterSimulator
from sync.client.guide import GuideWorker
from sync.protocol.floor_messages import FloorDone, GivePriority
from sync.protocol.guide_messages import GuideGiven, GuideState
from sync.protocol.interface import Unreachable
from sync.protocol.messages import IssueTicket, NumberSlip, TicketIssued, TicketRevived
from sync.server.service import provision
from sync.server.service.central import CentralService
from sync.server.service.guide_state import guide_state
from sync.server.service.number_slip import number_slip
from sync.server.service.put_first import put_first
from sync.server.service.refusals import refusal
from sync.server.service.revive_ticket import revive_ticket
from sync.server.service.tokens import token_hash
from sync.server.storage import clerks, floor, halls
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.clerks import Profile
from ui.screens.guide.bridge import GuideBridge
from ui.screens.guide.parts import GuideParts
from ui.screens.guide.presenter import GuidePresenter
from ui.screens.guide.view import GuideWindow

GUIDE = "0801"
DAY_MS = 24 * 3_600_000
WAIT_MS = 20_000
FULL = DOCUMENT | {"center": DOCUMENT["center"] | {"hall_tel": "0000-8000000"}}


class NearGuide:
    """The server in this process, asked as over the wire; ``online`` and ``lost`` say what the network does.

    ``refuses`` is the code of a "no" to whatever is asked.
    """

    def __init__(self, service: CentralService, token: str) -> None:
        self.service, self.who = service, (service.context, service.authenticate(token))
        self.online, self.lost, self.refuses = True, 0, ""
        self.lock = threading.Lock()

    def _asked(self, ask: Callable[[], Any]) -> Any:
        if not self.online:
            raise Unreachable("cut")
        if self.refuses:
            raise refusal(self.refuses)
        with self.lock:
            answer = ask()
        if self.lost:
            self.lost -= 1
            raise Unreachable("the answer was lost")
        return answer

    def state(self, hall: str) -> GuideState:
        return self._asked(lambda: guide_state(*self.who, hall))  # type: ignore[no-any-return]

    def issue_ticket(self, hall: str, request: IssueTicket, key: str) -> TicketIssued:
        caller = self.service.as_caller(self.who[1])
        return self._asked(lambda: caller.issue_ticket(hall, request, key))  # type: ignore[no-any-return]

    def number_slip(self, hall: str, number: str) -> NumberSlip:
        return self._asked(lambda: number_slip(*self.who, hall, number))  # type: ignore[no-any-return]

    def revive(self, hall: str, number: str, key: str) -> TicketRevived:
        return self._asked(lambda: revive_ticket(*self.who, hall, number, key))  # type: ignore[no-any-return]

    def put_first(self, hall: str, number: str, priority: str, key: str) -> FloorDone:
        body = GivePriority(priority=priority)
        return self._asked(lambda: put_first(*self.who, hall, number, body, key=key, act=Act.GIVE_PRIORITY))  # type: ignore[no-any-return]

    def close(self) -> None:
        self.online = False


class GuideDesk:
    """The window, its presenter, its two threads, and the hall around it."""

    def __init__(self, near: NearGuide, clock: HandClock, printer: PrinterSimulator, qtbot: Any) -> None:
        self.near, self.clock, self.printer, self.qtbot = near, clock, printer, qtbot
        self.window, self.bridge = GuideWindow(clock), GuideBridge()
        self.presenter = GuidePresenter(self.window, self.bridge, clock)
        url = "tcp://{}:{}".format(*printer.address)
        self.printing = NumberPrinting(PrinterSettings(url, "gbk", 48), SystemClock(), self.bridge.printer.emit)
        self.worker = GuideWorker(near, HALL, clock, self.bridge.news.emit)
        self.presenter.begin(
            GuideParts(
                guide="韩某",
                clock=clock,
                submit=self.worker.submit,
                fill=self.printing.filled,
                render=self.printing.rendered,
                print_paper=self.printing.printed,
                settle=self.printing.settled,
                listen=self.worker.start,
            )
        )
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.until(lambda: self.presenter.state.live)

    def press(self, *keys: Any) -> "GuideDesk":
        """Press keys; a text is typed letter by letter."""
        for key in keys:
            for sign in key if isinstance(key, str) else (key,):
                QTest.keyClick(QApplication.focusWidget() or self.window, sign)
            self.clock.now += 500  # nobody presses the same key twice within the latch
        return self

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    def told(self, words: str) -> None:
        """Wait until the sentence above the keys holds these words."""
        self.qtbot.waitUntil(lambda: words in self.message(), timeout=WAIT_MS)

    def message(self) -> str:
        return str(self.window.property("message"))

    def papers(self) -> list[str]:
        """Return the text of every paper that came out."""
        papers = self.printer.handle({"do": "papers"})["papers"]
        return [str(each["text"]) for each in papers]

    def see(self) -> GuideState:
        with self.near.lock:
            return guide_state(*self.near.who, HALL)

    def given(self, number: str) -> GuideGiven:
        return next(each for each in self.see().given if each.number == number)

    def acts(self) -> list[tuple[str, str, str]]:
        """Return the book: who did what with which number, oldest first."""
        with self.near.lock:
            rows = self.near.service.context.storage.read(lambda connection: floor.acts_since(connection, HALL, 0))
        return [(each.clerk, each.act, str(each.detail["number"])) for each in reversed(rows)]

    def at_kiosk(self, business: str = "A") -> str:
        """Let a citizen take a number at the kiosk."""
        with self.near.lock:
            self.clock.now += 1000
            kiosk = self.near.service.as_caller(self.near.service.authenticate("kiosk"))
            number = kiosk.issue_ticket(HALL, IssueTicket(business=business), f"kiosk-{self.clock.now}").number
        self.worker.hint()
        return number

    def call(self, window: str) -> None:
        """Let a window call its next; the one before it, if it did not come, is missed."""
        with self.near.lock:
            self.clock.now += 1000
            counter = self.near.service.as_caller(self.near.service.authenticate(window))
            counter.call_next(HALL, window, f"call-{self.clock.now}")
        self.worker.hint()

    def missed(self, business: str = "A") -> str:
        """Return a number that was called in vain."""
        number = self.at_kiosk(business)
        self.at_kiosk(business)
        self.call("A01")
        self.call("A01")
        return number

    def close(self) -> None:
        self.worker.stop()
        self.printing.stop()
        self.presenter.close()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def opened_guide(qtbot: Any) -> Iterator[GuideDesk]:
    """Open the window on a hall of its own, whose windows all opened their day, with a printer of its own."""
    clock, storage, printer = HandClock(), server_store(), PrinterSimulator("127.0.0.1", 0, SystemClock())
    service = CentralService(storage, clock, AesGcmCipher(b"s" * 32, clock.random_bytes))
    provision.add_hall(storage, clock, HALL, HALL)
    provision.add_device(storage, HALL, "kiosk", Role.KIOSK, token="kiosk")
    provision.add_device(storage, HALL, "guide", Role.GUIDE, token="guide")
    provision.add_device(storage, HALL, "A01", Role.COUNTER, token="A01", window="A01")
    provision.publish_document(storage, clock, HALL, FULL)
    profile = Profile(clerk=GUIDE, name="韩某", department="D-ZX", roles=("guide",), windows=(), items=())
    provision.add_clerk(storage, profile, HALL, password=None)
    for window in WINDOWS:
        storage.write(lambda connection, window=window: halls.open_day(connection, HALL, window, "2026-11-18"))
    session = {"number": GUIDE, "device": "guide", "expires_ms": clock.now + DAY_MS}
    storage.write(lambda connection: clerks.add_session(connection, HALL, token_hash("session"), **session))
    printer.start()
    desk = GuideDesk(NearGuide(service, "session"), clock, printer, qtbot)
    yield desk
    desk.close()
    printer.stop()
    put_back(storage)
