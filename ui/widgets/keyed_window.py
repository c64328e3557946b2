"""A main window with one screen that keys rule: function keys, typed letters and digits, Enter, Esc."""

from importlib import resources
from typing import Protocol

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from typing_extensions import override

from app.ports.clock import Clock
from ui.actions import Actions
from ui.keymap import load_keymap
from ui.theme import Theme
from ui.widgets.keys import ENTER, is_plain

SMALLEST = (1080, 600)


class Shown(Protocol):
    """What every such view says of itself."""

    @property
    def ui_state(self) -> str:
        """Return the state's name (design.md section 14)."""
        ...

    @property
    def message(self) -> str:
        """Return the sentence above the keys."""
        ...


class KeyedWindow(QMainWindow):
    """``command`` carries an action id, ``typed`` one letter or digit; the rest says itself.

    ``keymap`` names a file of resources; the heir draws its ``_view``.
    """

    command = Signal(str)
    typed = Signal(str)
    erased = Signal()
    entered = Signal()
    escaped = Signal()
    closing = Signal()

    def __init__(self, clock: Clock, title: str, keymap: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(*SMALLEST)
        self._keymap = load_keymap((resources.files("resources") / keymap).read_text("utf-8"))
        self._actions = Actions(self._keymap, clock, self)
        self._actions.fired.connect(self.command)
        self._view: Shown | None = None
        self._theme: Theme | None = None
        self.resize(1920, 1080)

    def _fresh_theme(self) -> Theme | None:
        """Return the theme of another layout class, applied; None while the one that is drawn fits."""
        density = Theme.density_for(self.width())
        if self._theme is not None and self._theme.metrics.density == density:
            return None
        theme = self._theme = Theme(density)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application)
        self.setProperty("density", density)
        return theme

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif isinstance(QApplication.focusWidget(), QLineEdit):
            return
        elif event.key() in ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif is_plain(event) and event.text().isascii() and event.text().isalnum():
            self.typed.emit(event.text().lower())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _ui_state(self) -> str:
        return self._view.ui_state if self._view is not None else ""

    def _message(self) -> str:
        return self._view.message if self._view is not None else ""

    uiState = Property(str, _ui_state)  # noqa: N815 -- the name that design.md §14 fixes
    message = Property(str, _message)
