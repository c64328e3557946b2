"""Runs the counter window as a program: paint first, open the store and the devices behind it."""

import gc
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.ports.clock import Clock
from ui.background import Background
from ui.garbage import Collector
from ui.incidents import uncaught_told
from ui.screens.counter.bridge import Bridge
from ui.screens.counter.first_view import FIRST_VIEW
from ui.screens.counter.view import CounterWindow
from ui.stall_watch import StallWatch
from ui.texts import text

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter
    from ui.screens.counter.preview import Preview
    from ui.screens.door.state import Door
    from ui.screens.sign_in.state import Gate

log = logging.getLogger(__name__)

RETRY_MS = 2_000
GIL_TURN_S = 0.000_5
"""Drawing lets go of the interpreter often; with Python's 5 ms every such moment costs it a turn of another thread."""


class NotOpen(Exception):  # noqa: N818 - a state of the world, told to the clerk
    """The counter cannot open yet; ``code`` is of the message table, ``final`` means that trying again is no use."""

    def __init__(self, code: str, *, final: bool = False, place: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.final = final
        self.place = place


Open = Callable[[Bridge], "Gate | Door"]


def run_counter(
    open_counter: Open, close_counter: Callable[[], None], clock: Clock, go_on: Callable[[int], int] = int
) -> int:
    """Show the window until it is closed; the exit status is Qt's.

    ``open_counter`` runs off the GUI thread and is tried again while it raises ``NotOpen``. ``go_on`` takes the status
    while Qt still stands: another window may open in place of this one.
    """
    sys.setswitchinterval(GIL_TURN_S)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("chuangkou")
    program = CounterProgram(open_counter, close_counter, clock)
    watch = StallWatch(clock)
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    with program.running():
        status = application.exec()
        watch.close()
    program.window.hide()
    return go_on(status)


class _FirstPaint(QObject):
    """``painted`` comes once, when the whole window was on the screen for the first time."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        log.info("counter.first_paint")
        self.painted.emit()


class CounterProgram:
    """The window and its two workers; presenter, store and devices are loaded and opened behind the first paint."""

    def __init__(self, open_counter: Open, close_counter: Callable[[], None], clock: Clock) -> None:
        self._open = open_counter
        self._close = close_counter
        self._clock = clock
        self._bridge = Bridge()
        self._engine, self._painter = Background(clock), Background(clock)
        self.window = CounterWindow(clock)
        # Where no window manager makes it as large as the screen, it is not larger either.
        self.window.resize(self.window.size().boundedTo(self.window.screen().availableSize()))
        self.window.show_view(FIRST_VIEW)
        self._bridge.left.connect(QApplication.quit)
        self._bridge.damaged.connect(self._start)
        self._presenter: CounterPresenter | None = None
        self._preview: Preview | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Show the window and open the counter; when this returns every thread has ended."""
        first, collector = _FirstPaint(self.window), Collector()
        first.painted.connect(self._load)
        with uncaught_told(self._clock, self._bridge.broken.emit):
            self.window.showMaximized()
            try:
                yield
            finally:
                self._painter.close()
                self._engine.close()
                self._close()
                collector.close()

    def _load(self) -> None:
        self._engine.run(load_work, self._begin, self._failed)

    def _begin(self, _loaded: None) -> None:
        """From here on somebody hears what devices and server tell; only now are they opened."""
        from ui.screens.counter.presenter import CounterPresenter  # noqa: PLC0415 - the engine has loaded it
        from ui.screens.counter.preview import Preview  # noqa: PLC0415 - the same
        from ui.screens.counter.state import CounterState  # noqa: PLC0415 - the same

        state = CounterState(window="", now_ms=self._clock.now_ms(), message="opening")
        self._presenter = CounterPresenter(self.window, self._engine, self._bridge, state)
        self._preview = Preview(self._painter, self._presenter)
        self._start()

    def _start(self) -> None:
        self._engine.run(self._attempt, self._answered, self._failed)

    def _attempt(self) -> "Gate | Door | NotOpen":
        try:
            return self._open(self._bridge)
        except NotOpen as reason:
            return reason

    def _answered(self, answer: "Gate | Door | NotOpen") -> None:
        from ui.screens.counter import doors  # noqa: PLC0415 - the engine has loaded it
        from ui.screens.door.state import Door  # noqa: PLC0415 - the same

        assert self._presenter is not None, "the counter is opened for a presenter"
        assert self._preview is not None, "the same"
        if isinstance(answer, NotOpen):
            log.warning("counter.not_open code=%s", answer.code)
            self._presenter.update(message=answer.code, place=answer.place)
            if not answer.final:
                QTimer.singleShot(RETRY_MS, self._start)
            return
        if isinstance(answer, Door):
            doors.open_door(self._presenter, answer, self._start)
            return
        gc.freeze()  # a full collection over all that was loaded would stop the window for 70 ms
        self._presenter.update(window=answer.window)
        self._presenter.shift.open(answer, self._preview)

    def _failed(self, incident: str) -> None:
        if self._presenter is None:
            self.window.show_view(replace(FIRST_VIEW, message=text("opening_failed", incident=incident)))
        else:
            self._presenter.update(message="opening_failed", incident=incident)


def load_work() -> None:
    """Load, off the GUI thread, what no first paint needs: the pages, all that decides, and the sentences."""
    import ui.screens.counter.doors  # noqa: PLC0415
    import ui.screens.counter.page_kinds  # noqa: PLC0415
    import ui.screens.counter.presenter  # noqa: PLC0415
    import ui.screens.counter.serving  # noqa: F401, PLC0415

    text("opening")
