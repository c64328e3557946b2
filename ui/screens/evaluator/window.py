"""The citizen's window: five grades, all grey so that none is suggested, big enough for a thumb; else where they are.

It never takes the keyboard: the clerk goes on typing while a citizen touches it (design.md section 11, 3).
"""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QScreen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.rating import Grade
from ui.icons import paint_icon
from ui.screens.evaluator.view_model import Asking, EvaluatorView
from ui.theme import Theme, make_font
from ui.widgets.faces import FACES

DRAWN: Final = (1024, 600)
"""The size that the pixel numbers below are meant for."""
OWN_WINDOW: Final = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
_TITLE, _SECOND, _HINT, _LABEL = 44, 24, 20, 28


class GradeButton(QAbstractButton):
    """One grade: a grey face over its words; pressed it is darker, for nothing else tells a finger that it was felt."""

    def __init__(self, theme: Theme, grade: Grade) -> None:
        super().__init__()
        self._theme, self.grade = theme, grade
        icon, words = FACES[grade]
        self._icon = icon
        self.setText(words)
        self.setObjectName(f"rate_grade__{int(grade)}")
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(self._theme.colour("line2"), 2))
        painter.setBrush(self._theme.colour("offT" if self.isDown() else "surface"))
        painter.drawRoundedRect(box, 14, 14)
        words = self.fontMetrics().height()
        face = min(box.width() * 0.62, box.height() - 2.6 * words)
        top = box.top() + (box.height() - face - 1.4 * words) / 2
        paint_icon(
            painter, self._icon, QRectF(box.center().x() - face / 2, top, face, face), self._theme.colour("ink3")
        )
        painter.setPen(self._theme.colour("ink"))
        line = QRectF(box.left(), top + face + 0.4 * words, box.width(), words)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), self.text())


class TimeBar(QWidget):
    """How much of the time is left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._left = theme, 0.0
        self.setObjectName("rate_bar")
        self.setFixedHeight(8)

    def show_left(self, left: float) -> None:
        """Show the share that is left."""
        if left != self._left:
            self._left = left
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in (("track", 1.0), ("pri", self._left)):
            painter.setBrush(self._theme.colour(colour))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share, self.height()), 4, 4)


class EvaluatorWindow(QWidget):
    """One window on the citizen's screen; ``graded`` says which grade was touched, once for each asking."""

    graded = Signal(object)
    """An ``app.domain.rating.Grade``."""

    def __init__(self, screen: QScreen, theme: Theme | None = None) -> None:
        super().__init__(None, OWN_WINDOW)
        self._theme, self._on, self._view = theme or Theme(), screen, None
        self.setObjectName("evaluator")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(self.tr("评价"))
        self._asked, self._said = QLabel(self.tr("请您评价本次服务")), QLabel()
        self._where, self._note, self._below = QLabel(), QLabel(), QLabel()
        self._note.setText(self.tr("自愿评价，不影响办件；窗口看不到您的选择。也可以扫回执上的码，七天内评价。"))
        self._buttons = [GradeButton(self._theme, grade) for grade in Grade]
        self._bar = TimeBar(self._theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._grades_page())
        self._pages.addWidget(self._words_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        for label in (self._asked, self._said, self._where, self._note, self._below):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setWordWrap(True)
        for button in self._buttons:
            button.clicked.connect(lambda _=False, grade=button.grade: self._touched(grade))

    _view: EvaluatorView | None

    def show_on_screen(self) -> None:
        """Fill the citizen's screen, without taking the keyboard."""
        self.setGeometry(self._on.geometry())
        self.show()

    def show_view(self, view: EvaluatorView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        asking = view.asking is Asking.GRADE
        self._pages.setCurrentIndex(0 if asking else 1)
        for button in self._buttons:
            button.setEnabled(asking)
        self._where.setText(self.tr("{window} 窗口").format(window=view.window))
        self._bar.show_left(view.left)
        self._said.setText(self._words(view))
        self._below.setText(view.theme if view.asking is Asking.NOBODY else "")

    def _words(self, view: EvaluatorView) -> str:
        if view.asking is Asking.THANKS:
            return self.tr("谢谢您的评价")
        if view.pausing:
            return self.tr("暂停服务，请稍候")
        return self.tr("{window} 窗口").format(window=view.window)

    def _touched(self, grade: Grade) -> None:
        """Say the grade; a second finger finds nothing to touch any more."""
        for button in self._buttons:
            button.setEnabled(False)
        self.graded.emit(grade)

    def _grades_page(self) -> QWidget:
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._row = QHBoxLayout()
        self._column.addWidget(self._asked)
        self._column.addWidget(self._where)
        self._column.addLayout(self._row, 1)
        for button in self._buttons:
            self._row.addWidget(button, 1)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._note)
        return page

    def _words_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self._said)
        column.addWidget(self._below)
        column.addStretch(1)
        return page

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every size follows the screen's."""
        unit = min(self.width() / DRAWN[0], self.height() / DRAWN[1])
        sizes = ((self._asked, _TITLE, True), (self._where, _SECOND, False), (self._note, _HINT, False))
        for label, pixels, bold in (*sizes, (self._said, round(_TITLE * 1.5), True), (self._below, _SECOND, False)):
            label.setFont(make_font(round(pixels * unit), bold=bold))
        for button in self._buttons:
            button.setFont(make_font(round(_LABEL * unit), bold=True))
        edge, gap = round(36 * unit), round(16 * unit)
        self._column.setContentsMargins(edge, round(28 * unit), edge, round(22 * unit))
        self._column.setSpacing(gap)
        self._row.setSpacing(gap)
        super().resizeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self._theme.colour("bg")))
