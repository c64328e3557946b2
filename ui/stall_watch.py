"""Measures and logs how long the GUI thread did not answer: the clerk must never feel a stall."""

import logging
import sys
import threading
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.ports.clock import Clock

log = logging.getLogger(__name__)

BEAT_MS: Final = 10
STALL_MS: Final = 50
PLACES: Final = 6


class StallWatch(QObject):
    """A second thread knocks every 10 ms; the answer's delay beyond 50 ms is a stall. ``stalls`` holds them in ms.

    The log says where the GUI thread was when its time was up; while another thread held the interpreter it says where
    it waited.
    """

    _knock = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.stalls: list[int] = []
        self._asked_ms = 0
        self._gui = threading.get_ident()
        self._where = ""
        self._answered = threading.Event()
        self._stop = threading.Event()
        self._knock.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop, name="stall-watch", daemon=True)
        # The first knock waits for a running event loop, else the start-up itself would count.
        QTimer.singleShot(0, self, self._thread.start)

    @property
    def longest_ms(self) -> int:
        """The longest stall so far, 0 when there was none."""
        return max(self.stalls, default=0)

    def close(self) -> None:
        """Stop knocking."""
        self._stop.set()
        self._answered.set()
        if self._thread.is_alive():
            self._thread.join()

    def _loop(self) -> None:
        while not self._stop.wait(BEAT_MS / 1000):
            self._answered.clear()
            if self._stop.is_set():  # closed since: nobody answers any more
                return
            self._asked_ms = self._clock.monotonic_ms()
            self._where = ""
            self._knock.emit()
            if not self._answered.wait(STALL_MS / 1000):
                self._where = _place(sys._current_frames().get(self._gui))  # noqa: SLF001 - documented, if specialised
                self._answered.wait()

    @Slot()
    def _answer(self) -> None:
        waited = self._clock.monotonic_ms() - self._asked_ms
        # The last knock may come up long after ``close``: what lies between is not a stall of anybody.
        if waited > STALL_MS and not self._stop.is_set():
            self.stalls.append(waited)
            log.warning("gui.stall ms=%d at=%s", waited, self._where)
        self._answered.set()


def _place(frame: FrameType | None) -> str:
    """Return the innermost places of a stack, ``file:line`` each."""
    places: list[str] = []
    while frame is not None and len(places) < PLACES:
        places.append(f"{frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.f_lineno}")
        frame = frame.f_back
    return "<".join(places)
