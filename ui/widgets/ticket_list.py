"""Tickets in the rail: one painted line each, in a rounded card."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.parts import Card, paint_tag, show_rows
from ui.widgets.ticket_number import paint_ticket, ticket_width
from ui.widgets.views import HeldView, Tag, WaitView
from ui.widgets.wait_bar import paint_wait


class Line(NamedTuple):
    """A ticket and whether it is the first of its card."""

    item: WaitView | HeldView
    top: bool


class RailItem(QWidget):
    """One ticket of a list, painted: number, item, tag or second line, and the time at the right."""

    def __init__(self, theme: Theme, item: WaitView | HeldView, *, top: bool) -> None:
        super().__init__()
        self._theme, self._item, self._top = theme, item, top
        area = "wait" if isinstance(item, WaitView) else "held"
        self.setObjectName(f"rail_{area}_item__{item.ticket}")
        self.setAccessibleName(f"{item.ticket} {item.item}")
        self.setFixedHeight(theme.metrics["rail_item"])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, item = self._theme, self._item
        if isinstance(item, WaitView) and item.first:
            painter.fillRect(self.rect(), theme.colour("priT"))
            painter.fillRect(0, 0, 4, self.height(), theme.colour("pri"))
        if not self._top:
            painter.fillRect(0, 0, self.width(), 1, theme.colour("hair"))
        edge = 9 if theme.metrics.small else 12
        middle = self.height() / 2
        metrics = QFontMetrics(theme.font("ticketrow", bold=True, family="number"))
        baseline = QPointF(edge, middle + metrics.capHeight() / 2)
        paint_ticket(
            painter,
            theme,
            "ticketrow",
            item.ticket,
            baseline,
            digits_in="hold" if isinstance(item, HeldView) else "ink",
        )
        number = max(theme.metrics["rail_number"], ticket_width(theme, "ticketrow", item.ticket))
        left = edge + number + (6 if theme.metrics.small else 8)
        right = self._paint_right(painter, middle, self.width() - edge)
        self._paint_middle(painter, QRectF(left, 0, right - left - 6, self.height()))

    def _paint_right(self, painter: QPainter, middle: float, right: float) -> float:
        """Draw the time; return where the text before it must end."""
        if isinstance(self._item, WaitView):
            return right - paint_wait(painter, self._theme, QPointF(right, middle - 2), self._item.minutes)
        font = self._theme.font("second", family="number")
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink2"))
        width = QFontMetrics(font).horizontalAdvance(self._item.since)
        box = QRectF(right - width, 0, width, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._item.since)
        return right - width

    def _paint_middle(self, painter: QPainter, box: QRectF) -> None:
        first, second = self._lines()
        font = self._theme.font("railitem")
        metrics = QFontMetrics(font)
        # Where the name does not fit, the item's 简称 does.
        if isinstance(self._item, WaitView) and self._item.short and metrics.horizontalAdvance(first) > box.width():
            first = self._item.short
        name = metrics.elidedText(first, Qt.TextElideMode.ElideRight, int(box.width()))
        middle = box.center().y()
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if second is None:
            # A name too long for one line goes on in a second.
            painter.drawText(box, flags | int(Qt.TextFlag.TextWrapAnywhere.value), first)
            return
        painter.drawText(QRectF(box.left(), middle - 20, box.width(), 20), flags, name)
        if isinstance(second, Tag):
            painter.setFont(self._theme.font("label", bold=True))
            width = painter.fontMetrics().horizontalAdvance(second.text) + 14
            tag = QRectF(box.left(), middle + 1, min(width, box.width()), 18)
            paint_tag(painter, self._theme, tag, second, on_tint=isinstance(self._item, WaitView) and self._item.first)
            return
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.colour("ink3"))
        text = painter.fontMetrics().elidedText(second, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(QRectF(box.left(), middle, box.width(), 18), flags, text)

    def _lines(self) -> tuple[str, Tag | str | None]:
        item = self._item
        if isinstance(item, HeldView):
            return item.reason, item.item
        return (item.short or item.item) if self._theme.metrics.small else item.item, item.tag


class TicketList(Card):
    """Tickets under each other with hairlines between, cut to the rounded card."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme)
        self.setObjectName(name)
        self._shown: tuple[WaitView | HeldView, ...] = ()
        self._kept: dict[Line, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 2)
        self._column.setSpacing(0)

    def show_items(self, items: tuple[WaitView | HeldView, ...]) -> None:
        """Show these tickets; without any the card disappears."""
        self.setVisible(bool(items))
        if items != self._shown:
            self._shown = items
            lines = [Line(item, index == 0) for index, item in enumerate(items)]
            show_rows(self._column, self._kept, lines, self._make)

    def _make(self, line: Line) -> RailItem:
        return RailItem(self.theme, line.item, top=line.top)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        # The first row is tinted up to the corners; a mask is the cheap way to keep them round.
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), self.RADIUS, self.RADIUS)
        self.setMask(path.toFillPolygon().toPolygon())
        super().resizeEvent(event)
