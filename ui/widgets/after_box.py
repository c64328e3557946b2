"""What the next key will do, before it is pressed (按 F10 以后): three lines at most, instead of an 确定吗 dialog."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.parts import Text, clear, put
from ui.widgets.slip_views import AfterView

MOST_LINES = 3


class AfterBox(QWidget):
    """As wide as the paper; not shown in M and smaller."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._view = theme, None
        self.setObjectName("slip_after_box")
        self.setFixedWidth(412 if theme.metrics.density == "XL" else theme.metrics["slip"] - 40)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 11)
        self._column.setSpacing(4)

    _view: AfterView | None

    def show_view(self, view: AfterView | None) -> None:
        """Show the consequences."""
        self.setVisible(view is not None and not self._theme.metrics.small)
        if view == self._view:
            return
        self._view = view
        clear(self._column)
        if view is None:
            return
        title = Text(self._theme, "hint", "ink", bold=True)
        title.show_text(view.title)
        put(self._column, title)
        for line in view.lines[:MOST_LINES]:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(Icon(line.icon, 16, self._theme.colour("ink2")), 0, Qt.AlignmentFlag.AlignTop)
            text = Text(self._theme, "hint", "ink2", wrap=True)
            text.show_text(line.text)
            row.addWidget(text, 1)
            put(self._column, holder)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("afterLine"), 1))
        painter.setBrush(self._theme.colour("after"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
