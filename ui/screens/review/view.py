"""The reviewer's window: draws views, and says which key was pressed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from typing_extensions import override

from app.ports.clock import Clock
from ui.screens.review.frame import ReviewFrame
from ui.screens.review.view_model import ReviewView
from ui.theme import Theme
from ui.widgets.keyed_window import KeyedWindow
from ui.widgets.keys import ENTER

KEYMAP = "keymap-review.toml"
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TURNS = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
_SCROLLS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class ReviewWindow(KeyedWindow):
    """``moved`` says how far in the list, ``turned`` to which side of the case, ``written`` what stands in the line.

    ``case_pressed`` says which case was clicked, ``option_pressed`` which number of the right pane.
    """

    moved = Signal(int)
    turned = Signal(bool)
    case_pressed = Signal(str)
    option_pressed = Signal(int)
    written = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, self.tr("审批台"), KEYMAP)
        self._view: ReviewView | None = None
        self._frame: ReviewFrame | None = None

    def show_view(self, view: ReviewView) -> None:
        """Draw a view; this also answers every action pressed before."""
        wrote = self._view is not None and self._view.strip is not None and self._view.strip.editor is not None
        self._view = view
        if self._fresh_theme() is not None or self._frame is None:
            assert self._theme is not None
            frame = self._frame = ReviewFrame(self._theme, self._keymap, self._actions)
            frame.case_pressed.connect(self.case_pressed)
            frame.option_pressed.connect(self.option_pressed)
            frame.typed.connect(self.written)
            self.setCentralWidget(frame)
            frame.show()
        self._frame.show_view(view)
        writes = view.strip is not None and view.strip.editor is not None
        if wrote and not writes:
            self.setFocus()
        self._actions.answer(view.keys, busy=False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if isinstance(QApplication.focusWidget(), QLineEdit):
            # A line passes Enter on to its window, after the input method has had it.
            if key in ENTER and not event.isAutoRepeat():
                self.entered.emit()
                return
        elif key in _MOVES:
            self.moved.emit(_MOVES[key])
            return
        elif key in _TURNS:
            self.turned.emit(_TURNS[key])
            return
        if key in _SCROLLS and self._frame is not None:
            self._frame.turn_pages(_SCROLLS[key])
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        changed = self._theme is not None and self._theme.metrics.density != Theme.density_for(self.width())
        if changed and self._view is not None:
            self.show_view(self._view)
