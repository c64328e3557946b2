"""The trial of a scanner that types like a keyboard: this window listens for one scan, as the counter's will."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.wedge import Pace
from app.ports.clock import Clock
from ui.screens.settings.parts import Looked
from ui.texts import text
from ui.wedge.listening import listening
from ui.widgets.views import DeviceState

HAND_MS: Final = 15_000
"""How long a person has to scan something."""


class KeyboardTrial:
    """Listens until something was scanned, or the time is over; ``told`` takes what came of it, once.

    What the scan says is nobody's business here: its length is told.
    """

    def __init__(self, window: QWidget, pace: Pace, clock: Clock, told: Callable[[Looked], None]) -> None:
        self._told = told
        self._timer = QTimer(window, singleShot=True, interval=HAND_MS)
        self._timer.timeout.connect(self._silent)
        self._end = listening(window, pace, clock, self._scanned)
        self._timer.start()

    def stop(self) -> None:
        """Listen no more; nothing is told from now on."""
        self._timer.stop()
        self._timer.deleteLater()
        self._end()

    def _scanned(self, said: str) -> None:
        self.stop()
        self._told(Looked(DeviceState.OK, text("trial_scanned", count=len(said))))

    def _silent(self) -> None:
        self.stop()
        self._told(Looked(DeviceState.FAULT, text("trial_no_typing")))
