"""各类排队与窗口: one row a business, its line as a bar and the windows that call it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.floor.view_model import QueueRowView
from ui.theme import Theme
from ui.widgets.coded_row import CodedRow
from ui.widgets.parts import Card, show_rows
from ui.widgets.views import Tone

_BAR = {Tone.ERR: "err", Tone.WARN: "yellow"}
_INK = {Tone.ERR: "err", Tone.WARN: "warn"}
MOST_HIGH: Final = 51
LEAST_HIGH: Final = 26


class QueueClassRow(CodedRow[QueueRowView]):
    """One line; ``pressed`` says that its adjustment is wanted."""

    def __init__(self, theme: Theme, code: str) -> None:
        super().__init__(theme, "mgr_class_row", code)
        self.setMinimumHeight(LEAST_HIGH)
        self.setMaximumHeight(MOST_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), MOST_HIGH)

    def show_view(self, view: QueueRowView) -> None:
        """Show what changed."""
        windows = "、".join(view.windows)
        self.take(view, f"{view.code} {view.name}，{view.waiting} 人，最长 {view.longest}，窗口 {windows}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, 0, self.width(), 1, theme.colour("hair"))
        spots = columns(theme, self.width())
        middle = self.height() / 2
        self._text(painter, view.code, spots["code"], middle, bold=True)
        self._text(painter, view.name, spots["name"], middle, room=spots["waiting"] - spots["name"] - 8)
        figure = theme.font("ticketrow", bold=True, family="number")
        painter.setFont(figure)
        painter.setPen(theme.colour("ink"))
        base = middle + QFontMetrics(figure).capHeight() / 2
        painter.drawText(QPointF(spots["waiting"], base), str(view.waiting))
        after = spots["waiting"] + QFontMetrics(figure).horizontalAdvance(str(view.waiting)) + 5
        self._text(painter, "人", after, middle, role="label", ink="ink3")
        bar = QRectF(spots["bar"], middle - 4, spots["longest"] - spots["bar"] - 84, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(bar, 4, 4)
        if view.share > 0:
            bar.setWidth(max(8.0, bar.width() * view.share))
            painter.setBrush(theme.colour(_BAR.get(view.tone, "pri")))
            painter.drawRoundedRect(bar, 4, 4)
        strong = view.tone in _INK
        font = theme.font("second", bold=strong)
        advance = QFontMetrics(font).horizontalAdvance(view.longest)
        left = spots["longest"] - advance
        self._text(painter, view.longest, left, middle, bold=strong, ink=_INK.get(view.tone, "ink"))
        self._chips(painter, view, spots, middle)

    def _chips(self, painter: QPainter, view: QueueRowView, spots: dict[str, float], middle: float) -> None:
        theme = self._theme
        font = theme.font("label", bold=True, family="number")
        metrics = QFontMetrics(font)
        left, height = spots["windows"], min(26.0, self.height() - 6)
        end = self.width() - 14 - (QFontMetrics(theme.font("hint")).horizontalAdvance("调窗支援") + 8)
        painter.setFont(font)
        for n, window in enumerate(view.windows):
            width = metrics.horizontalAdvance(window) + 12
            rest = f"+{len(view.windows) - n}"
            if left + width > end - (metrics.horizontalAdvance(rest) + 8 if n + 1 < len(view.windows) else 0):
                painter.setPen(theme.colour("ink3"))
                painter.drawText(QPointF(left, middle + metrics.capHeight() / 2), rest)
                break
            painter.setPen(QPen(theme.colour("cap"), 1))
            painter.setBrush(theme.colour("surface"))
            box = QRectF(left + 0.5, middle - height / 2, width, height)
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(theme.colour("ink"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), window)
            left += width + 5
        else:
            self._plus(painter, left, middle, height)
        words = view.advice or "调整"
        advance = QFontMetrics(theme.font("hint")).horizontalAdvance(words)
        self._text(painter, words, self.width() - 14 - advance, middle, role="hint", ink="pri")

    def _plus(self, painter: QPainter, left: float, middle: float, height: float) -> None:
        """Another window may be added here."""
        painter.setPen(QPen(self._theme.colour("line2"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(left + 0.5, middle - height / 2, 28, height)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self._theme.colour("ink3"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "+")

    def _text(
        self,
        painter: QPainter,
        words: str,
        left: float,
        middle: float,
        *,
        bold: bool = False,
        role: str = "second",
        ink: str = "ink",
        room: float | None = None,
    ) -> None:
        font = self._theme.font(role, bold=bold)
        metrics = QFontMetrics(font)
        shown = words if room is None else metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        painter.drawText(QPointF(left, middle + (metrics.ascent() - metrics.descent()) / 2), shown)


def columns(theme: Theme, width: int) -> dict[str, float]:
    """Return where the columns begin; ``longest`` is where that column ends."""
    small = theme.metrics.small
    return {
        "code": 12 if small else 18,
        "name": 34 if small else 44,
        "waiting": 150 if small else 180,
        "bar": 206 if small else 258,
        "longest": width * (0.56 if small else 0.66),
        "windows": width * (0.58 if small else 0.675),
    }


class QueueLines(Card):
    """The card with its heads and its rows."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._head = 54 if theme.metrics.small else 66
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(1, self._head, 1, 6)
        self._rows.setSpacing(0)
        # What is left over stays under the rows, not between them.
        self._rows.addStretch(1)
        self._kept: dict[str, QWidget] = {}

    def show_views(self, views: tuple[QueueRowView, ...]) -> None:
        """Show one row a view."""
        show_rows(self._rows, self._kept, [each.code for each in views], self._make)
        for view in views:
            row = self._kept[view.code]
            assert isinstance(row, QueueClassRow)
            row.show_view(view)

    def _make(self, code: str) -> QWidget:
        row = QueueClassRow(self.theme, code)
        row.pressed.connect(self.pressed)
        return row

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self.theme
        painter = QPainter(self)
        painter.setFont(theme.font("title", bold=True))
        painter.setPen(theme.colour("ink"))
        edge = 12 if theme.metrics.small else 18
        base = 22 if theme.metrics.small else 29
        title = self.tr("各类排队与窗口")
        painter.drawText(QPointF(edge, base), title)
        after = edge + QFontMetrics(theme.font("title", bold=True)).horizontalAdvance(title) + 12
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("ink3"))
        painter.drawText(QPointF(after, base), self.tr("按 F3 调整；当前一件办完才生效，不打断群众"))
        painter.setFont(theme.font("label"))
        spots = columns(theme, self.width() - 2)
        foot = self._head - 9
        painter.drawText(QPointF(spots["code"], foot), self.tr("类别"))
        painter.drawText(QPointF(spots["waiting"], foot), self.tr("等候"))
        words = self.tr("最长等候")
        advance = QFontMetrics(theme.font("label")).horizontalAdvance(words)
        painter.drawText(QPointF(spots["longest"] - advance, foot), words)
        painter.drawText(QPointF(spots["windows"], foot), self.tr("当前窗口"))
