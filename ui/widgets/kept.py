"""Parts that stay from one citizen to the next: building a widget takes longer than showing other words in it."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.parts import KeyCap, Text
from ui.widgets.views import KeyHintView

Part = TypeVar("Part", bound=QWidget)
View = TypeVar("View")


class Kept(QWidget, Generic[Part]):
    """A row, or a ``standing`` column, of like parts, as many as were ever needed at once; spare ones are hidden."""

    def __init__(self, spacing: int, make: Callable[[], Part], *, standing: bool = False) -> None:
        super().__init__()
        self._make = make
        self._parts: list[Part] = []
        way = QBoxLayout.Direction.TopToBottom if standing else QBoxLayout.Direction.LeftToRight
        self._row = QBoxLayout(way, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)

    def show_each(self, views: Sequence[View], show: Callable[[Part, View], None]) -> None:
        """Show one part for each view; without any the row takes no room."""
        while len(self._parts) < len(views):
            part = self._make()
            self._parts.append(part)
            self._row.addWidget(part)
        for part, view in zip(self._parts, views, strict=False):
            show(part, view)
        for n, part in enumerate(self._parts):
            part.setVisible(n < len(views))
        self.setVisible(bool(views))


class Hint(QWidget):
    """A key cap and what it does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9 if theme.metrics.small else 12)
        self._cap, self._text = KeyCap(theme), Text(theme, "hint", "ink3")
        row.addWidget(self._cap)
        row.addWidget(self._text)

    def show_view(self, view: KeyHintView) -> None:
        """Show another key."""
        self._cap.show_key(view.key)
        self._text.show_text(view.text)


class Gap(QWidget):
    """Room that may be given to a layout and taken back."""
