"""Runs the counter window as a program: paint first, open the store and the devices behind it."""

import logging
import signal
import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ports.clock import Clock
from ui.background import Background
from ui.screens.counter.bridge import Bridge
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.presenter import CounterPresenter
from ui.screens.counter.preview import Preview
from ui.screens.counter.state import CounterState
from ui.screens.counter.view import CounterWindow

log = logging.getLogger(__name__)

RETRY_MS = 2_000


class NotOpen(Exception):  # noqa: N818 - a state of the world, told to the clerk
    """The counter cannot open yet; ``code`` is of the message table, ``final`` means that trying again is no use."""

    def __init__(self, code: str, *, final: bool = False, place: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.final = final
        self.place = place


Open = Callable[[Bridge], CounterParts]


def run_counter(open_counter: Open, close_counter: Callable[[], None], clock: Clock) -> int:
    """Show the window until it is closed; the exit status is Qt's.

    ``open_counter`` runs off the GUI thread and is tried again while it raises ``NotOpen``.
    """
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("chuangkou")
    bridge = Bridge()
    engine, painter = Background(clock), Background(clock)
    window = CounterWindow(clock)
    state = CounterState(window="", now_ms=clock.now_ms(), message="opening")
    presenter = CounterPresenter(window, engine, bridge, state)
    window.showMaximized()
    preview = Preview(painter, presenter)
    opening = _Opening(open_counter, bridge, engine, presenter, preview)
    QTimer.singleShot(0, opening.start)
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    status = application.exec()
    painter.close()
    engine.close()
    close_counter()
    return status


class _Opening:
    def __init__(
        self, open_counter: Open, bridge: Bridge, engine: Background, presenter: CounterPresenter, preview: Preview
    ) -> None:
        self._open = open_counter
        self._bridge = bridge
        self._engine = engine
        self._presenter = presenter
        self._preview = preview

    def start(self) -> None:
        self._engine.run(self._attempt, self._answered, self._failed)

    def _attempt(self) -> CounterParts | NotOpen:
        try:
            return self._open(self._bridge)
        except NotOpen as reason:
            return reason

    def _answered(self, answer: CounterParts | NotOpen) -> None:
        if isinstance(answer, NotOpen):
            log.warning("counter.not_open code=%s", answer.code)
            self._presenter.update(message=answer.code, place=answer.place)
            if not answer.final:
                QTimer.singleShot(RETRY_MS, partial(self.start))
            return
        self._presenter.update(window=answer.window)
        self._presenter.begin(answer, self._preview)

    def _failed(self, incident: str) -> None:
        self._presenter.update(message="incident", incident=incident)
