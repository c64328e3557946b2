"""The verdict on a material as one painted segment: colour, mark and word together, never colour alone."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.work.materials import Verdict
from ui.icons import paint_icon
from ui.theme import Theme
from ui.widgets.work_views import VerdictChoice

LOOK = {
    Verdict.OK: ("ok", "surface", "ph.check"),
    Verdict.EXEMPT: ("ok", "surface", "ph.check"),
    Verdict.MISSING: ("err", "surface", "ph.x"),
    Verdict.DEFECTIVE: ("err", "surface", "ph.x"),
    Verdict.DEFERRED: ("yellow", "ink", "ph.clock"),
}


class VerdictSegment(QWidget):
    """Two to four cells; a click gives ``chosen``. The keyboard works on the row, not here."""

    chosen = Signal(Verdict)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._choices: tuple[VerdictChoice, ...] = ()
        self._verdict: Verdict | None = None
        self.setFixedHeight(theme.metrics["segment"])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_verdict(self, choices: tuple[VerdictChoice, ...], verdict: Verdict | None) -> None:
        """Show which cell is set."""
        if (choices, verdict) != (self._choices, self._verdict):
            self._choices, self._verdict = choices, verdict
            spoken = next((each.label for each in choices if each.verdict == verdict), "")
            self.setAccessibleName(spoken or self.tr("未核对"))
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.metrics["col_verdict"], self._theme.metrics["segment"])

    def _cell(self, index: int) -> QRectF:
        width = (self.width() - 1) / max(1, len(self._choices))
        return QRectF(0.5 + index * width, 0.5, width, self.height() - 1)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for index, choice in enumerate(self._choices):
            if choice.enabled and self._cell(index).contains(event.position()):
                self.chosen.emit(choice.verdict)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(frame, self._theme.colour("surface"))
        painter.setClipPath(frame)
        for index, choice in enumerate(self._choices):
            self._paint_cell(painter, self._cell(index), choice, first=index == 0)
        painter.setClipping(False)
        painter.setPen(QPen(self._theme.colour("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)

    def _paint_cell(self, painter: QPainter, cell: QRectF, choice: VerdictChoice, *, first: bool) -> None:
        chosen = choice.verdict == self._verdict
        fill, ink, icon = LOOK[choice.verdict]
        if chosen:
            painter.fillRect(cell, self._theme.colour(fill))
        elif not choice.enabled:
            painter.fillRect(cell, self._theme.colour("surface2"))
        if not first:
            painter.fillRect(QRectF(cell.left(), cell.top(), 1, cell.height()), self._theme.colour("afterLine"))
        painter.setFont(self._theme.font("second", bold=chosen))
        token = ink if chosen else ("ink2" if choice.enabled else "disabled")
        painter.setPen(self._theme.colour(token))
        text = QRectF(cell)
        if chosen:
            width = painter.fontMetrics().horizontalAdvance(choice.label)
            left = cell.center().x() - (width + 19) / 2
            paint_icon(painter, icon, QRectF(left, cell.center().y() - 7.5, 15, 15), self._theme.colour(ink))
            text = QRectF(left + 19, cell.top(), width + 2, cell.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignCenter), choice.label)
