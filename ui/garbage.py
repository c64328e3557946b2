"""Collects reference cycles on the GUI thread alone, between two events (ADR 0016)."""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 100
YOUNG, MIDDLE, OLD = 700, 10, 10
"""How much gathers before each generation is looked through, as Python's own thresholds: the oldest every ten seconds
at most."""


class Collector(QObject):
    """While it lives no other thread collects: a widget freed on a worker's thread while Qt walks over it is a crash.

    Made on the GUI thread; ``close`` gives collecting back to whoever did it before.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._python_collected = gc.isenabled()
        gc.disable()
        gc.freeze()  # a first look through all that was loaded until now would stop the window for 70 ms
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what has gathered; on the GUI thread, between two events."""
        young, middle, old = gc.get_count()
        if old >= OLD:
            gc.collect()
        elif middle >= MIDDLE:
            gc.collect(1)
        elif young >= YOUNG:
            gc.collect(0)

    def close(self) -> None:
        """Let Python collect by itself again, if it did before."""
        self._timer.stop()
        if self._python_collected:
            gc.enable()
