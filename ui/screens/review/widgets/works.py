"""The list at the left: cases with their clocks; the chosen one is marked, and moves into view."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.review.view_model import WorkListView, WorkRowView
from ui.theme import Theme
from ui.widgets.coded_row import CodedRow
from ui.widgets.due_clock import DueClock
from ui.widgets.parts import TONE_INK, Card, Line, Text, scrolling, show_rows
from ui.widgets.views import Tone

_EDGE = 14
_CLOCK = 22
_BAR = 4


class WorkRow(CodedRow[WorkRowView]):
    """One case; ``pressed`` says that it is wanted in the centre."""

    def __init__(self, theme: Theme, code: str) -> None:
        super().__init__(theme, "review_case", code)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(58 if theme.metrics.small else 72)
        self._clock = DueClock(theme, _CLOCK)
        self._clock.setParent(self)
        self._clock.move(_EDGE, (self.height() - self._clock.height()) // 2)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def show_view(self, view: WorkRowView) -> None:
        """Show what changed."""
        self.take(view, f"{view.due_text} {view.item} {view.applicant} {view.state} {view.number}")
        self._clock.show_due(view.due)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        painter = QPainter(self)
        if view.chosen:
            painter.fillRect(self.rect(), theme.colour("priT"))
            painter.fillRect(0, 0, _BAR, self.height(), theme.colour("pri"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        left, right = _EDGE + _CLOCK + 12, self.width() - _EDGE
        strong, small = theme.font("body", bold=True), theme.font("hint")
        upper = self.height() / 2 - 5
        lower = self.height() / 2 + QFontMetrics(small).ascent() + 5
        end = self._right(
            painter, view.due_text, QPointF(right, upper), TONE_INK[view.tone] if view.tone in _LATE else "ink2"
        )
        painter.setFont(strong)
        self._line(painter, view.item, QPointF(left, upper), end - left, "ink")
        painter.setFont(small)
        state_ink = "ink3" if view.tone is Tone.PLAIN else TONE_INK[view.tone]
        end = self._right(painter, view.state, QPointF(right, lower), state_ink)
        painter.setFont(small)
        self._line(painter, f"{view.applicant}　{view.number}", QPointF(left, lower), end - left, "ink2")

    def _right(self, painter: QPainter, words: str, at: QPointF, ink: str) -> float:
        """Draw words that end there, and return where what stands before them must end."""
        font = self._theme.font("hint", bold=True)
        wide = QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        painter.drawText(QPointF(at.x() - wide, at.y()), words)
        return at.x() - wide - 10

    def _line(self, painter: QPainter, words: str, at: QPointF, room: float, ink: str) -> None:
        painter.setPen(self._theme.colour(ink))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(room)))
        painter.drawText(at, cut)


_LATE = (Tone.ERR, Tone.WARN)


class WorkList(Card):
    """The card with all of them; ``pressed`` carries a case's id."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("review_list")
        title = Text(theme, "title", "ink", bold=True)
        title.show_text(self.tr("我的办件"))
        self._note = Text(theme, "hint", "ink3")
        self._empty = Text(theme, "second", "ink3", wrap=True)
        self._empty.setContentsMargins(_EDGE, 14, _EDGE, 0)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self._empty)
        self._rows.addStretch(1)
        self._kept: dict[str, QWidget] = {}
        self._area = scrolling(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 3)
        column.setSpacing(3)
        for words in (title, self._note):
            words.setContentsMargins(_EDGE, 0, _EDGE, 0)
            column.addWidget(words)
        column.addSpacing(6)
        column.addWidget(Line(theme))
        column.addWidget(self._area, 1)

    def show_view(self, view: WorkListView) -> None:
        """Show one row a case."""
        self._note.show_text(view.note)
        self._empty.show_text(view.empty)
        self._empty.setVisible(not view.rows)
        show_rows(self._rows, self._kept, [each.case_id for each in view.rows], self._make)
        for each in view.rows:
            row = self._kept[each.case_id]
            assert isinstance(row, WorkRow)
            row.show_view(each)
            if each.chosen:
                self._area.ensureWidgetVisible(row, 0, 20)

    def _make(self, code: str) -> QWidget:
        row = WorkRow(self.theme, code)
        row.pressed.connect(self.pressed)
        return row
