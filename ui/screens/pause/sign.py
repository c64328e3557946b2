"""The sign that hangs out while the window pauses."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.screens.pause.view_model import SignView
from ui.theme import Theme, make_font


class Sign(QWidget):
    """The sign, painted large: it is read through glass."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = SignView("", "", "", "", "")
        self.setObjectName("pause_sign")
        self.setMinimumHeight(220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_sign(self, view: SignView) -> None:
        """Show a sign."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(f"{view.place} {view.headline} {view.back} {view.text}")
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, view = self._theme, self._view
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sign"))
        painter.drawRoundedRect(self.rect(), 12, 12)
        unit = min(self.width() / 1092, self.height() / 784)
        left, width = 56 * unit, self.width() - 96 * unit
        wrap = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap.value)
        lines = (
            (view.place, 30, "chromeMute", False, 44, 50),
            (view.headline, 142, "signHead", True, 132, 200),
            (view.back, 64, "surface", False, 348, 84),
            (view.text, 38, "chromeText", False, 446, 190),
        )
        for text, size, ink, bold, top, tall in lines:
            painter.setFont(make_font(max(12, round(size * unit)), bold=bold))
            painter.setPen(theme.colour(ink))
            painter.drawText(QRectF(left, top * unit, width, tall * unit), wrap, text)
        painter.setFont(make_font(max(12, round(28 * unit))))
        painter.setPen(theme.colour("chromeMute"))
        foot = QRectF(left, self.height() - 84 * unit, width, 50 * unit)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignVCenter), view.foot)
