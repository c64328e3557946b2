"""What is chosen with a digit or the arrows: a reason, or how long."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.parts import paint_cap


class Choice(QAbstractButton):
    """A reason with its digit, or a length in minutes; framed while it is chosen."""

    def __init__(self, theme: Theme, name: str, *, cap: str = "", says: str = "", on: bool, enabled: bool) -> None:
        super().__init__()
        self._theme, self._name, self._cap, self._says, self._on = theme, name, cap, says, on
        self.setAccessibleName(f"{cap} {name} {says}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight((60 if says else 46) if not theme.metrics.small else (44 if says else 34))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEnabled(enabled)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, high = self._theme, self.height()
        painter.setPen(QPen(theme.colour("pri" if self._on else "cap"), 2 if self._on else 1))
        painter.setBrush(theme.colour("priT" if self._on else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        left = 14.0
        if self._cap:
            painter.setFont(theme.font("key", bold=True, family="number"))
            paint_cap(painter, theme, QRectF(left, (high - 24) / 2, 26, 24), self._cap)
            left += 38
        room = self.width() - left - 8
        painter.setFont(theme.font("second", bold=self._on))
        painter.setPen(theme.colour("ink"))
        middle = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag(0) if self._cap else Qt.AlignmentFlag.AlignHCenter)
        if not self._says:
            painter.drawText(QRectF(left, 0, room, high), int(middle), self._name)
            return
        painter.drawText(QRectF(left, 4, room, high / 2 - 2), int(middle), self._name)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("ink2"))
        says = painter.fontMetrics().elidedText(self._says, Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(QRectF(left, high / 2, room, high / 2 - 4), int(middle), says)
