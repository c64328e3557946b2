"""Runs the manager's window as a program: paint first, sign in behind it."""

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ports.clock import Clock
from ui.background import Background
from ui.garbage import Collector
from ui.incidents import uncaught_told
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.parts import FloorParts
from ui.screens.floor.presenter import FloorPresenter
from ui.screens.floor.view import FloorWindow

log = logging.getLogger(__name__)

RETRY_MS = 2_000


class FloorNotOpen(Exception):  # noqa: N818 - a state of the world, told to the manager
    """The window cannot work yet; ``code`` is of the message table, ``final`` means that trying again is no use."""

    def __init__(self, code: str, *, final: bool = False, place: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.final = final
        self.place = place


Open = Callable[[FloorBridge], FloorParts]


def run_floor(open_floor: Open, close_floor: Callable[[], None], clock: Clock) -> int:
    """Show the window until it is closed; the exit status is Qt's.

    ``open_floor`` runs off the GUI thread and is tried again while it raises ``FloorNotOpen``.
    """
    existing = QApplication.instance()
    if existing is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("chuangkou")
    program = FloorProgram(open_floor, close_floor, clock)
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    with program.running():
        return application.exec()


class FloorProgram:
    """The window with its presenter and its worker."""

    def __init__(self, open_floor: Open, close_floor: Callable[[], None], clock: Clock) -> None:
        self._open = open_floor
        self._close = close_floor
        self._clock = clock
        self._bridge = FloorBridge()
        self._engine = Background(clock)
        self.window = FloorWindow(clock)
        self.presenter = FloorPresenter(self.window, self._bridge, clock.now_ms())

    @contextmanager
    def running(self) -> Iterator[None]:
        """Show the window and open what stands behind it; when this returns every thread has ended."""
        collector = Collector()
        with uncaught_told(self._clock, self._bridge.broken.emit):
            self.window.showMaximized()
            QTimer.singleShot(0, self.window, self._start)
            try:
                yield
            finally:
                self._engine.close()
                self._close()
                collector.close()

    def _start(self) -> None:
        self._engine.run(self._attempt, self._answered, self._failed)

    def _attempt(self) -> FloorParts | FloorNotOpen:
        try:
            return self._open(self._bridge)
        except FloorNotOpen as reason:
            return reason

    def _answered(self, answer: FloorParts | FloorNotOpen) -> None:
        if isinstance(answer, FloorNotOpen):
            log.warning("floor.not_open code=%s", answer.code)
            self.presenter.update(message=answer.code, place=answer.place)
            if not answer.final:
                QTimer.singleShot(RETRY_MS, self.window, self._start)
            return
        self.presenter.begin(answer)

    def _failed(self, incident: str) -> None:
        self.presenter.update(message="opening_failed", place=incident)
