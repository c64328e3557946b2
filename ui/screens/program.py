"""Runs a window with one screen as a program: paint first, sign in behind it."""

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ports.clock import Clock
from ui.background import Background
from ui.garbage import Collector
from ui.incidents import uncaught_told
from ui.widgets.keyed_window import KeyedWindow

log = logging.getLogger(__name__)

RETRY_MS = 2_000

PartsT = TypeVar("PartsT")
OpenedT_contra = TypeVar("OpenedT_contra", contravariant=True)


class ScreenNotOpen(Exception):  # noqa: N818 - a state of the world, told to who sits there
    """The window cannot work yet; ``code`` is of the message table, ``final`` means that trying again is no use."""

    def __init__(self, code: str, *, final: bool = False, place: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.final = final
        self.place = place


class Presenter(Protocol[OpenedT_contra]):
    """Who owns the screen's state."""

    def begin(self, parts: OpenedT_contra) -> None:
        """Go live: what stands behind the window is open."""
        ...

    def update(self, **changes: object) -> None:
        """Change the state and draw it."""
        ...


@dataclass(frozen=True, slots=True)
class Screen(Generic[PartsT]):
    """A window with who rules it. ``open`` runs off the GUI thread, again while it raises ``ScreenNotOpen``.

    ``broken`` is told of errors nobody expects.
    """

    window: KeyedWindow
    presenter: Presenter[PartsT]
    open: Callable[[], PartsT]
    close: Callable[[], None]
    broken: Callable[[str, str], None]


def run_screen(make: Callable[[], Screen[PartsT]], clock: Clock) -> int:
    """Show the window until it is closed; the exit status is Qt's. ``make`` is called once Qt stands."""
    existing = QApplication.instance()
    if existing is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("chuangkou")
    program = ScreenProgram(make(), clock)
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    with program.running():
        return application.exec()


class ScreenProgram(Generic[PartsT]):
    """The window with its presenter and its worker."""

    def __init__(self, screen: Screen[PartsT], clock: Clock) -> None:
        self._screen = screen
        self._clock = clock
        self._engine = Background(clock)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Show the window and open what stands behind it; when this returns every thread has ended."""
        screen, collector = self._screen, Collector()
        with uncaught_told(self._clock, screen.broken):
            screen.window.showMaximized()
            QTimer.singleShot(0, screen.window, self._start)
            try:
                yield
            finally:
                self._engine.close()
                screen.close()
                collector.close()

    def _start(self) -> None:
        self._engine.run(self._attempt, self._answered, self._failed)

    def _attempt(self) -> PartsT | ScreenNotOpen:
        try:
            return self._screen.open()
        except ScreenNotOpen as reason:
            return reason

    def _answered(self, answer: PartsT | ScreenNotOpen) -> None:
        if isinstance(answer, ScreenNotOpen):
            log.warning("screen.not_open code=%s", answer.code)
            self._screen.presenter.update(message=answer.code, place=answer.place)
            if not answer.final:
                QTimer.singleShot(RETRY_MS, self._screen.window, self._start)
            return
        self._screen.presenter.begin(answer)

    def _failed(self, incident: str) -> None:
        self._screen.presenter.update(message="opening_failed", place=incident)
