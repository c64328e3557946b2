"""The guide desk's window: draws views, and says which key was pressed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from app.ports.clock import Clock
from ui.screens.guide.frame import GuideFrame
from ui.screens.guide.view_model import GuideView
from ui.theme import Theme
from ui.widgets.keyed_window import KeyedWindow

KEYMAP = "keymap-guide.toml"


class GuideWindow(KeyedWindow):
    """``letter_pressed`` says which business was clicked, ``fault_pressed`` which way out of a doubt, from 1."""

    letter_pressed = Signal(str)
    fault_pressed = Signal(int)

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, self.tr("导办台"), KEYMAP)
        self._view: GuideView | None = None
        self._frame: GuideFrame | None = None

    def show_view(self, view: GuideView) -> None:
        """Draw a view; this also answers every action pressed before."""
        self._view = view
        if self._fresh_theme() is not None or self._frame is None:
            assert self._theme is not None
            frame = self._frame = GuideFrame(self._theme, self._keymap, self._actions)
            frame.letter_pressed.connect(self.letter_pressed)
            frame.fault_pressed.connect(self.fault_pressed)
            self.setCentralWidget(frame)
            frame.show()
        self._frame.show_view(view)
        self._actions.answer(view.keys, busy=False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        changed = self._theme is not None and self._theme.metrics.density != Theme.density_for(self.width())
        if changed and self._view is not None:
            self.show_view(self._view)
