"""The manager's window: draws views, and says which key was pressed."""

from importlib import resources

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from typing_extensions import override

from app.ports.clock import Clock
from ui.actions import Actions
from ui.keymap import load_keymap
from ui.screens.floor.frame import FloorFrame
from ui.screens.floor.view_model import FloorView
from ui.theme import Theme
from ui.widgets.keys import ENTER, is_plain

SMALLEST = (1080, 600)
KEYMAP = "keymap-floor.toml"


class FloorWindow(QMainWindow):
    """``command`` carries an action id, ``typed`` one letter or digit; the rest says itself."""

    command = Signal(str)
    typed = Signal(str)
    erased = Signal()
    entered = Signal()
    escaped = Signal()
    window_pressed = Signal(str)
    business_pressed = Signal(str)
    alarm_pressed = Signal(int)
    notice_changed = Signal(str)
    closing = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("值班台"))
        self.setMinimumSize(*SMALLEST)
        self._keymap = load_keymap((resources.files("resources") / KEYMAP).read_text("utf-8"))
        self._actions = Actions(self._keymap, clock, self)
        self._actions.fired.connect(self.command)
        self._view: FloorView | None = None
        self._theme: Theme | None = None
        self._frame: FloorFrame | None = None
        self.resize(1920, 1080)

    def show_view(self, view: FloorView) -> None:
        """Draw a view; this also answers every action pressed before."""
        old, self._view = self._view, view
        frame = self._ensure_frame()
        frame.show_view(view)
        self._actions.answer((*view.keys, *view.later), busy=False)
        had_editor = old is not None and old.strip is not None and old.strip.editor is not None
        if had_editor and (view.strip is None or view.strip.editor is None):
            self.setFocus()

    def notice(self) -> str:
        """Return the text of the notice as it stands."""
        return self._frame.strip.editor.text() if self._frame is not None else ""

    def _ensure_frame(self) -> FloorFrame:
        density = Theme.density_for(self.width())
        if self._frame is None or self._theme is None or self._theme.metrics.density != density:
            self._theme = Theme(density)
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            self._theme.apply(application)
            frame = self._frame = FloorFrame(self._theme, self._keymap, self._actions)
            frame.window_pressed.connect(self.window_pressed)
            frame.business_pressed.connect(self.business_pressed)
            frame.alarm_pressed.connect(self.alarm_pressed)
            frame.notice_changed.connect(self.notice_changed)
            self.setProperty("density", density)
            self.setCentralWidget(frame)
            frame.show()
        return self._frame

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        changed = self._theme is not None and self._theme.metrics.density != Theme.density_for(self.width())
        if changed and self._view is not None:
            typed = self.notice()
            self.show_view(self._view)
            if self._frame is not None and self._view.strip is not None and self._view.strip.editor is not None:
                self._frame.strip.editor.setText(typed)

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
