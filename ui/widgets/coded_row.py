"""A painted row that stands for one code, and says so when it is clicked."""

from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import Theme

ViewT = TypeVar("ViewT")


class CodedRow(QWidget, Generic[ViewT]):
    """``pressed`` carries the code; the heir paints ``_view``."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, kind: str, code: str) -> None:
        super().__init__()
        self.setObjectName(f"{kind}__{code}")
        self._theme, self._code = theme, code
        self._view: ViewT | None = None

    def take(self, view: ViewT, name: str) -> None:
        """Show what changed; ``name`` is what a screen reader says."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(name)
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._code)
