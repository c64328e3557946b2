"""The clerk's family name in a large circle beside the greeting."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import Theme

SIDE: Final = 62


class Initial(QWidget):
    """62 px; empty until the number is known to belong to somebody."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._letter = theme, ""
        self.setObjectName("login_initial")
        self.setFixedSize(SIDE, SIDE)

    def show_name(self, name: str) -> None:
        """Show the first character."""
        if name[:1] != self._letter:
            self._letter = name[:1]
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("priT"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(self._theme.colour("pri"))
        painter.setFont(self._theme.font("name", bold=True))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letter)
