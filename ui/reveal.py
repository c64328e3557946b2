"""The momentary look at masked values: Alt held alone for 400 ms, or Alt+0 for ten seconds."""

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

HOLD_MS: Final = 400
LOOK_MS: Final = 10_000


class RevealKey(QObject):
    """``changed(on)``; the window feeds it its key events. What was revealed is always masked again."""

    changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._on = False
        self._allowed = False
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._hold.timeout.connect(self._held)
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self.stop)

    def allow(self, *, allowed: bool) -> None:
        """Tell whether there is something masked on screen."""
        self._allowed = allowed
        if not allowed:
            self.stop()

    def press(self, event: QKeyEvent) -> None:
        """Take note of a key that went down."""
        if event.key() == Qt.Key.Key_Alt and self._allowed:
            if not event.isAutoRepeat():
                self._hold.start()
        else:
            self._hold.stop()

    def other_key(self) -> None:
        """Alt is part of a combination: it was not meant alone."""
        self._hold.stop()

    def release(self, event: QKeyEvent) -> None:
        """Take note of a key that went up."""
        if event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat():
            self._hold.stop()
            if not self._look.isActive():
                self.stop()

    def look(self) -> None:
        """Alt+0: show for ten seconds."""
        self._look.start()
        self._set(on=True)

    def stop(self) -> None:
        """Mask again, for any reason."""
        self._hold.stop()
        self._look.stop()
        self._set(on=False)

    def _held(self) -> None:
        self._set(on=True)

    def _set(self, *, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.changed.emit(on)
