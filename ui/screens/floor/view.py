"""The manager's window: draws views, and says which key was pressed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from typing_extensions import override

from app.ports.clock import Clock
from ui.screens.floor.frame import FloorFrame
from ui.screens.floor.view_model import FloorView
from ui.theme import Theme
from ui.widgets.keyed_window import KeyedWindow
from ui.widgets.keys import is_plain, typing

KEYMAP = "keymap-floor.toml"
_TURN = 15
_FAR = 1_000_000
_STEPS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_PageUp: (0, -_TURN),
    Qt.Key.Key_PageDown: (0, _TURN),
    Qt.Key.Key_Home: (0, -_FAR),
    Qt.Key.Key_End: (0, _FAR),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
"""What the arrows mean to a list: so many across, so many down."""


class FloorWindow(KeyedWindow):
    """``window`` and ``business`` say what was clicked, ``alarm`` the digit, ``notice`` the text as it is typed.

    ``moved`` tells of the arrows: so many across, so many down.
    """

    window_pressed = Signal(str)
    business_pressed = Signal(str)
    alarm_pressed = Signal(int)
    notice_changed = Signal(str)
    moved = Signal(int, int)

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, self.tr("值班台"), KEYMAP)
        self._view: FloorView | None = None
        self._frame: FloorFrame | None = None

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
        theme = self._fresh_theme()
        if theme is not None or self._frame is None:
            assert self._theme is not None
            frame = self._frame = FloorFrame(self._theme, self._keymap, self._actions)
            frame.window_pressed.connect(self.window_pressed)
            frame.business_pressed.connect(self.business_pressed)
            frame.alarm_pressed.connect(self.alarm_pressed)
            frame.notice_changed.connect(self.notice_changed)
            self.setCentralWidget(frame)
            frame.show()
        return self._frame

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key())) if is_plain(event) and not typing() else None
        if step is not None:
            self.moved.emit(*step)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        changed = self._theme is not None and self._theme.metrics.density != Theme.density_for(self.width())
        if changed and self._view is not None:
            typed = self.notice()
            self.show_view(self._view)
            if self._frame is not None and self._view.strip is not None and self._view.strip.editor is not None:
                self._frame.strip.editor.setText(typed)
