"""The dark bar on top: which window, what time, which devices, whether in step with the server, who."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.theme import Theme
from ui.widgets.device_strip import DeviceStrip
from ui.widgets.parts import Line, Text
from ui.widgets.sync_chip import SyncChip
from ui.widgets.views import TopBarView


class Logo(QWidget):
    """A counter window as an arch in a frame."""

    SIDE: Final = 26

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(self.SIDE, self.SIDE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("priL"), 1.6))
        painter.setBrush(self._theme.colour("chrome2"))
        painter.drawRoundedRect(QRectF(2, 2, 22, 22), 5, 5)
        arch = QPainterPath()
        arch.moveTo(8, 18.5)
        arch.lineTo(8, 12.5)
        arch.arcTo(QRectF(8, 7, 10, 11), 180, -180)
        arch.lineTo(18, 18.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("surface"), 2.2))
        painter.drawPath(arch)
        painter.drawLine(5, 19, 21, 19)


class WindowChip(Text):
    """The window's name on white."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "second" if theme.metrics.small else "body", "ink", bold=True)
        self.setObjectName("top_window_label")
        self._theme = theme
        self.setContentsMargins(9, 1, 9, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_window(self, name: str, room: int) -> None:
        """Show number and theme, in a narrow rail the number alone; it is said whole either way."""
        self.show_text(name)
        if self.sizeHint().width() > room:
            self.show_text(name.partition(" ")[0])
            self.setAccessibleName(name)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        painter.end()
        super().paintEvent(event)


class TimeChip(Text):
    """Time to closing: plain text by day, an amber pill after hours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "second", "chromeMute")
        self.setObjectName("top_time_chip")
        self.setFixedHeight(26 if theme.metrics.small else 30)
        self._theme, self._amber = theme, False

    def show_time(self, text: str, *, amber: bool) -> None:
        """Show the chip."""
        self._amber = amber
        self.show_text(text)
        self.setVisible(bool(text))
        self.set_tone("amberText" if amber else "chromeMute")
        self.setContentsMargins(34 if amber else 0, 0, 12 if amber else 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._amber:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("amberChipLine"), 1))
            painter.setBrush(self._theme.colour("amberChip"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            moon = QRectF(12, self.height() / 2 - 8, 16, 16)
            paint_icon(painter, "ph.moon", moon, self._theme.colour("amberText"))
            painter.end()
        super().paintEvent(event)


class Avatar(QWidget):
    """The clerk's family name in a circle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._letter = theme, ""
        self.setFont(theme.font("hint", bold=True))
        self.setFixedSize(30, 30)

    def show_name(self, name: str) -> None:
        """Show the first character."""
        self._letter = name[:1]
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(30, 30)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("avatar"))
        painter.drawEllipse(self.rect())
        painter.setPen(self._theme.colour("surface"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letter)


class LockButton(QAbstractButton):
    """The lock at the end of the bar: a click is Ctrl+L."""

    SIDE = 28

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("top_lock")
        self.setAccessibleName(self.tr("锁屏 Ctrl L"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.SIDE, self.SIDE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        ink = self._theme.colour("chromeText" if self.underMouse() else "chromeMute")
        paint_icon(painter, "ph.lock", QRectF(5, 5, 18, 18), ink)


class TopBar(QWidget):
    """52 px of chrome in XL, 40 in S."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self._theme, self._view = theme, None
        small = theme.metrics.small
        self.setFixedHeight(theme.metrics["top"])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12 if small else 18, 0)
        row.setSpacing(9 if small else 14)
        self._brand = Text(theme, "brand", "chrome", bold=True)
        self._window = WindowChip(theme)
        row.addWidget(self._brand_block())
        self._clock = Text(theme, "clock", "chrome", bold=True, family="number")
        self._date = Text(theme, "second", "chromeMute")
        self._time = TimeChip(theme)
        for part in (self._clock, self._date, self._time):
            row.addWidget(part)
        row.addStretch(1)
        self._devices = DeviceStrip(theme)
        self._sync = SyncChip(theme)
        self._avatar = Avatar(theme)
        self._clerk = Text(theme, "second", "chrome")
        self._clerk.setObjectName("top_clerk_label")
        self.lock = LockButton(theme)
        for widget in (
            self._devices,
            self._separator(),
            self._sync,
            self._separator(),
            self._avatar,
            self._clerk,
            self.lock,
        ):
            row.addWidget(widget)

    _view: TopBarView | None

    def _brand_block(self) -> QWidget:
        block = QWidget()
        block.setFixedWidth(self._theme.metrics["rail"])
        row = QHBoxLayout(block)
        row.setContentsMargins(12 if self._theme.metrics.small else 18, 0, 0, 0)
        row.setSpacing(7 if self._theme.metrics.small else 10)
        self._brand_row = row
        row.addWidget(Logo(self._theme))
        self._brand.show_text(self.tr("窗口"))
        row.addWidget(self._brand)
        row.addWidget(self._window)
        row.addStretch(1)
        return block

    def _brand_room(self) -> int:
        """Pixels that logo and name leave for the window within the width of the rail."""
        row = self._brand_row
        before = row.contentsMargins().left() + Logo.SIDE + self._brand.sizeHint().width()
        return self._theme.metrics["rail"] - before - 2 * row.spacing()

    def _separator(self) -> QWidget:
        line = Line(self._theme, "chromeLine", standing=True)
        line.setFixedHeight(22)
        return line

    def show_view(self, view: TopBarView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        self._window.show_window(view.window, self._brand_room())
        self._clock.show_text(view.clock)
        self._date.show_text(view.date)
        self._time.show_time(view.closing, amber=view.closing_amber)
        self._devices.show_devices(view.devices)
        self._sync.show_sync(view.sync)
        self._avatar.show_name(view.clerk_name)
        self._clerk.show_text(f"{view.clerk_name} {view.clerk_no}")
        self.lock.setVisible(bool(view.clerk_no))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("chrome"))
