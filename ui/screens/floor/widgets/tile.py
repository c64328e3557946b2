"""One window of the hall: who sits there, whom they serve, for how long."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.screens.floor.view_model import TileView
from ui.theme import Theme
from ui.widgets.parts import paint_cap
from ui.widgets.ticket_number import paint_ticket, ticket_width
from ui.widgets.views import Tag, Tone

ROOMY: Final = 138
"""From this height on a tile has room for a foot of its own, as drawn."""
MINI: Final = 76
"""Below this height only the ticket is shown, and not whose it is."""
TIGHT: Final = 84
"""Below this height the ticket is written smaller."""
RADIUS: Final = 10
LEAST: Final = 58
_FILL = {
    Tone.PRI: ("pri", "surface"),
    Tone.OK: ("ok", "surface"),
    Tone.ERR: ("err", "surface"),
    Tone.WARN: ("yellow", "ink"),
}


class WindowTile(QWidget):
    """A painted tile; ``pressed`` says that it was clicked."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, window: str) -> None:
        super().__init__()
        self.setObjectName(f"mgr_win_tile__{window}")
        self._theme, self._window = theme, window
        self._view: TileView | None = None
        self._grey = False
        self.setMinimumHeight(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_view(self, view: TileView, *, grey: bool) -> None:
        """Show what changed; ``grey`` while nobody knows whether it still holds."""
        if (view, grey) != (self._view, self._grey):
            self._view, self._grey = view, grey
            words = (view.window, view.theme, view.tag.text, view.ticket, view.timer, view.line, view.clerk)
            self.setAccessibleName(" ".join(each for each in words if each))
            self.setProperty("state", view.tag.text)
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._window)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._grey:
            painter.setOpacity(0.62)
        self._ground(painter, self._view)
        self._head(painter, self._view)
        if self.height() >= ROOMY:
            self._roomy(painter, self._view)
        elif self.height() < MINI:
            self._mini(painter, self._view)
        else:
            self._tight(painter, self._view)

    def _ground(self, painter: QPainter, view: TileView) -> None:
        theme = self._theme
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = QPen(theme.colour("line"), 1)
        if view.chosen:
            edge = QPen(theme.colour("pri"), 2)
        elif view.alarm:
            edge = QPen(theme.colour("err"), 2)
        elif not view.open:
            edge = QPen(theme.colour("offL"), 1, Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(theme.colour("surface" if view.open else "bg"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)

    @property
    def _edge(self) -> int:
        return 9 if self._theme.metrics.small else 14

    def _head(self, painter: QPainter, view: TileView) -> None:
        theme, edge = self._theme, self._edge
        middle = 17 if self.height() < ROOMY else 21
        font = theme.font("body", bold=True, family="number")
        right = self._tag(painter, view.tag, middle)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        baseline = middle + QFontMetrics(font).capHeight() / 2
        painter.drawText(QPointF(edge, baseline), view.window)
        left = edge + QFontMetrics(font).horizontalAdvance(view.window) + 8
        if view.numbered:
            key = theme.font("key", bold=True, family="number")
            painter.setFont(key)
            width = QFontMetrics(key).horizontalAdvance(str(view.number)) + 12
            paint_cap(painter, theme, QRectF(left, middle - 10, width, 20), str(view.number))
            left += round(width) + 8
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("ink2"))
        metrics = QFontMetrics(theme.font("hint"))
        room = right - left - 6
        if room > metrics.horizontalAdvance("综合"):
            painter.drawText(
                QPointF(left, baseline), metrics.elidedText(view.theme, Qt.TextElideMode.ElideRight, int(room))
            )

    def _tag(self, painter: QPainter, tag: Tag, middle: int) -> float:
        """Draw the state's word at the right; return where it begins."""
        theme = self._theme
        font = theme.font("label", bold=True)
        width = QFontMetrics(font).horizontalAdvance(tag.text) + 12
        fill, ink = _FILL.get(tag.tone, ("offL", "ink2"))
        box = QRectF(self.width() - self._edge - width, middle - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), tag.text)
        return box.left()

    def _roomy(self, painter: QPainter, view: TileView) -> None:
        """As drawn: ticket, business, bar, and the clerk in a foot of their own."""
        theme, edge = self._theme, self._edge
        foot = self.height() - 32
        if view.ticket:
            self._ticket(painter, view, "headline" if theme.metrics.small else "call", 60)
            self._words(painter, view.line, QPointF(edge, 83), "hint")
            self._bar(painter, view, foot - 12)
        else:
            self._words(painter, view.line, QPointF(edge, 76), "second")
        painter.fillRect(QRectF(1, foot, self.width() - 2, 1), theme.colour("hair"))
        self._clerk(painter, view, foot + 16)

    def _mini(self, painter: QPainter, view: TileView) -> None:
        """For the smallest screens: who is served, for how long."""
        base = self.height() - 15
        if view.ticket:
            self._ticket(painter, view, "second", base)
            self._bar(painter, view, self.height() - 8)
        else:
            self._words(painter, view.line, QPointF(self._edge, base), "label")

    def _tight(self, painter: QPainter, view: TileView) -> None:
        """For many windows on one screen: ticket and clerk in two lines."""
        edge, height = self._edge, self.height()
        if view.ticket:
            self._ticket(painter, view, "ticketrow" if height < TIGHT else "figure", round(height * 0.56))
            self._bar(painter, view, height - 8)
        else:
            self._words(painter, view.line, QPointF(edge, height * 0.56), "label")
        self._clerk(painter, view, height - 19)

    def _ticket(self, painter: QPainter, view: TileView, role: str, baseline: int) -> None:
        theme, edge = self._theme, self._edge
        paint_ticket(painter, theme, role, view.ticket, QPointF(edge, baseline), digits_in="ink")
        font = theme.font("second", bold=view.alarm, family="number")
        metrics = QFontMetrics(font)
        advance = metrics.horizontalAdvance(view.timer)
        if edge + ticket_width(theme, role, view.ticket) + advance + edge < self.width():
            painter.setFont(font)
            painter.setPen(theme.colour("err" if view.alarm else "ink2"))
            painter.drawText(QPointF(self.width() - edge - advance, baseline), view.timer)

    def _bar(self, painter: QPainter, view: TileView, y: int) -> None:
        if view.progress is None:
            return
        box = QRectF(self._edge, y, self.width() - 2 * self._edge, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(box, 2, 2)
        if view.progress > 0:
            box.setWidth(max(4.0, box.width() * view.progress))
            painter.setBrush(QColor(self._theme.colour("err" if view.alarm else "pri")))
            painter.drawRoundedRect(box, 2, 2)

    def _clerk(self, painter: QPainter, view: TileView, middle: int) -> None:
        theme, edge = self._theme, self._edge
        paint_icon(painter, "ph.user", QRectF(edge, middle - 7, 14, 14), theme.colour("ink3"))
        tight = self.height() < ROOMY
        left = view.clerk if not (tight and view.ticket) else f"{view.clerk} · {view.line}"
        self._words(painter, left, QPointF(edge + 20, middle + 5), "label")
        if view.note and not tight:
            painter.setPen(theme.colour("ink3"))
            advance = QFontMetrics(theme.font("label")).horizontalAdvance(view.note)
            painter.drawText(QPointF(self.width() - edge - advance, middle + 5), view.note)

    def _words(self, painter: QPainter, words: str, at: QPointF, role: str) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink2"))
        room = int(self.width() - self._edge - at.x())
        painter.drawText(at, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room))
