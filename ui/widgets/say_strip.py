"""The sentence the norm asks for, on screen when it is needed (话术条)."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.parts import Text
from ui.widgets.views import Words


class SayBadge(Text):
    """可以这样说, in an outline."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "label", "ok")
        self._theme = theme
        self.setContentsMargins(6, 2, 6, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(self.tr("可以这样说"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("okL"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
        super().paintEvent(event)


class SayStrip(QWidget):
    """A green strip; ``alone`` when it is a card of its own, else the rounded foot of the work card."""

    def __init__(self, theme: Theme, *, alone: bool = False) -> None:
        super().__init__()
        self._theme, self._alone = theme, alone
        if not alone:
            self.setObjectName("work_say")
        small = theme.metrics.small
        row = QHBoxLayout(self)
        across = 14 if small else 20
        down = {"M": 9, "S": 7, "XS": 5}.get(theme.metrics.density, 12)
        row.setContentsMargins(across, down, across, down + (1 if alone else 0))
        row.setSpacing(12)
        row.addWidget(Icon("ph.chat-circle", 18, theme.colour("ok")))
        row.addWidget(SayBadge(theme))
        self._text = Text(theme, "second" if small else "body", "say", wrap=True)
        self._text.setObjectName("work_say_text")
        row.addWidget(self._text, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_words(self, words: Words) -> None:
        """Show a sentence; without one the strip is gone."""
        self.setVisible(bool(words))
        self._text.show_words(words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -1.5 if self._alone else -0.5)
        path = QPainterPath()
        path.addRoundedRect(box if self._alone else box.adjusted(0, -12, 0, 0), 10, 10)
        painter.setClipRect(self.rect())
        painter.setPen(QPen(self._theme.colour("line" if self._alone else "sayLine"), 1))
        painter.setBrush(self._theme.colour("sayBg"))
        painter.drawPath(path)
        painter.setPen(QPen(self._theme.colour("sayLine"), 1))
        if not self._alone:
            painter.drawLine(box.topLeft(), box.topRight())
