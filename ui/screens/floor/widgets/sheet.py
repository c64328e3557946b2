"""A list that lies over the hall until it is put away: red and yellow cards, the figures of the day."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.floor.view_model import SheetRow, SheetView
from ui.theme import Theme
from ui.widgets.kept import Hint, Kept
from ui.widgets.parts import TONE_INK, Card, Line, Text, scrolling, show_if
from ui.widgets.views import KeyHintView, Tone

_EDGE = 18
_GAP = 10
_MARK = 4


class SheetLine(QWidget):
    """One row; the first cell bears its tone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = SheetRow(())
        self._widths: tuple[int, ...] = ()
        self._left = 0
        self.setFixedHeight(28 if theme.metrics.small else 34)

    def show_view(self, view: SheetRow, widths: tuple[int, ...]) -> None:
        """Show what changed; ``widths`` are the shares of the cells in a hundred."""
        if (view, widths) != (self._view, self._widths):
            self._view, self._widths = view, widths
            self.setAccessibleName("，".join(filter(None, view.cells)))
            self.setToolTip("，".join(filter(None, view.cells)))
            self.update()

    def leave(self, wide: int) -> None:
        """Leave so many pixels free at the right, as wide as what scrolls the lines below a header."""
        self._left = wide
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        if self._view.chosen:
            painter.fillRect(self.rect(), theme.colour("priT"))
            painter.fillRect(0, 0, _MARK, self.height(), theme.colour("pri"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        left = float(_EDGE)
        room = (self.width() - self._left - 2 * _EDGE) / 100
        for n, (cell, share) in enumerate(zip(self._view.cells, self._widths, strict=True)):
            strong = n == 0 and self._view.tone is not Tone.PLAIN
            font = theme.font("second", bold=n == 0)
            painter.setFont(font)
            painter.setPen(theme.colour(TONE_INK[self._view.tone] if strong else "ink" if n < 2 else "ink2"))  # noqa: PLR2004
            box = QRectF(left, 0, share * room - _GAP, self.height() - 1)
            # What tells one number from another stands at both its ends.
            elide = Qt.TextElideMode.ElideMiddle if cell.isascii() else Qt.TextElideMode.ElideRight
            words = QFontMetrics(font).elidedText(cell, elide, int(box.width()))
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
        self._away, self._escape = away, Hint(theme)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, _EDGE, 12)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addStretch(1)
        self._hints = Kept(16, lambda: Hint(theme))
        self._hints.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        head.addWidget(self._hints)
        if away:
            head.addWidget(self._escape)
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
        self._area = scrolling(inside)
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, most: self._header.leave(bar.sizeHint().width() if most else 0))
        column.addWidget(self._area, 1)

    def show_view(self, view: SheetView | None) -> None:
        """Show a sheet, or be gone."""
        self.setVisible(view is not None)
        if view is None:
            return
        self.setAccessibleName(f"{view.title} {view.note}")
        self._title.show_text(view.title)
        self._note.show_text(view.note)
        self._escape.show_view(KeyHintView("Esc", view.away or self._away))
        show_if(self._escape, on=view.away is not None and bool(self._away))
        self._header.setVisible(any(view.header) and bool(view.rows))
        self._header.show_view(SheetRow(view.header), view.widths)
        self._rows.show_each(view.rows, lambda part, row: part.show_view(row, view.widths))
        self._empty.show_text(view.empty)
        self._empty.setVisible(not view.rows)
        self._hints.show_each(view.hints, lambda part, hint: part.show_view(KeyHintView(*hint)))
        self._reveal(view)

    def _reveal(self, view: SheetView) -> None:
        """Scroll so that the chosen row is seen with those around it; a list without one stays where it is."""
        chosen = next((n for n, each in enumerate(view.rows) if each.chosen), None)
        if chosen is None:
            return
        line = self._header.height()
        bar, seen = self._area.verticalScrollBar(), self._area.viewport().height()
        bar.setRange(0, max(bar.maximum(), len(view.rows) * line - seen))
        if chosen * line < bar.value() or (chosen + 1) * line > bar.value() + seen:
            bar.setValue(max(0, (chosen + 1) * line - seen) if chosen * line > bar.value() else chosen * line)
