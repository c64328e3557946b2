"""A quiet tinted box with an icon: what the clerk should know here, stated as a fact."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.parts import Text
from ui.widgets.views import NoteView, Tone


class NoteBox(QWidget):
    """Made for one note and not changed afterwards."""

    def __init__(self, theme: Theme, note: NoteView) -> None:
        super().__init__()
        self._theme = theme
        self._name = "off" if note.tone is Tone.PLAIN else note.tone.value
        ink = f"note_{self._name}"
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        icon = Icon(note.icon, 18, theme.colour(f"note{self._name.capitalize()}"))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        for words in note.lines:
            line = Text(theme, "second", ink, wrap=True)
            line.show_words(words)
            column.addWidget(line)
        row.addLayout(column, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(f"{self._name}L"), 1))
        painter.setBrush(self._theme.colour(f"{self._name}T"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
