"""A ticket as it is called aloud: the letter light and grey, the digits bold, so that A024 reads A | 024."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Theme

LETTER_GAP = 1
WIDEST = "W0000"
"""A ticket with so much in it is never drawn smaller."""
_ANY_HEIGHT = 1000


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
    """A large ticket number; its box is as high as the digits, as in the drawings (line height 1).

    A number of a window's own series (W07-001) is longer than a ticket's; where it has no room it is drawn smaller.
    """

    def __init__(self, theme: Theme, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role, self._ticket = theme, role, ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

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
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(ticket_width(self._theme, self._role, WIDEST) + 2, _ANY_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        pixels = self._theme.px(self._role)
        capitals = QFontMetrics(self._theme.font(self._role, bold=True, family="number")).capHeight()
        share = min(1.0, self.width() / self.sizeHint().width())
        baseline = QPointF(0, (pixels / share + capitals) / 2)
        painter.scale(share, share)
        paint_ticket(painter, self._theme, self._role, self._ticket, baseline, digits_in="pri")
