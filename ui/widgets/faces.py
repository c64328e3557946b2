"""The five grades as grey faces, and the clerk's card: that somebody is asked and whether they answered, no more."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.rating import Grade
from ui.icons import Icon, paint_icon
from ui.theme import Theme
from ui.widgets.parts import Card, Text
from ui.widgets.work_views import RatingView

FACES: Final = {
    Grade.VERY_SATISFIED: ("mdi6.emoticon-excited-outline", "非常满意"),
    Grade.SATISFIED: ("mdi6.emoticon-happy-outline", "满意"),
    Grade.FAIRLY_SATISFIED: ("mdi6.emoticon-neutral-outline", "基本满意"),
    Grade.DISSATISFIED: ("mdi6.emoticon-sad-outline", "不满意"),
    Grade.VERY_DISSATISFIED: ("mdi6.emoticon-angry-outline", "非常不满意"),
}
"""Icon and words of each grade, the best first, as everywhere."""


class Faces(QWidget):
    """Five boxes side by side; a picture that nobody can press."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("work_out_faces")
        self.setFont(theme.font("key"))
        self.setFixedHeight(62 if theme.metrics.small else 70)

    @override
    def sizeHint(self) -> QSize:
        return QSize(5 * 62, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 6
        width = (self.width() - 4 * gap) / 5
        size = 24 if self._theme.metrics.small else 28
        for at, (icon, words) in enumerate(FACES.values()):
            box = QRectF(at * (width + gap) + 0.5, 0.5, width - 1, self.height() - 1)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("surface"))
            painter.drawRoundedRect(box, 6, 6)
            paint_icon(painter, icon, QRectF(box.center().x() - size / 2, 8, size, size), self._theme.colour("ink3"))
            painter.setPen(self._theme.colour("ink2"))
            line = QRectF(box.left() - gap / 2, 10 + size, box.width() + gap, self.height() - size - 12)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), words)


class _Bar(QWidget):
    """The time that is left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._left = theme, 0.0
        self.setFixedHeight(6)

    def show_left(self, left: float) -> None:
        self._left = left
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in (("track", 1.0), ("pri", self._left)):
            painter.setBrush(self._theme.colour(colour))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share, 6), 3, 3)


class RatingCard(Card):
    """The card 请群众评价 (design/04-accepted-receipt.png); it counts the seconds itself, without a new picture.

    Where the result leaves no room beside it the faces are left out.
    """

    def __init__(self, theme: Theme, view: RatingView, *, faces: bool) -> None:
        super().__init__(theme)
        self._view = view
        self.setObjectName("work_out_rating")
        self.setAccessibleName(f"{view.title}，{view.state or view.note}")
        asking = view.whole_ms > 0
        self.set_colours(*(("priT", "priL") if asking else ("surface", "line")))
        column = QVBoxLayout(self)
        edge = 14 if theme.metrics.small else 20
        column.setContentsMargins(edge, edge - 4, edge, edge - 4)
        column.setSpacing(8 if theme.metrics.small else 10)
        self._state = Text(theme, "second", "ink2")
        self._state.setObjectName("work_out_rating_state")
        column.addLayout(self._head(theme, view))
        if faces:
            column.addWidget(Faces(theme))
        self._bar = _Bar(theme)
        if asking:
            column.addWidget(self._bar)
        note = Text(theme, "hint", "ink2", wrap=True)
        note.setObjectName("work_out_rating_note")
        note.show_text(view.note)
        column.addWidget(note)
        column.addStretch(1)
        self._since = QElapsedTimer()
        self._since.start()
        if asking:
            beat = QTimer(self, interval=1000)
            beat.timeout.connect(self._count)
            beat.start()
        self._count()

    def _head(self, theme: Theme, view: RatingView) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("ph.star", 18, theme.colour("pri")))
        title = Text(theme, "second", "pri", bold=True)
        title.show_text(view.title)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._state)
        return head

    def _count(self) -> None:
        """Say how long is left; once it is over the presenter says so."""
        if not self._view.whole_ms:
            self._state.show_text(self._view.state)
            return
        left_ms = max(0, self._view.left_ms - self._since.elapsed())
        self._state.show_text(f"剩 {-(-left_ms // 1000)} 秒")
        self._bar.show_left(left_ms / self._view.whole_ms)
