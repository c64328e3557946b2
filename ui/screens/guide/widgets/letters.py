"""The left side: every business by the letter that takes a number of it, and how many wait."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.screens.guide.view_model import LetterView
from ui.theme import Theme
from ui.widgets.coded_list import EDGE, CodedList, ShownRow
from ui.widgets.parts import TONE_INK, paint_cap
from ui.widgets.views import Tone

_CAP = 34
LEAST_HIGH = 40
"""Pixels in which name and detail stand one over the other: eight lines fit the smallest window."""


class LetterRow(ShownRow):
    """One business; ``pressed`` says that a number of it is wanted."""

    def __init__(self, theme: Theme, code: str) -> None:
        super().__init__(theme, "guide_letter", code)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(LEAST_HIGH)
        self.setMaximumHeight(56 if theme.metrics.small else 76)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.maximumHeight())

    @override
    def show_view(self, view: LetterView) -> None:
        """Show what changed."""
        self.take(view, f"{view.code} {view.name}，等候 {view.waiting} 人，{view.detail}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        painter = QPainter(self)
        if view.chosen:
            painter.fillRect(self.rect(), theme.colour("priT"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        middle = self.height() / 2
        painter.setFont(theme.font("body", bold=True, family="number"))
        cap = min(_CAP, self.height() - 6)
        box = QRectF(EDGE, middle - cap / 2, _CAP, cap)
        paint_cap(painter, theme, box, view.code, "normal" if view.on else "disabled")
        left = EDGE + _CAP + 12
        end = self._paint_waiting(painter, view, middle)
        name, detail = theme.font("body", bold=True), theme.font("hint")
        painter.setFont(name)
        self._line(painter, view.name, QPointF(left, middle - 3), end - left, "ink")
        tone = "ink3" if view.tone is Tone.PLAIN else TONE_INK[view.tone]
        lower = middle + QFontMetrics(detail).ascent() + 3
        painter.setFont(detail)
        self._line(painter, view.detail, QPointF(left, lower), end - left, tone)

    def _paint_waiting(self, painter: QPainter, view: LetterView, middle: float) -> float:
        """Draw how many wait at the right end, and return where the words before must end."""
        theme = self._theme
        figure, unit = theme.font("figure", bold=True, family="number"), theme.font("hint")
        people = self.tr("人")
        right = self.width() - EDGE - QFontMetrics(unit).horizontalAdvance(people)
        base = middle + QFontMetrics(figure).capHeight() / 2
        painter.setFont(unit)
        painter.setPen(theme.colour("ink3"))
        painter.drawText(QPointF(right, base), people)
        words = str(view.waiting)
        right -= QFontMetrics(figure).horizontalAdvance(words) + 5
        painter.setFont(figure)
        painter.setPen(theme.colour("ink" if view.tone is Tone.PLAIN else TONE_INK[view.tone]))
        painter.drawText(QPointF(right, base), words)
        return right - 10

    def _line(self, painter: QPainter, words: str, at: QPointF, room: float, ink: str) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(self._theme.colour(ink))
        painter.drawText(at, metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room)))


class LetterList(CodedList):
    """The card with all of them; ``pressed`` carries a letter."""

    def __init__(self, theme: Theme) -> None:
        head = (self.tr("取号"), self.tr("按字母，加数字是优先，Enter 出票"))
        super().__init__(theme, "guide_letters", head, LetterRow)
