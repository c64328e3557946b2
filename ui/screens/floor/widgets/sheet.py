"""A list that lies over the hall until it is put away: red and yellow cards, the figures of the day."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.floor.view_model import SheetRow, SheetView
from ui.theme import Theme
from ui.widgets.kept import Hint, Kept
from ui.widgets.parts import TONE_INK, Card, Line, Text, scrolling
from ui.widgets.views import KeyHintView, Tone

_EDGE = 18
_GAP = 10


class SheetLine(QWidget):
    """One row; the first cell bears its tone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = SheetRow(())
        self._widths: tuple[int, ...] = ()
        self.setFixedHeight(28 if theme.metrics.small else 34)

    def show_view(self, view: SheetRow, widths: tuple[int, ...]) -> None:
        """Show what changed; ``widths`` are the shares of the cells in a hundred."""
        if (view, widths) != (self._view, self._widths):
            self._view, self._widths = view, widths
            self.setAccessibleName("，".join(filter(None, view.cells)))
            self.setToolTip("，".join(filter(None, view.cells)))
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        left = float(_EDGE)
        room = (self.width() - 2 * _EDGE) / 100
        for n, (cell, share) in enumerate(zip(self._view.cells, self._widths, strict=True)):
            strong = n == 0 and self._view.tone is not Tone.PLAIN
            font = theme.font("second", bold=n == 0)
            painter.setFont(font)
            painter.setPen(theme.colour(TONE_INK[self._view.tone] if strong else "ink" if n < 2 else "ink2"))  # noqa: PLR2004
            box = QRectF(left, 0, share * room - _GAP, self.height() - 1)
            words = QFontMetrics(font).elidedText(cell, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)
            left += share * room


class SheetPanel(Card):
    """The sheet with its title, what it counts, and what the key does that puts it away; without ``away`` it stays."""

    def __init__(self, theme: Theme, away: str = "回到大厅", name: str = "mgr_sheet") -> None:
        super().__init__(theme)
        self.setObjectName(name)
        self._header = SheetLine(theme)
        self._title = Text(theme, "title", "ink", bold=True)
        self._note = Text(theme, "hint", "ink3")
        self._empty = Text(theme, "second", "ink3")
        self._empty.setContentsMargins(_EDGE, 14, _EDGE, 0)
        escape = Hint(theme)
        escape.show_view(KeyHintView("Esc", away))
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, _EDGE, 12)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addStretch(1)
        if away:
            head.addWidget(escape)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        self._rows = Kept(0, lambda: SheetLine(theme), standing=True)
        rows.addWidget(self._rows)
        rows.addWidget(self._empty)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line(theme))
        column.addWidget(self._header)
        column.addWidget(scrolling(inside), 1)

    def show_view(self, view: SheetView | None) -> None:
        """Show a sheet, or be gone."""
        self.setVisible(view is not None)
        if view is None:
            return
        self.setAccessibleName(f"{view.title} {view.note}")
        self._title.show_text(view.title)
        self._note.show_text(view.note)
        self._header.setVisible(any(view.header) and bool(view.rows))
        self._header.show_view(SheetRow(view.header), view.widths)
        self._rows.show_each(view.rows, lambda part, row: part.show_view(row, view.widths))
        self._empty.show_text(view.empty)
        self._empty.setVisible(not view.rows)
