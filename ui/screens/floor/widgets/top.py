"""The dark bar of a window that sees the hall: its place, time, hall, how many windows are open, link, who."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.screens.floor.view_model import ChipView, FloorTopView
from ui.theme import Theme
from ui.widgets.kept import Kept
from ui.widgets.parts import Line, Text
from ui.widgets.sync_chip import SyncChip
from ui.widgets.top_bar import Avatar, Logo, WindowChip


class Chip(QWidget):
    """A pill with an icon."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._view = theme, ChipView("", "")
        self.setFont(theme.font("hint"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_view(self, view: ChipView) -> None:
        """Show what changed."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(view.text)
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        height = 26 if self._theme.metrics.small else 30
        return QSize(self.fontMetrics().horizontalAdvance(self._view.text) + 46, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("chrome2"))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        ink = self._theme.colour("chromeText")
        if self._view.icon:
            paint_icon(painter, self._view.icon, QRectF(12, self.height() / 2 - 8, 16, 16), ink)
        painter.setPen(ink)
        painter.drawText(
            QRectF(34, 0, self.width() - 34, self.height()), Qt.AlignmentFlag.AlignVCenter, self._view.text
        )


class FloorTop(QWidget):
    """As high as the counter's bar; ``post`` stands before the name of who sits here."""

    def __init__(self, theme: Theme, place: str = "值班台", post: str = "值班长") -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self._post = post
        self._theme = theme
        self._view: FloorTopView | None = None
        self.setFixedHeight(theme.metrics["top"])
        small = theme.metrics.small
        row = QHBoxLayout(self)
        row.setContentsMargins(12 if small else 18, 0, 12 if small else 18, 0)
        row.setSpacing(8 if small else 12)
        row.addWidget(Logo(theme))
        brand = Text(theme, "brand", "chrome", bold=True)
        brand.show_text(self.tr("窗口"))
        row.addWidget(brand)
        chip = WindowChip(theme)
        chip.show_text(place)
        row.addWidget(chip)
        row.addSpacing(14)
        self._clock = Text(theme, "clock", "chrome", bold=True, family="number")
        self._date = Text(theme, "second", "chromeMute")
        self._hall = Text(theme, "second", "chromeMute")
        for part in (self._clock, self._date, self._hall):
            row.addWidget(part)
        row.addStretch(1)
        self._chips = Kept(8 if small else 12, lambda: Chip(theme))
        self._sync = SyncChip(theme)
        self._avatar = Avatar(theme)
        self._manager = Text(theme, "second", "chrome")
        self._manager.setObjectName("top_clerk_label")
        line = Line(theme, "chromeLine", standing=True)
        line.setFixedHeight(22)
        for widget in (self._chips, self._sync, line, self._avatar, self._manager):
            row.addWidget(widget)

    def show_view(self, view: FloorTopView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        self._clock.show_text(view.clock)
        self._date.show_text(view.date)
        self._hall.show_text(view.hall)
        self._hall.setVisible(not self._theme.metrics.small)
        self._chips.show_each(view.chips, lambda part, chip: part.show_view(chip))
        self._sync.show_sync(view.sync)
        self._avatar.show_name(view.manager)
        self._manager.show_text(f"{view.post or self._post} {view.manager}" if view.manager else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("chrome"))
