"""A ring that shows how many of a case's working days are left; it carries a spoken value for screen readers."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.parts import show_if
from ui.widgets.views import DueLevel, DueView

RING = {DueLevel.EASY: "ok", DueLevel.MIDDLE: "pri", DueLevel.YELLOW: "yellow", DueLevel.RED: "err"}

LEAST_YELLOW = 0.12
"""Of the last day nothing may be left, yet it is not over: a little of the ring stays yellow."""


class DueClock(QWidget):
    """A ring of 22, 46 or 52 px."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._due = theme, DueView(1.0, DueLevel.EASY, "")
        self.setFixedSize(size, size)

    def show_due(self, due: DueView | None) -> None:
        """Show a due date, or hide."""
        show_if(self, on=due is not None)
        if due is not None and due != self._due:
            self._due = due
            self.setAccessibleName(due.spoken)
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = max(3.0, self.width() * 0.17)
        inset = thick / 2 + 1
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(self._theme.colour("track"), thick))
        painter.drawEllipse(ring)
        overdue = self._due.level is DueLevel.RED
        least = LEAST_YELLOW if self._due.level is DueLevel.YELLOW else 0.0
        share = 1.0 if overdue else max(least, min(1.0, self._due.left))
        painter.setPen(
            QPen(self._theme.colour(RING[self._due.level]), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        )
        painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
