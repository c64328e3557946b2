"""Numbered answers as tiles: a digit takes one, the dashed one is taken by Enter."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.parts import cap_width, paint_cap
from ui.widgets.work_views import OptionView

COLUMNS = 3


class OptionTile(QAbstractButton):
    """One answer: its key, its text, perhaps a second line."""

    def __init__(self, theme: Theme, option: OptionView, number: int, *, chosen: bool, live: bool) -> None:
        super().__init__()
        self._theme, self._option, self._number = theme, option, number
        self._chosen, self._live = chosen, live
        self.setText(option.text)
        self.setAccessibleName(f"{number} {option.text}")
        self.setEnabled(option.enabled)
        self._heights: dict[int, int] = {}
        self._mark()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_state(self, *, chosen: bool, live: bool) -> None:
        """Show whether it is the answer, and whether its question is asked now."""
        if (chosen, live) != (self._chosen, self._live):
            if live != self._live:
                self._heights.clear()
                self.updateGeometry()
            self._chosen, self._live = chosen, live
            self._mark()
            self.update()

    def _mark(self) -> None:
        self.setProperty("state", "chosen" if self._chosen else "open")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._live else Qt.FocusPolicy.NoFocus)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(240))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 40)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._height_for(width)
        return self._heights[width]

    def _height_for(self, width: int) -> int:
        text = self._text_box(QRectF(0, 0, width, 1000))
        tall = self._text_height(text, self._option.text, "body")
        if self._option.detail:
            tall += self._text_height(text, self._option.detail, "label")
        return max(40 if self._theme.metrics.small else 44, round(tall) + 18)

    def _text_box(self, box: QRectF) -> QRectF:
        return box.adjusted(46 if self._live else 14, 0, -10, 0)

    def _text_height(self, box: QRectF, text: str, role: str) -> float:
        metrics = QFontMetricsF(self._theme.font(role, bold=role == "body"))
        return metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), text).height()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space presses the focused tile; every other key belongs to the panel.
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        edge = QPen(theme.colour("pri"), 2) if self._chosen else QPen(theme.colour("cap"), 1)
        if self._option.suggested and not self._chosen:
            edge = QPen(theme.colour("pri"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(theme.colour("priT" if self._chosen else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        if self._live:
            painter.setFont(theme.font("key", bold=True, family="number"))
            cap = QRectF(12, self.height() / 2 - 12, cap_width(0), 24)
            look = "normal" if self._option.enabled else "disabled"
            paint_cap(painter, theme, cap, str(self._number), look)
        self._paint_text(painter)

    def _paint_text(self, painter: QPainter) -> None:
        theme, option = self._theme, self._option
        box = self._text_box(QRectF(self.rect()))
        first = self._text_height(box, option.text, "body")
        second = self._text_height(box, option.detail, "label") if option.detail else 0.0
        top = (self.height() - first - second) / 2
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font("body", bold=self._chosen or option.suggested))
        painter.setPen(theme.colour("ink" if option.enabled else "disabled"))
        painter.drawText(QRectF(box.left(), top, box.width(), first + 2), flags, option.text)
        if option.detail:
            painter.setFont(theme.font("label"))
            painter.setPen(theme.colour("ink3"))
            painter.drawText(QRectF(box.left(), top + first, box.width(), second + 2), flags, option.detail)


class OptionGrid(QWidget):
    """Tiles in up to three columns; ``chosen(index)`` from 0."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, options: tuple[OptionView, ...], *, answer: int | None, live: bool) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._tiles: list[OptionTile] = []
        for index, option in enumerate(options):
            tile = OptionTile(theme, option, index + 1, chosen=answer == index, live=live)
            tile.clicked.connect(lambda *_, at=index: self.chosen.emit(at))
            grid.addWidget(tile, index // COLUMNS, index % COLUMNS)
            self._tiles.append(tile)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)

    def show_answer(self, answer: int | None, *, live: bool) -> None:
        """Mark another answer."""
        for index, tile in enumerate(self._tiles):
            tile.show_state(chosen=answer == index, live=live)
