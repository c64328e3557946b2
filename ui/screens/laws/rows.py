"""The list of laws: painted rows, the marked one lit."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.laws.view_model import LawRowView
from ui.theme import Theme
from ui.widgets.parts import paint_tag

HEIGHT, HEIGHT_SMALL = 62, 54
EDGE = 16
TAG_WIDTH, TAG_HEIGHT = 60, 22


class LawRow(QWidget):
    """One law."""

    picked = Signal()

    def __init__(self, theme: Theme, index: int) -> None:
        super().__init__()
        self._theme = theme
        self._view: LawRowView | None = None
        self._marked = False
        self.setObjectName(f"laws_row__{index}")
        self.setFixedHeight(HEIGHT_SMALL if theme.metrics.small else HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, view: LawRowView, *, marked: bool) -> None:
        """Show a law."""
        if (view, marked) == (self._view, self._marked):
            return
        self._view, self._marked = view, marked
        self.setAccessibleName(f"{view.title} {view.detail} {view.tag.text}")
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.picked.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("priT" if self._marked else "surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        if self._marked:
            painter.fillRect(0, 0, 3, self.height(), theme.colour("pri"))
        room, half = self.width() - 2 * EDGE, (self.height() - 10) / 2
        self._draw(painter, view.title, QRectF(EDGE, 5, room, half), "body", "ink")
        self._draw(painter, view.detail, QRectF(EDGE, 5 + half, room - TAG_WIDTH - 8, half), "hint", "ink2")
        box = QRectF(self.width() - EDGE - TAG_WIDTH, 5 + half + (half - TAG_HEIGHT) / 2, TAG_WIDTH, TAG_HEIGHT)
        paint_tag(painter, theme, box, view.tag)

    def _draw(self, painter: QPainter, words: str, box: QRectF, role: str, ink: str) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)


class LawList(QWidget):
    """The rows; ``picked`` carries the one that was clicked, from 0."""

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[LawRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def show_rows(self, rows: tuple[LawRowView, ...], at: int) -> None:
        """Show these laws, the marked one lit."""
        while len(self._rows) < len(rows):
            row = LawRow(self._theme, len(self._rows))
            row.picked.connect(partial(self.picked.emit, len(self._rows)))
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(rows))
            if index < len(rows):
                row.show_row(rows[index], marked=index == at)

    def row(self, index: int) -> QWidget | None:
        """Return the row of a law, from 0."""
        return self._rows[index] if 0 <= index < len(self._rows) else None
