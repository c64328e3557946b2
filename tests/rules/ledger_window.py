"""The manager's window over the ledgers of a service, its keys pressed; its lines are read as a screen reader does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from near_ledgers import KeptFiles, NearLedgers
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from sync.client.floor import FloorNews
from sync.client.ledgers import LedgerQuestion, answer
from sync.server.service.central import CentralService
from sync.server.service.floor_state import floor_state
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.parts import FloorParts
from ui.screens.floor.presenter import FloorPresenter
from ui.screens.floor.view import FloorWindow

Key = Qt.Key


class LedgerWindow:
    """The window with its presenter; every answer comes at once."""

    def __init__(self, service: CentralService, clock: Any, session: str, *, only_ledgers: bool = False) -> None:
        caller = service.authenticate(session)
        self._see = lambda: floor_state(service.context, caller, caller.hall)
        self.clock, self.online = clock, True
        self.asked: list[LedgerQuestion] = []
        self.ledgers, self.folder = NearLedgers(service.context, caller), KeptFiles()
        self.window, self.bridge = FloorWindow(clock), FloorBridge()
        self.presenter = FloorPresenter(self.window, self.bridge, clock.now_ms())
        listen = self._listen_to_nothing if only_ledgers else self.refresh
        parts = FloorParts("杨某", clock, self._nothing, self._nothing, listen, self.ask, only_ledgers)
        self.presenter.begin(parts)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def ask(self, question: LedgerQuestion) -> None:
        self.asked.append(question)
        if self.online:
            self.bridge.ledgers.emit(answer(self.ledgers, self.folder, question))

    def refresh(self) -> None:
        self.bridge.news.emit(FloorNews(self._see(), offline=False))

    def press(self, *keys: Any) -> "LedgerWindow":
        for key in keys:
            if isinstance(key, tuple):
                QTest.keyClick(self.window, *key)
            else:
                QTest.keyClick(self.window, key)
            self.clock.now += 500  # nobody presses the same key twice within the latch
        return self

    def lines(self) -> list[list[str]]:
        """Return the lines that are shown, cell by cell, as they are drawn and told to a screen reader."""
        panel = self.window.findChild(QWidget, "mgr_sheet")
        assert panel is not None
        shown = [
            each for each in panel.findChildren(QWidget) if type(each).__name__ == "SheetLine" and each.isVisible()
        ]
        return [each.accessibleName().split("，") for each in shown if each.accessibleName()]

    def line(self, name: str) -> list[str]:
        return next(each for each in self.lines() if each[0] == name)

    def choose(self, name: str) -> "LedgerWindow":
        """Move to a figure by the arrows."""
        self.press(Key.Key_Home)
        for _ in range(60):
            if self.chosen()[0] == name:
                return self
            self.press(Key.Key_Down)
        raise AssertionError(name)

    def chosen(self) -> list[str]:
        view = self.window._view
        assert view is not None
        assert view.sheet is not None
        return list(next(each for each in view.sheet.rows if each.chosen).cells)

    def note(self) -> str:
        view = self.window._view
        assert view is not None
        assert view.sheet is not None
        return view.sheet.note

    def _listen_to_nothing(self) -> None:
        """The hall is not this window's to hear of."""

    def _nothing(self, *_: object) -> None:
        raise AssertionError("nobody asked for that")


@contextmanager
def opened(service: CentralService, clock: Any, session: str, *, only_ledgers: bool = False) -> Iterator[LedgerWindow]:
    """Open the window, and take it away again."""
    made = LedgerWindow(service, clock, session, only_ledgers=only_ledgers)
    yield made
    made.window.hide()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
