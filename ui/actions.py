"""The commands of the window as QActions, each with the latch that makes a hasty second press harmless."""

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ports.clock import Clock
from ui.keymap import Keymap

LATCH_MS: Final = 400
"""The same key within this time is the same press (design.md §11.4)."""


class Actions(QObject):
    """One QAction per entry of the keymap, named after it.

    ``fired`` carries the action id. A fired action stays disabled until ``answer``.
    """

    fired = Signal(str)

    def __init__(self, keymap: Keymap, clock: Clock, window: QWidget) -> None:
        super().__init__(window)
        self._clock = clock
        self._enabled: Collection[str] = ()
        self._latched: set[str] = set()
        self._last_ms: dict[str, int] = {}
        self.actions: Mapping[str, QAction] = {name: self._make(name, keymap, window) for name in keymap.bindings}

    def _make(self, name: str, keymap: Keymap, window: QWidget) -> QAction:
        binding = keymap.bindings[name]
        action = QAction(binding.label, window)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in binding.keys])
        action.setAutoRepeat(False)
        action.setEnabled(False)
        action.triggered.connect(lambda *_: self._trigger(name))
        window.addAction(action)
        return action

    def _trigger(self, name: str) -> None:
        now = self._clock.monotonic_ms()
        last = self._last_ms.get(name)
        if last is not None and now - last < LATCH_MS:
            return
        self._last_ms[name] = now
        self._latched.add(name)
        self.actions[name].setEnabled(False)
        self.fired.emit(name)

    def answer(self, enabled: Collection[str], *, busy: bool) -> None:
        """Take over what may be pressed now; while ``busy``, what was pressed stays shut."""
        self._enabled = enabled
        if not busy:
            self._latched.clear()
        for name, action in self.actions.items():
            action.setEnabled(name in enabled and name not in self._latched)

    def release(self, name: str) -> None:
        """Open an action again that the window itself has answered."""
        self._latched.discard(name)
        self.actions[name].setEnabled(name in self._enabled)
