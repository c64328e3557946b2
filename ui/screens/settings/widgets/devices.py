"""The left side: every device by the digit that picks it, its address, and how it stands."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.screens.settings.view_model import DeviceRowView
from ui.theme import Theme
from ui.widgets.coded_list import EDGE, CodedList, ShownRow
from ui.widgets.parts import paint_cap, paint_tag

_CAP = 30
_TAG_HIGH = 22


class DeviceRow(ShownRow):
    """One device; ``pressed`` says that it is to be chosen."""

    def __init__(self, theme: Theme, code: str) -> None:
        super().__init__(theme, "settings_device", code)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(52 if theme.metrics.small else 64)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def show_view(self, view: DeviceRowView) -> None:
        """Show what changed."""
        self.take(view, f"{view.code} {view.name}，{view.tag.text}，{view.detail}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        painter = QPainter(self)
        if view.chosen:
            painter.fillRect(self.rect(), theme.colour("priT"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        middle = self.height() / 2
        painter.setFont(theme.font("key", bold=True, family="number"))
        paint_cap(painter, theme, QRectF(EDGE, middle - 12, _CAP, 24), view.code)
        label = theme.font("label", bold=True)
        painter.setFont(label)
        wide = QFontMetrics(label).horizontalAdvance(view.tag.text) + 14
        name, detail = theme.font("body", bold=True), theme.font("hint")
        top = QRectF(self.width() - EDGE - wide, middle - _TAG_HIGH / 2, wide, _TAG_HIGH)
        paint_tag(painter, theme, top, view.tag, on_tint=view.chosen)
        left = EDGE + _CAP + 12
        room = top.left() - left - 8
        painter.setFont(name)
        self._line(painter, view.name, QPointF(left, middle - 3), room, "ink")
        painter.setFont(detail)
        self._line(painter, view.detail, QPointF(left, middle + QFontMetrics(detail).ascent() + 3), room, "ink3")

    def _line(self, painter: QPainter, words: str, at: QPointF, room: float, ink: str) -> None:
        painter.setPen(self._theme.colour(ink))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, int(room))
        painter.drawText(at, words)


class DeviceList(CodedList):
    """The card with all of them; ``pressed`` carries a digit."""

    def __init__(self, theme: Theme) -> None:
        head = (self.tr("设备"), self.tr("按数字选一台，F2 全部检查"))
        super().__init__(theme, "settings_devices", head, DeviceRow)
