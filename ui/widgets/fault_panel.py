"""Repair in place: what is wrong with a device or a print, above the paper, with numbered ways out."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.parts import KeyCap, Line, TagLabel, Text, clear, put
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tag, Tone


class FaultRow(QWidget):
    """One way out; the whole row may be clicked."""

    clicked = Signal()

    def __init__(self, theme: Theme, option: FaultOption, number: int) -> None:
        super().__init__()
        self.setObjectName(f"slip_fault_opt__{number}")
        self.setAccessibleName(f"{number} {option.title} {option.detail}")
        self.setEnabled(option.enabled)
        self._live = option.enabled and not option.waiting
        if self._live:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        small = theme.metrics.small
        row.setContentsMargins(12 if small else 16, 5, 12 if small else 16, 5)
        row.setSpacing(8)
        row.addWidget(KeyCap(theme, option.cap or str(number)))
        words = QVBoxLayout()
        words.setSpacing(0)
        title = Text(theme, "second", "ink" if option.enabled else "ink3", bold=number == 1, wrap=True)
        title.show_text(option.title)
        words.addWidget(title)
        if option.detail:
            detail = Text(theme, "label", "ink3", wrap=True)
            detail.show_text(option.detail)
            words.addWidget(detail)
        row.addLayout(words, 1)
        if option.waiting:
            tag = TagLabel(theme)
            tag.show_tag(Tag(option.action, Tone.WARN))
            row.addWidget(tag)
        elif option.action:
            action = Text(theme, "hint", "pri" if option.enabled else "ink3")
            action.show_text(option.action)
            row.addWidget(action)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._live:
            self.clicked.emit()


class FaultPanel(QWidget):
    """``chosen(number)`` from 1, as printed. It appears without taking the focus."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._view = theme, None
        self.setObjectName("slip_fault_panel")
        self._head_height = 40 if theme.metrics.small else 46
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 1, 6)
        self._column.setSpacing(0)

    _view: FaultView | None

    def show_view(self, view: FaultView | None) -> None:
        """Show a fault, or be gone."""
        self.setVisible(view is not None)
        if view == self._view:
            return
        self._view = view
        clear(self._column)
        if view is None:
            return
        self.setAccessibleName(f"{view.title} {view.detail}")
        put(self._column, self._head(view))
        self._column.addSpacing(5)
        for number, option in enumerate(view.options, start=1):
            if number > 1:
                put(self._column, Line(self._theme))
            row = FaultRow(self._theme, option, number)
            row.clicked.connect(lambda number=number: self.chosen.emit(number))
            put(self._column, row)

    def can_choose(self, number: int) -> bool:
        """Whether this number is on offer and not one that completes itself."""
        if self._view is None or not 1 <= number <= len(self._view.options):
            return False
        option = self._view.options[number - 1]
        return option.enabled and not option.waiting

    def _head(self, view: FaultView) -> QWidget:
        head = QWidget()
        head.setFixedHeight(self._head_height)
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(Icon(view.icon, 18, self._theme.colour(f"note{view.tone.value.capitalize()}")))
        title = Text(self._theme, "second", f"note_{view.tone.value}", bold=True)
        title.show_text(view.title)
        row.addWidget(title)
        detail = Text(self._theme, "hint", f"note_{view.tone.value}", wrap=True)
        detail.show_text(view.detail)
        row.addWidget(detail, 1)
        return head

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        frame = QPainterPath()
        frame.addRoundedRect(box, 10, 10)
        painter.fillPath(frame, self._theme.colour("surface"))
        painter.setClipPath(frame)
        tone = self._view.tone.value if self._view is not None else "err"
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), self._head_height), self._theme.colour(f"{tone}T"))
        painter.setClipping(False)
        painter.setPen(QPen(self._theme.colour(f"{tone}L"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)
