"""What the next key will do, before it is pressed (按 F10 以后): three lines at most, instead of an 确定吗 dialog."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.kept import Kept
from ui.widgets.parts import Text
from ui.widgets.slip_views import AfterView
from ui.widgets.views import IconLine

MOST_LINES = 3


class AfterLine(QWidget):
    """One thing that will happen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._icon = Icon("ph.info", 16, theme.colour("ink2"))
        self._text = Text(theme, "hint", "ink2", wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_view(self, view: IconLine) -> None:
        """Show another line."""
        self._icon.show_icon(view.icon, self._theme.colour("ink2"))
        self._text.show_text(view.text)


class AfterBox(QWidget):
    """As wide as the paper; not shown in M and smaller."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("slip_after_box")
        self.setFixedWidth(412 if theme.metrics.density == "XL" else theme.metrics["slip"] - 40)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 11)
        column.setSpacing(4)
        self._title = Text(theme, "hint", "ink", bold=True)
        self._lines = Kept(4, lambda: AfterLine(theme), standing=True)
        column.addWidget(self._title)
        column.addWidget(self._lines)

    def show_view(self, view: AfterView | None) -> None:
        """Show the consequences."""
        self.setVisible(view is not None and not self._theme.metrics.small)
        if view is not None:
            self._title.show_text(view.title)
            self._lines.show_each(view.lines[:MOST_LINES], AfterLine.show_view)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("afterLine"), 1))
        painter.setBrush(self._theme.colour("after"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
