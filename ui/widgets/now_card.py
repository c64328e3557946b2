"""The card at the top of the rail: who is being served and for how long, or that nobody is."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.parts import Card, KeyCap, TagLabel, Text
from ui.widgets.ticket_number import TicketNumber
from ui.widgets.views import NowView

BAR: Final = 6
"""Pixels of the bar; its widget has some air above and below."""


class ProgressBar(QWidget):
    """Service time against the item's average; full is full, it never turns red in front of a citizen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share = theme, 0.0
        self.setFixedHeight(BAR + 4)

    def show_share(self, share: float) -> None:
        """Show 0..1."""
        self._share = max(0.0, min(1.0, share))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        bar = QRectF(0, (self.height() - BAR) / 2, self.width(), BAR)
        painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        painter.setBrush(self._theme.colour("pri"))
        bar.setWidth(self.width() * self._share)
        painter.drawRoundedRect(bar, BAR / 2, BAR / 2)


class NowCard(Card):
    """Caption and timer, ticket or headline, item, progress, footnote."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("rail_now_card")
        self._view: NowView | None = None
        small = theme.metrics.small
        column = QVBoxLayout(self)
        column.setContentsMargins(*((12, 10, 12, 10) if small else (16, 14, 16, 14)))
        column.setSpacing(6)
        self._caption = Text(theme, "second", "ink2")
        self._tag = TagLabel(theme)
        self._timer = Text(theme, "second", "ink2", family="number")
        self._timer.setObjectName("rail_now_timer")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._caption)
        head.addWidget(self._tag)
        head.addStretch(1)
        head.addWidget(self._timer)
        self._ticket = TicketNumber(theme, "ticket")
        self._ticket.setObjectName("rail_now_ticket")
        self._headline = Text(theme, "headline", "ink", bold=True)
        # A Chinese font asks for half its size above and below; one line of a headline needs less.
        self._headline.setFixedHeight(round(theme.px("headline") * 1.26))
        self._item = Text(theme, "body", "ink", bold=True, wrap=True)
        self._item.setObjectName("rail_now_item")
        self._progress = ProgressBar(theme)
        self._foot = Text(theme, "label", "ink3")
        column.addLayout(head)
        column.addWidget(self._ticket)
        column.addWidget(self._headline)
        column.addWidget(self._item)
        column.addWidget(self._progress)
        column.addWidget(self._foot)
        column.addLayout(self._hint_row())

    def _hint_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._press = Text(self.theme, "second", "ink2")
        self._press.show_text(self.tr("按"))
        self._cap = KeyCap(self.theme)
        self._hint = Text(self.theme, "second", "ink2")
        for part in (self._press, self._cap, self._hint):
            row.addWidget(part)
        row.addStretch(1)
        return row

    def show_view(self, view: NowView) -> None:
        """Show what is in hand."""
        if view == self._view:
            return
        self._view = view
        self._caption.show_text(view.caption)
        self._timer.show_text(view.timer)
        self._tag.show_tag(view.tag)
        self._ticket.show_ticket(view.ticket)
        for label, text in ((self._headline, view.headline), (self._item, view.item), (self._foot, view.footnote)):
            label.show_text(text)
            label.setVisible(bool(text))
        self._progress.setVisible(view.progress is not None)
        self._progress.show_share(view.progress or 0.0)
        for part in (self._press, self._cap, self._hint):
            part.setVisible(view.hint is not None)
        if view.hint is not None:
            self._cap.show_key(view.hint.key)
            self._hint.show_text(view.hint.text)
