"""The marked case in the right pane: who, how long still, which steps, and its paper."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk_intents import OpenCase, ReprintCase, ReprintOriginal, RunCommand, ShowCaseSlip
from ui.icons import Icon, paint_icon
from ui.intents import FaultOptionChosen
from ui.screens.search.view_model import DetailView, StepView
from ui.theme import Theme
from ui.widgets.due_clock import DueClock
from ui.widgets.fault_panel import FaultPanel
from ui.widgets.paper_view import PaperView
from ui.widgets.parts import TONE_INK, Card, KeyCap, TagLabel, Text, clear, put, scrolling
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.side_pane import NoticeButton
from ui.widgets.views import Tone

DOT = 20
RAIL = 32


class Step(QWidget):
    """A step with its dot on the line that runs through all of them."""

    def __init__(self, theme: Theme, view: StepView, *, first: bool, last: bool) -> None:
        super().__init__()
        self._theme, self._view, self._first, self._last = theme, view, first, last
        self.setAccessibleName(f"{view.title} {view.detail} {view.when}")
        row = QHBoxLayout(self)
        row.setContentsMargins(RAIL, 5, 0, 7)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        title = Text(theme, "body", "ink", bold=True, wrap=True)
        title.show_text(view.title)
        words.addWidget(title)
        if view.detail:
            detail = Text(theme, "hint", "ink2", wrap=True)
            detail.show_text(view.detail)
            words.addWidget(detail)
        row.addLayout(words, 1)
        when = Text(theme, "label", "ink3", family="number")
        when.show_text(view.when)
        row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle = self._theme, DOT / 2
        painter.setPen(QPen(theme.colour("line"), 2))
        top = 0.0 if not self._first else 6.0 + middle
        painter.drawLine(QPointF(middle, top), QPointF(middle, 6.0 + middle if self._last else self.height()))
        dot = QRectF(0, 6, DOT, DOT)
        now = not self._view.done and self._view.tone is not Tone.OFF
        filled = self._view.done or now
        colour = theme.colour("ok" if self._view.done else "pri" if now else "offL")
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if filled else theme.colour("surface"))
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        if filled:
            icon = "ph.check" if self._view.done else "ph.hourglass"
            paint_icon(painter, icon, dot.adjusted(5, 5, -5, -5), theme.colour("surface"))


class DetailPane(QWidget):
    """``intent`` carries what its keys and buttons say. It may hold the keyboard once the case is opened."""

    intent = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: DetailView | None = None
        self.setObjectName("search_detail")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ring", False)  # noqa: FBT003 -- Qt's own signature
        self.setFixedWidth(theme.metrics["slip"])
        small = theme.metrics.small
        edge = 12 if small else 20
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(edge))
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(edge, 4, edge, 10)
        self._body.setSpacing(theme.metrics["gap"])
        self._paper = PaperView(theme)
        self._paper.hide()
        self.fault = FaultPanel(theme)
        self.fault.hide()
        self.fault.chosen.connect(lambda number: self.intent.emit(FaultOptionChosen(number)))
        self._body_area = scrolling(inside)
        column.addWidget(self._body_area, 1)
        self._foot_row = self._foot(edge)
        column.addWidget(self._foot_row)
        self._show_none()

    def _head(self, edge: int) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(edge, 11, edge, 7)
        head.setSpacing(8)
        title = Text(self._theme, "body", "ink", bold=True)
        title.show_text(self.tr("办件详情"))
        head.addWidget(title)
        head.addStretch(1)
        self._slip_cap = KeyCap(self._theme, "Space")
        self._slip_name = Text(self._theme, "second", "ink2")
        head.addWidget(self._slip_cap)
        head.addWidget(self._slip_name)
        return head

    def _foot(self, edge: int) -> QWidget:
        foot = Foot(self._theme)
        column = QVBoxLayout(foot)
        column.setContentsMargins(edge, 10, edge, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        self._reprint = NoticeButton(self._theme, self.tr("补打单据"), "Ctrl 1")
        self._reprint.clicked.connect(lambda: self.intent.emit(ReprintCase()))
        row.addWidget(self._reprint)
        self._correct = NoticeButton(self._theme, self.tr("更正或作废"), "Ctrl E")
        self._correct.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._correct.clicked.connect(lambda: self.intent.emit(RunCommand("gzzf")))
        row.addWidget(self._correct)
        row.addStretch(1)
        column.addLayout(row)
        self._original = NoticeButton(self._theme, self.tr("补打正本"), "Ctrl 2")
        self._original.setObjectName("search_original")
        self._original.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._original.clicked.connect(lambda: self.intent.emit(ReprintOriginal()))
        column.addWidget(self._original, 0, Qt.AlignmentFlag.AlignLeft)
        self.primary = PrimaryButton(self._theme)
        self.primary.setObjectName("search_primary")
        self.primary.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.primary.clicked.connect(self._press)
        column.addWidget(self.primary)
        return foot

    def _press(self) -> None:
        if self._view is not None:
            self.intent.emit(ShowCaseSlip() if self._view.primary[1] == "Space" else OpenCase())

    def show_view(self, view: DetailView | None) -> None:
        """Show a case, or that none is marked."""
        if view == self._view and (view is None or view.slip_key == (self._view.slip_key if self._view else "")):
            return
        self._view = view
        if view is None:
            self._show_none()
            return
        self._foot_row.show()
        self._paper.setParent(self)  # out of the body; without any parent it would be a window of its own
        self._paper.hide()
        self.fault.setParent(self)
        self.fault.hide()
        clear(self._body)
        self._slip_cap.setVisible(bool(view.slip_name))
        self._slip_name.show_text(view.slip_name)
        self._reprint.setVisible(view.reprint)
        self._original.setVisible(view.original)
        self._correct.setVisible(view.correct)
        name, key = view.primary
        self.primary.show_button(name, key, enabled=bool(key) and (key != "Space" or bool(view.slip_name)))
        put(self._body, self._card(view))
        self.fault.setParent(self)
        self.fault.show_view(view.fault)
        if view.fault is not None:
            self._body.addWidget(self.fault)
            self.fault.show()
        if view.showing:
            self._paper.show_paper(view.slip, view.slip_key, preview=False)
            self._body.addWidget(self._paper, 0, Qt.AlignmentFlag.AlignHCenter)
            self._paper.setVisible(view.slip is not None)
        else:
            put(self._body, self._steps(view))
            if view.note is not None:
                put(self._body, self._note(view))
        self._body.addStretch(1)

    def _show_none(self) -> None:
        """Say what would stand here; there is nothing to press."""
        self.fault.setParent(self)
        self.fault.hide()
        self._paper.setParent(self)
        self._paper.hide()
        clear(self._body)
        self._slip_cap.hide()
        self._slip_name.show_text("")
        self._foot_row.hide()
        words = Text(self._theme, "second", "ink2", wrap=True)
        words.show_text(self.tr("选中一件，这里显示办到哪一步、还剩几天。"))
        put(self._body, words)
        self._body.addStretch(1)

    def _card(self, view: DetailView) -> QWidget:
        theme = self._theme
        card = Card(theme)
        if view.due_tone is Tone.ERR:
            card.set_colours("surface", "errL")
        edge = 14 if theme.metrics.small else 18
        column = QVBoxLayout(card)
        column.setContentsMargins(edge, edge - 4, edge, edge - 4)
        column.setSpacing(4)
        head = QHBoxLayout()
        number = Text(theme, "second", "ink", bold=True, family="mono")
        number.show_text(view.number)
        head.addWidget(number)
        head.addStretch(1)
        tag = TagLabel(theme)
        tag.show_tag(view.tag)
        if view.tag is not None:
            head.addWidget(tag)
        column.addLayout(head)
        item = Text(theme, "title", "ink", wrap=True)
        item.show_text(view.item)
        column.addWidget(item)
        who = Text(theme, "second", "ink2", wrap=True)
        who.show_text("　".join(view.who))
        column.addWidget(who)
        column.addLayout(self._limit(view))
        return card

    def _limit(self, view: DetailView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(14)
        if view.due is not None:
            clock = DueClock(self._theme, 46)
            clock.show_due(view.due)
            row.addWidget(clock)
        words = QVBoxLayout()
        words.setSpacing(0)
        promise = Text(self._theme, "hint", "ink2")
        promise.show_text(view.promise)
        left = Text(self._theme, "section", TONE_INK[view.due_tone], bold=True)
        left.show_text(view.left)
        if view.promise:
            words.addWidget(promise)
        words.addWidget(left)
        row.addLayout(words, 1)
        return row

    def _steps(self, view: DetailView) -> QWidget:
        card = Card(self._theme)
        card.setObjectName("search_detail_timeline")
        edge = 14 if self._theme.metrics.small else 18
        column = QVBoxLayout(card)
        column.setContentsMargins(edge, edge - 6, edge, edge - 6)
        column.setSpacing(0)
        last = len(view.steps) - 1
        for index, step in enumerate(view.steps):
            column.addWidget(Step(self._theme, step, first=index == 0, last=index == last))
        return card

    def _note(self, view: DetailView) -> QWidget:
        card = Card(self._theme)
        assert view.note is not None
        wrong = view.note.tone is Tone.ERR
        card.set_colours(*(("errT", "errL") if wrong else ("priT", "priL")))
        row = QHBoxLayout(card)
        row.setContentsMargins(14, 11, 14, 12)
        row.setSpacing(10)
        row.addWidget(Icon(view.note.icon, 18, self._theme.colour("noteErr" if wrong else "pri")))
        words = Text(self._theme, "second", "note_err" if wrong else "ink", wrap=True)
        words.show_text(view.note.text)
        row.addWidget(words, 1)
        return card

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.intent.emit(ShowCaseSlip())
        else:
            event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("slip"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.colour("line"))
        if self.hasFocus():
            painter.fillRect(1, 0, 3, self.height(), self._theme.colour("pri"))


class Foot(QWidget):
    """The white foot of the pane."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
