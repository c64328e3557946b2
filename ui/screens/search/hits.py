"""The hits in their list: painted rows, what was typed lit up in number and name."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.search.view_model import HitView
from ui.theme import Theme
from ui.widgets.due_clock import DueClock
from ui.widgets.parts import TONE_INK, Text
from ui.widgets.views import Tone

LONGEST_NUMBER = "8888-8888-88888888-8888-8"
_TITLES = ("受理编号", "事项", "申请人 · 证件尾号", "时限", "状态", "受理窗口", "日期")
_SHARES = {"wide": (0, 26, 17, 20, 13, 14, 10), "narrow": (0, 34, 24, 26, 16, 0, 0)}
EDGE, GAP, CLOCK = 20, 12, 22


def columns(theme: Theme, width: int) -> list[tuple[float, float]]:
    """Return left edge and width of every column; the number is never cut, narrow windows drop window and date."""
    number = QFontMetrics(theme.font("label", family="mono")).horizontalAdvance(LONGEST_NUMBER) + 6
    shares = _SHARES["narrow" if theme.metrics.density in ("S", "XS", "M") else "wide"]
    edge = 12 if theme.metrics.small else EDGE
    rest = width - 2 * edge - number - GAP * sum(1 for share in shares if share)
    left, made = float(edge), []
    for index, share in enumerate(shares):
        room = float(number) if index == 0 else rest * share / sum(shares)
        made.append((left, room))
        left += room + (GAP if room else 0)
    return made


class HitsHead(QWidget):
    """The grey head of the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(28 if theme.metrics.small else 35)

    def titles(self) -> tuple[str, ...]:
        """Return what stands over the columns."""
        return _TITLES

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface2"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.colour("ink3"))
        for title, (left, room) in zip(self.titles(), columns(self._theme, self.width()), strict=False):
            if room:
                painter.drawText(QRectF(left, 0, room, self.height()), int(Qt.AlignmentFlag.AlignVCenter), title)


class HitRow(QWidget):
    """One case."""

    picked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: HitView | None = None
        self._marked = False
        self.setFixedHeight(theme.metrics["table_row"])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock = DueClock(theme, CLOCK, self)

    def show_hit(self, view: HitView, *, marked: bool) -> None:
        """Show a case."""
        if (view, marked) == (self._view, self._marked):
            return
        self._view, self._marked = view, marked
        self.setObjectName(f"search_hit__{view.number}")
        self.setAccessibleName(f"{view.due_text} {view.number} {view.item} {view.who} {view.state}")
        self._clock.show_due(view.due)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.picked.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("priT" if self._marked else "surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        if self._marked:
            painter.fillRect(0, 0, 3, self.height(), theme.colour("pri"))
        places = columns(theme, self.width())
        self._draw_number(painter, view, places[0])
        plain = (view.item, view.who, "", view.state, view.window, view.day)
        for text, (left, room) in zip(plain, places[1:], strict=True):
            if text and room:
                self._draw(painter, text, left, room, "ink" if text == view.item else "ink2")
        self._draw_due(painter, view, places[3])

    def _draw_number(self, painter: QPainter, view: HitView, place: tuple[float, float]) -> None:
        painter.setFont(self._theme.font("label", family="mono"))
        digits = [index for index, sign in enumerate(view.number) if sign != "-"]
        bare = view.number.replace("-", "")
        metrics = painter.fontMetrics()
        for mark in view.marks:
            at = bare.find(mark)
            if at < 0:
                continue
            first, last = digits[at], digits[min(at + len(mark), len(digits)) - 1]
            left = place[0] + metrics.horizontalAdvance(view.number[:first])
            width = metrics.horizontalAdvance(view.number[first : last + 1])
            lit = QRectF(left, (self.height() - metrics.height()) / 2, width, metrics.height())
            painter.fillRect(lit, self._theme.colour("halo"))
        self._draw(painter, view.number, *place, "ink", family="mono", role="label")

    def _draw_due(self, painter: QPainter, view: HitView, place: tuple[float, float]) -> None:
        left, room = place
        if view.due is not None:
            self._clock.move(round(left), (self.height() - CLOCK) // 2)
            left, room = left + CLOCK + 8, room - CLOCK - 8
        loud = view.due_tone in (Tone.ERR, Tone.WARN)
        self._draw(painter, view.due_text, left, room, TONE_INK[view.due_tone] if loud else "ink", bold=loud)

    def _draw(
        self,
        painter: QPainter,
        text: str,
        left: float,
        room: float,
        ink: str,
        *,
        bold: bool = False,
        family: str = "ui",
        role: str = "second",
    ) -> None:
        painter.setFont(self._theme.font(role, bold=bold, family=family))
        painter.setPen(self._theme.colour(ink))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room))
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(left, base), shown)


class FarLine(QWidget):
    """Parts this counter's cases from those its server found."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(12 if theme.metrics.small else EDGE, 7, 12, 7)
        self._words = Text(theme, "hint", "ink2", wrap=True)
        self._words.setObjectName("search_far")
        row.addWidget(self._words)

    def show_line(self, line: str) -> None:
        """Show the words."""
        self._words.show_text(line)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface2"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


class HitList(QWidget):
    """The rows; ``picked(index)`` for the one that was clicked. Rows are kept and filled anew."""

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[HitRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 1, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._far = FarLine(theme, self)
        self._far.hide()

    def show_far(self, line: str, index: int) -> None:
        """Show the line over the server's hits, which begin at ``index``; without a line there is none."""
        self._column.removeWidget(self._far)
        if line:
            self._far.show_line(line)
            self._column.insertWidget(index, self._far)
        self._far.setVisible(bool(line))

    def show_hits(self, hits: tuple[HitView, ...], at: int) -> None:
        """Show the hits with one marked."""
        while len(self._rows) < len(hits):
            row = HitRow(self._theme)
            index = len(self._rows)
            row.picked.connect(lambda index=index: self.picked.emit(index))
            self._column.insertWidget(self._column.count() - 1, row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(hits))
            if index < len(hits):
                row.show_hit(hits[index], marked=index == at)

    def row(self, index: int) -> HitRow | None:
        """Return the widget of a row."""
        return self._rows[index] if 0 <= index < len(self._rows) else None
