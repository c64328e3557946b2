"""The left column: who is served, who is held back, who waits, and the day in three numbers. Tickets, never names."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.note_box import NoteBox
from ui.widgets.now_card import NowCard
from ui.widgets.parts import Card, Text, let_go
from ui.widgets.ticket_list import TicketList
from ui.widgets.views import FigureView, RailView, Strong
from ui.widgets.wait_bar import YELLOW_FROM

HEAD = 23
"""Pixels of a list's heading."""
MORE_LINE = 34
"""Room for 还有 N 人 under the list."""


class TodayStrip(Card):
    """The day in numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("rail_today_done")
        self._figures: tuple[FigureView, ...] = ()
        self.setFixedHeight(52 if theme.metrics.small else 64)

    def show_figures(self, figures: tuple[FigureView, ...]) -> None:
        """Show up to three figures."""
        if figures != self._figures:
            self._figures = figures
            self.setAccessibleName("，".join(f"{each.name} {each.value}" for each in figures))
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._figures:
            return
        painter = QPainter(self)
        width = self.width() / len(self._figures)
        middle = self.height() / 2
        for index, figure in enumerate(self._figures):
            if index:
                painter.setPen(QPen(self.theme.colour("line"), 1))
                painter.drawLine(QPointF(index * width, middle - 20), QPointF(index * width, middle + 20))
            painter.setFont(self.theme.font("figure", bold=True, family="number"))
            painter.setPen(self.theme.colour("ink"))
            flags = int(Qt.AlignmentFlag.AlignCenter)
            painter.drawText(QRectF(index * width, middle - 23, width, 24), flags, figure.value)
            painter.setFont(self.theme.font("label"))
            painter.setPen(self.theme.colour("ink3"))
            painter.drawText(QRectF(index * width, middle + 2, width, 18), flags, figure.name)


class QueueRail(QWidget):
    """The rail never scrolls while serving: it shows what fits and says how many more there are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("队列"))
        self._theme = theme
        self._view: RailView | None = None
        self.setFixedWidth(theme.metrics["rail"])
        edge = theme.metrics["rail_edge"]
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge + 1, edge)
        column.setSpacing(theme.metrics["gap"])
        self._now = NowCard(theme)
        self._held_head = self._head(self.tr("挂起"))
        self._held = TicketList(theme, "rail_held_list")
        self._wait_head = self._head(self.tr("等候"))
        self._wait = TicketList(theme, "rail_wait_list")
        self._more = Text(theme, "second", "ink2", wrap=True)
        self._more.setContentsMargins(4, 0, 4, 0)
        self._note: NoteBox | None = None
        self._today = TodayStrip(theme)
        parts = (self._now, self._held_head, self._held, self._wait_head, self._wait, self._more)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self._today)

    def _head(self, title: str) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        name = Text(self._theme, "second", "ink", bold=True)
        name.show_text(title)
        count = Text(self._theme, "hint", "ink2")
        right = Text(self._theme, "hint", "ink2")
        count.setObjectName("count")
        right.setObjectName("right")
        row.addWidget(name)
        row.addWidget(count)
        row.addStretch(1)
        row.addWidget(right)
        head.setFixedHeight(HEAD)
        return head

    def show_view(self, view: RailView) -> None:
        """Show what changed."""
        if view != self._view:
            if self._view is None or view.note != self._view.note:
                self._show_note(view)
            self._view = view
            self._lay_out()

    def _show_note(self, view: RailView) -> None:
        if self._note is not None:
            self._column.removeWidget(self._note)
            let_go(self._note)
        self._note = NoteBox(self._theme, view.note) if view.note is not None else None
        if self._note is not None:
            self._note.setObjectName("rail_note")
            self._note.setAccessibleName("".join("".join(words) for words in view.note.lines) if view.note else "")
            self._column.insertWidget(self._column.indexOf(self._more) + 1, self._note)

    def _lay_out(self) -> None:
        view = self._view
        if view is None:
            return
        self._now.show_view(view.now)
        self._held_head.setVisible(bool(view.held))
        _part(self._held_head, "count").show_text(str(len(view.held)))
        self._held.show_items(view.held)
        self._show_waiting(view)
        self._today.setVisible(bool(view.today) and self._theme.metrics.density not in ("S", "XS"))
        self._today.show_figures(view.today)
        self._column.activate()

    def _show_waiting(self, view: RailView) -> None:
        total = view.waiting_total if view.waiting_total is not None else len(view.waiting)
        shown = view.waiting
        if len(shown) < total or len(shown) > self._fitting(view, 0):
            shown = shown[: self._fitting(view, MORE_LINE)]
        unknown = view.waiting_total is None
        _part(self._wait_head, "count").show_text("" if unknown else self.tr("{} 人").format(total))
        longest = max((each.minutes for each in view.waiting), default=0)
        right = _part(self._wait_head, "right")
        right.show_words((self.tr("最长 "), Strong(longest), self.tr(" 分")) if view.waiting else ())
        right.set_tone("warn" if longest >= YELLOW_FROM else "ink2")
        self._wait.show_items(shown)
        rest = total - len(shown)
        text = self.tr("还有 {} 人").format(rest) if shown and rest > 0 else ("" if shown else view.empty)
        self._more.show_text(text)
        self._more.setVisible(bool(text))

    def _fitting(self, view: RailView, reserve: int) -> int:
        """How many waiting tickets fit under what stands above them."""
        gap, edge = self._theme.metrics["gap"], self._theme.metrics["rail_edge"]
        now = _height(self._now, self.width() - 2 * edge - 1)
        above = edge + now + gap + HEAD + gap
        if view.held:
            above += HEAD + gap
            above += len(view.held) * self._theme.metrics["rail_item"] + 3 + gap
        below = edge + reserve + 3
        if self._note is not None:
            below += _height(self._note, self.width() - 2 * edge - 1) + gap
        if view.today and self._theme.metrics.density not in ("S", "XS"):
            below += self._today.height() + gap
        return max(1, (self.height() - above - below) // self._theme.metrics["rail_item"])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not from within the layout's own pass: what is shown or hidden now would not be placed.
        QTimer.singleShot(0, self, self._lay_out)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.colour("line"))


def _height(part: QWidget, width: int) -> int:
    """Return how high a part is at a width; only one with a wrapped line depends on it."""
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()


def _part(head: QWidget, name: str) -> Text:
    part = head.findChild(Text, name)
    assert part is not None
    return part
