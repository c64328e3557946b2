"""A page before the work: on the dark side whose window it is, on the light side what is asked and to know."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.page import Page
from ui.screens.sign_in.view_model import PortalView
from ui.theme import Theme, make_font
from ui.widgets.top_bar import Logo

MOST_PASSWORD = 128
LOGO_WIDE = 36
"""Pixels from the logo's left to the name beside it."""


class Portal(QWidget):
    """The dark third: the window's number, large, and the day in a few lines."""

    def __init__(self, theme: Theme, after: str = "窗口") -> None:
        super().__init__()
        self._theme = theme
        self._after = after
        self._logo = Logo(theme)
        self._logo.setParent(self)
        self._view: PortalView | None = None
        self.setObjectName("login_window")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_view(self, view: PortalView) -> None:
        """Show the window's side."""
        said = (view.hall, view.window, view.theme, view.days)
        old = self._view
        if old is None or said != (old.hall, old.window, old.theme, old.days):
            self._view = view
            place = f"{view.window} 号窗口" if self._after else view.window
            self.setAccessibleName(f"{view.hall} {place} {view.theme}")
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colour("chrome"))
        unit = min(self.width() / 640, self.height() / 1080)
        self._draw_arch(painter, unit)
        if self._view is None:
            return
        view, left = self._view, 60 * unit
        self._write(painter, "窗口", left + LOGO_WIDE, 60, size=20, ink="chrome", bold=True)
        self._write(painter, view.hall, left, 178, size=18, ink="chromeMute")
        painter.setFont(make_font(max(30, round(132 * unit)), bold=True, family="number"))
        painter.setPen(theme.colour("surface"))
        baseline = 366 * unit
        painter.drawText(QPointF(left, baseline), view.window)
        wide = painter.fontMetrics().horizontalAdvance(view.window)
        painter.setFont(make_font(max(14, round(40 * unit)), bold=True))
        painter.drawText(QPointF(left + wide + 22 * unit, baseline), self._after)
        self._write(painter, view.theme, left, 406, size=24, ink="surface")
        for index, (label, value) in enumerate(view.days):
            self._write(painter, label, left, 478 + 34 * index, size=16, ink="chromeMute")
            self._write(painter, value, left + 52 * unit, 478 + 34 * index, size=16, ink="chrome")
        self._write(painter, "来有迎声，问有答声，走有送声。", left, 962, size=18, ink="chrome")
        self._write(painter, "您好　请　对不起　谢谢　再见", left, 1000, size=14, ink="chromeMute")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        unit = min(self.width() / 640, self.height() / 1080)
        # Beside the word that _write sets into a line at least 20 px high.
        high = max(20.0, 32 * unit)
        self._logo.move(round(60 * unit), round(60 * unit + (high - self._logo.height()) / 2))

    def _draw_arch(self, painter: QPainter, unit: float) -> None:
        painter.setPen(QPen(self._theme.colour("chromeLine"), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for inset in (0.0, 52.0):
            arch = QPainterPath()
            left, right, top = (180 + inset) * unit, (720 - inset) * unit, (440 + inset) * unit
            radius = (right - left) / 2
            arch.moveTo(left, self.height())
            arch.lineTo(left, top + radius)
            arch.arcTo(QRectF(left, top, 2 * radius, 2 * radius), 180, -180)
            arch.lineTo(right, self.height())
            painter.drawPath(arch)
        painter.drawLine(QPointF(450 * unit, 440 * unit), QPointF(450 * unit, self.height()))
        painter.drawLine(QPointF(232 * unit, 800 * unit), QPointF(668 * unit, 800 * unit))

    def _write(
        self, painter: QPainter, text: str, left: float, top: float, *, size: int, ink: str, bold: bool = False
    ) -> None:
        unit = min(self.width() / 640, self.height() / 1080)
        painter.setFont(make_font(max(12, round(size * unit)), bold=bold))
        names = {"chrome": "chromeText"}
        painter.setPen(self._theme.colour(names.get(ink, ink)))
        high = max(20.0, size * unit * 1.6)
        box = QRectF(left, top * unit, self.width() - left - 8, high)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)


class PortalPage(Page):
    """A page with a portal; the subclass fills ``light``, a column whose parts are ``gap`` pixels apart.

    ``after`` is what stands behind the window's number.
    """

    def __init__(self, theme: Theme, name: str, after: str = "窗口") -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._portal = Portal(theme, after)
        row.addWidget(self._portal, 1)
        side = QWidget()
        row.addWidget(side, 2)
        small = theme.metrics.small
        edge, self.gap = (20, 10) if small else (64, 20)
        self.light = QVBoxLayout(side)
        self.light.setContentsMargins(edge, 18 if small else 52, edge, 16 if small else 40)
        self.light.setSpacing(self.gap)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("bg"))
