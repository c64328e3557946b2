"""A figure of the hall with the course of the day beside it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from typing_extensions import override

from ui.screens.floor.view_model import KpiView
from ui.theme import Theme
from ui.widgets.parts import Card
from ui.widgets.views import Tone

_INK = {Tone.ERR: "err", Tone.WARN: "warn", Tone.OK: "ok"}
_BARS = {Tone.ERR: ("errL", "err"), Tone.WARN: ("warnL", "warn")}
BAR_GAP = 3
SPARK = {"XL": 98, "L": 76, "M": 62, "S": 56, "XS": 50}
HEIGHT = {"XL": 104, "L": 96, "M": 88, "S": 76, "XS": 76}


def paint_spark(painter: QPainter, theme: Theme, box: QRectF, bars: tuple[int, ...], tone: Tone) -> None:
    """Draw bars from the foot of ``box``, the last one, which is now, in the full colour."""
    if not bars or not any(bars):
        return
    light, full = _BARS.get(tone, ("priL", "pri"))
    width = (box.width() - BAR_GAP * (len(bars) - 1)) / len(bars)
    painter.setPen(Qt.PenStyle.NoPen)
    for n, value in enumerate(bars):
        height = max(2.0, box.height() * value / max(bars))
        painter.setBrush(theme.colour(full if n == len(bars) - 1 else light))
        left = box.left() + n * (width + BAR_GAP)
        painter.drawRoundedRect(QRectF(left, box.bottom() - height, width, height), 2, 2)


class KpiTile(Card):
    """Title, figure with unit, detail; the spark at the right."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__(theme)
        self.setObjectName(f"mgr_kpi__{key}")
        self.setFixedHeight(HEIGHT[theme.metrics.density])
        self._view: KpiView | None = None

    def show_view(self, view: KpiView) -> None:
        """Show what changed."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(f"{view.title} {view.value} {view.unit}，{view.detail}")
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        view, theme = self._view, self.theme
        if view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme.metrics.small
        edge = 12 if small else 18
        room = self.width() - 2 * edge
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(QPointF(edge, self.height() * 0.26), view.title)
        self._figure(painter, view, edge, round(self.height() * 0.61))
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("ink3"))
        metrics = QFontMetrics(theme.font("label"))
        detail = metrics.elidedText(view.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(edge, self.height() * 0.845), detail)
        spark = SPARK[theme.metrics.density]
        if view.bars and room > spark + 90:
            box = QRectF(self.width() - edge - spark, 22, spark, self.height() - (50 if small else 60))
            paint_spark(painter, theme, box, view.bars, view.tone)

    def _figure(self, painter: QPainter, view: KpiView, left: int, baseline: int) -> None:
        theme = self.theme
        font = theme.font("headline", bold=True, family="number")
        painter.setFont(font)
        painter.setPen(QColor(theme.colour(_INK.get(view.tone, "ink"))))
        painter.drawText(QPointF(left, baseline), view.value)
        after = left + QFontMetrics(font).horizontalAdvance(view.value) + 6
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(QPointF(after, baseline), view.unit)
