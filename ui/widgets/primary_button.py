"""The one big button of a screen; it repeats the current function key, and carries its cap."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.keys import ENTER
from ui.widgets.parts import cap_width, paint_cap


class PrimaryButton(QPushButton):
    """Filled when it may be pressed, grey and readable when not."""

    def __init__(self, theme: Theme, role: str = "primary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role, self._key = theme, role, ""
        self.setProperty("kind", "primary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.metrics["primary"])

    def show_button(self, text: str, key: str, *, enabled: bool) -> None:
        """Show name, key cap and availability."""
        self._key = key
        self.setText(text)
        self.setEnabled(enabled)
        self.setAccessibleName(f"{text} {key}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, self.height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, live = self._theme, self.isEnabled()
        fill = ("priP" if self.isDown() else "priH" if self.underMouse() else "pri") if live else "offT"
        painter.setPen(QPen(theme.colour(fill if live else "afterLine"), 1))
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        self._paint_label(painter, live=live)

    def _paint_label(self, painter: QPainter, *, live: bool) -> None:
        theme = self._theme
        painter.setFont(theme.font("key", bold=True, family="number"))
        cap = cap_width(painter.fontMetrics().horizontalAdvance(self._key)) if self._key else 0
        tall = 36 if self._role == "call" else 24
        painter.setFont(theme.font(self._role, bold=True))
        text = painter.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - text - (cap + 10 if cap else 0)) / 2
        painter.setPen(theme.colour("surface" if live else "ink3"))
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left, 0, text + 4, self.height()), flags, self.text())
        if cap:
            painter.setFont(theme.font("key" if self._role != "call" else "title", bold=True, family="number"))
            if self._role == "call":
                cap = cap_width(painter.fontMetrics().horizontalAdvance(self._key), 44)
            box = QRectF(left + text + 10, (self.height() - tall) / 2, cap, tall)
            paint_cap(painter, theme, box, self._key, "primary" if live else "grey")
