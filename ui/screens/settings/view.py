"""The settings window: draws views, and says which key was pressed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from app.ports.clock import Clock
from ui.screens.settings.frame import SettingsFrame
from ui.screens.settings.view_model import SettingsView
from ui.theme import Theme
from ui.widgets.keyed_window import KeyedWindow

KEYMAP = "keymap-settings.toml"


class SettingsWindow(KeyedWindow):
    """``row_pressed`` says which device was clicked, ``edited`` what is being typed."""

    row_pressed = Signal(str)
    edited = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, self.tr("设备设置"), KEYMAP)
        self._view: SettingsView | None = None
        self._frame: SettingsFrame | None = None

    def show_view(self, view: SettingsView) -> None:
        """Draw a view; this also answers every action pressed before."""
        old, self._view = self._view, view
        if self._fresh_theme() is not None or self._frame is None:
            assert self._theme is not None
            frame = self._frame = SettingsFrame(self._theme, self._keymap, self._actions)
            frame.row_pressed.connect(self.row_pressed)
            frame.edited.connect(self.edited)
            frame.entered.connect(self.entered)
            self.setCentralWidget(frame)
            frame.show()
        self._frame.show_view(view)
        self._actions.answer(view.keys, busy=False)
        if old is not None and old.strip is not None and view.strip is None:
            self.setFocus()

    def fill(self, text: str) -> None:
        """Put another text into the line that is being typed."""
        if self._frame is not None:
            self._frame.strip.editor.setText(text)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        changed = self._theme is not None and self._theme.metrics.density != Theme.density_for(self.width())
        if changed and self._view is not None:
            self.show_view(self._view)
