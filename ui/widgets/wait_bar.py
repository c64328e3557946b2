"""How long a ticket has waited, as minutes over a bar that grows 2.2 px a minute."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ui.theme import Theme

WIDTH: Final = 44
NARROW_WIDTH: Final = 26
PER_MINUTE: Final = 2.2
YELLOW_FROM: Final = 15
RED_FROM: Final = 30


def wait_tokens(minutes: int) -> tuple[str, str]:
    """Return (text token, bar token) for a waiting time."""
    if minutes >= RED_FROM:
        return "err", "err"
    if minutes >= YELLOW_FROM:
        return "warn", "yellow"
    return "ink2", "offL"


def paint_wait(painter: QPainter, theme: Theme, right_middle: QPointF, minutes: int) -> float:
    """Draw ``18分`` over its bar, right-aligned and centred on a point; return the width that took."""
    ink, fill = wait_tokens(minutes)
    font = theme.font("second", bold=minutes >= YELLOW_FROM, family="number")
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    text = f"{minutes}分"
    advance = QFontMetrics(font).horizontalAdvance(text)
    painter.drawText(QPointF(right_middle.x() - advance, right_middle.y() + 3), text)
    most = NARROW_WIDTH if theme.metrics.density in ("S", "XS") else WIDTH
    length = min(most, minutes * PER_MINUTE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colour(fill)))
    painter.drawRoundedRect(QRectF(right_middle.x() - length, right_middle.y() + 10, length, 4), 2, 2)
    return max(length, float(advance))
