"""One of the posts a clerk may take at the window."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from ui.screens.sign_in.view_model import PostView
from ui.theme import Theme
from ui.widgets.parts import paint_cap


class Post(QAbstractButton):
    """A post with its digit; one that is not possible says why."""

    def __init__(self, theme: Theme, view: PostView, number: int) -> None:
        super().__init__()
        self._theme, self._view, self._number = theme, view, number
        self.setObjectName(f"login_post__{number}")
        self.setAccessibleName(f"{number} {view.name} {view.why_not}".strip())
        self.setToolTip(view.why_not)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEnabled(not view.why_not)
        self.setFixedHeight(52 if not theme.metrics.small else 44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, view, high = self._theme, self._view, self.height()
        painter.setPen(QPen(theme.colour("pri" if view.on else "line"), 2 if view.on else 1))
        painter.setBrush(theme.colour("priT" if view.on else "surface2"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(theme.font("key", bold=True, family="number"))
        look = "normal" if view.on else "disabled"
        paint_cap(painter, theme, QRectF(10, (high - 24) / 2, 26, 24), str(self._number), look)
        painter.setPen(theme.colour("ink" if view.on else "disabled"))
        painter.setFont(theme.font("second", bold=view.on))
        room, middle = self.width() - 52, int(Qt.AlignmentFlag.AlignVCenter)
        name = painter.fontMetrics().elidedText(view.name, Qt.TextElideMode.ElideRight, room)
        if not view.why_not:
            painter.drawText(QRectF(46, 0, room, high), middle, name)
            return
        painter.drawText(QRectF(46, 3, room, high / 2), middle, name)
        painter.setFont(theme.font("label"))
        why = painter.fontMetrics().elidedText(view.why_not, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(46, high / 2 - 2, room, high / 2), middle, why)
