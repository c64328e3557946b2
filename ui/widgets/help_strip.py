"""F1: what every key does now, and what to say, over the key bar."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.parts import KeyCap, Text, clear
from ui.widgets.views import Strong

COLUMNS = {"XL": 4, "XS": 2}
SOME = 3
"""Columns in the layout classes between the widest and the narrowest."""


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """One key: how its cap reads, its name now, what it does."""

    cap: str
    name: str
    does: str


class HelpStrip(QWidget):
    """Lies over the foot of the page and takes no focus: whoever reads it goes on working."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[HelpEntry, ...] | None = None
        self.setObjectName("key_help")
        small = theme.metrics.small
        column = QVBoxLayout(self)
        column.setContentsMargins(*((14, 10, 14, 10) if small else (20, 14, 20, 14)))
        column.setSpacing(8 if small else 12)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4 if small else 8)
        column.addLayout(self._grid)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("ph.chat-circle", 18, theme.colour("ok")), 0, Qt.AlignmentFlag.AlignTop)
        self._say = Text(theme, "second", "say", wrap=True)
        row.addWidget(self._say, 1)
        column.addLayout(row)
        self.hide()

    def show_keys(self, entries: tuple[HelpEntry, ...], say: str) -> None:
        """Show these keys from the first column down, and what to say under them."""
        self._say.show_text(say)
        if entries == self._shown:
            return
        self._shown = entries
        self.setAccessibleName("；".join(f"{each.cap} {each.name}：{each.does}" for each in entries))
        clear(self._grid)
        columns = COLUMNS.get(self._theme.metrics.density, SOME)
        rows = -(-len(entries) // columns)
        for index, each in enumerate(entries):
            self._grid.addWidget(self._entry(each), index % rows, index // rows)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)

    def _entry(self, entry: HelpEntry) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(KeyCap(self._theme, entry.cap), 0, Qt.AlignmentFlag.AlignTop)
        words = Text(self._theme, "hint", "ink2", wrap=True)
        words.show_words((Strong(entry.name), f"　{entry.does}"))
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        return part

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 2, self._theme.colour("pri"))
