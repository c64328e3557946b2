"""A ticket as it is called aloud: the letter light and grey, the digits bold, so that A024 reads A | 024."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Theme

LETTER_GAP = 1


def split_ticket(ticket: str) -> tuple[str, str]:
    """Return (letters, digits)."""
    digits = ticket.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return ticket[: len(ticket) - len(digits)], digits


def ticket_width(theme: Theme, role: str, ticket: str) -> int:
    """Return the width of a painted ticket in pixels."""
    letters, digits = split_ticket(ticket)
    light = QFontMetrics(theme.font(role, family="number"))
    bold = QFontMetrics(theme.font(role, bold=True, family="number"))
    return light.horizontalAdvance(letters) + LETTER_GAP + bold.horizontalAdvance(digits)


def paint_ticket(painter: QPainter, theme: Theme, role: str, ticket: str, baseline: QPointF, *, digits_in: str) -> None:
    """Draw a ticket from its left baseline point, the digits in that colour."""
    letters, digits = split_ticket(ticket)
    light = theme.font(role, family="number")
    painter.setFont(light)
    painter.setPen(theme.colour("ink3"))
    painter.drawText(baseline, letters)
    advance = QFontMetrics(light).horizontalAdvance(letters) + LETTER_GAP
    painter.setFont(theme.font(role, bold=True, family="number"))
    painter.setPen(theme.colour(digits_in))
    painter.drawText(baseline + QPointF(advance, 0), digits)


class TicketNumber(QWidget):
    """A large ticket number; its box is as high as the digits, as in the drawings (line height 1)."""

    def __init__(self, theme: Theme, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role, self._ticket = theme, role, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_ticket(self, ticket: str) -> None:
        """Show a ticket; an empty one hides the widget."""
        self.setVisible(bool(ticket))
        if ticket != self._ticket:
            self._ticket = ticket
            self.setAccessibleName(ticket)
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(ticket_width(self._theme, self._role, self._ticket) + 2, self._theme.px(self._role))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        pixels = self._theme.px(self._role)
        capitals = QFontMetrics(self._theme.font(self._role, bold=True, family="number")).capHeight()
        baseline = QPointF(0, (pixels + capitals) / 2)
        paint_ticket(painter, self._theme, self._role, self._ticket, baseline, digits_in="pri")
