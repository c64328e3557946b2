"""The centre: the keys of the chosen device, one line each; the marked one is what Enter changes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.settings.view_model import FieldRowView
from ui.theme import Theme
from ui.widgets.kept import Kept
from ui.widgets.parts import Card, Line, Text, cap_width, paint_cap, scrolling
from ui.widgets.views import Tone

_EDGE = 18
_LABEL = 108
_AROUND = 29
"""Pixels above and below title and rows, with the line between."""


class FieldRow(QWidget):
    """Name, value, and what it is for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = FieldRowView("", "", "")
        self.setFixedHeight(46 if theme.metrics.small else 56)

    def show_view(self, view: FieldRowView) -> None:
        """Show what changed."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(f"{view.label}：{view.value}，{view.note}")
            self.setToolTip(view.value)
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, view, painter = self._theme, self._view, QPainter(self)
        if view.chosen:
            painter.fillRect(self.rect(), theme.colour("priT"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        right = float(self.width() - _EDGE)
        if view.chosen:
            painter.setFont(theme.font("key", bold=True, family="number"))
            wide = cap_width(painter.fontMetrics().horizontalAdvance("Enter"))
            box = QRectF(right - wide, self.height() / 2 - 12, wide, 24)
            paint_cap(painter, theme, box, "Enter")
            right = box.left() - 10
        half = (self.height() - 8) / 2
        label = QRectF(_EDGE, 4, _LABEL, self.height() - 8)
        painter.setFont(theme.font("second"))
        self._words(painter, view.label, label, "ink2")
        left = _EDGE + _LABEL
        painter.setFont(theme.font("body", family="number"))
        self._words(painter, view.value, QRectF(left, 4, right - left, half), "ink")
        painter.setFont(theme.font("hint"))
        self._words(painter, view.note, QRectF(left, 4 + half, right - left, half), "ink3")

    def _words(self, painter: QPainter, words: str, box: QRectF, ink: str) -> None:
        painter.setPen(self._theme.colour(ink))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)


class FieldList(Card):
    """The card with the device's name, what its trial does, and its keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("settings_fields")
        self._title = Text(theme, "title", "ink", bold=True)
        self._note = Text(theme, "hint", Tone.PRI.value)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, _EDGE, 12)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addStretch(1)
        self._high = 46 if theme.metrics.small else 56
        self._rows = Kept(0, lambda: FieldRow(theme), standing=True)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._rows)
        rows.addStretch(1)
        self._area = scrolling(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line(theme))
        column.addWidget(self._area)

    def show_views(self, title: str, note: str, rows: tuple[FieldRowView, ...]) -> None:
        """Show a device."""
        self._title.show_text(title)
        self._note.show_text(note)
        self._rows.show_each(rows, FieldRow.show_view)
        # All rows where there is room for them, else as many as fit, the marked one among them.
        self._area.setMaximumHeight(self._high * len(rows) + 2)
        self._area.setMinimumHeight(self._high)
        self.setMaximumHeight(self._area.maximumHeight() + self._title.sizeHint().height() + _AROUND)
        chosen = next((n for n, row in enumerate(rows) if row.chosen), 0)
        self._area.ensureVisible(0, self._high * chosen + self._high // 2, 0, self._high)
