"""Whether the server has heard of what was done here: always in the same place, calm even when offline."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.theme import Theme
from ui.widgets.views import SyncState, SyncView

ICON = {
    SyncState.SYNCED: "ph.cloud",
    SyncState.SYNCING: "ph.cloud-arrow-up",
    SyncState.OFFLINE: "ph.cloud-slash",
    SyncState.ATTENTION: "ph.warning-circle",
}
LOOK = {
    SyncState.SYNCED: ("chrome2", "chrome2", "chromeText"),
    SyncState.SYNCING: ("chrome2", "chrome2", "chromeText"),
    SyncState.OFFLINE: ("offChip", "offChipLine", "surface"),
    SyncState.ATTENTION: ("amberChip", "amberChipLine", "amberText"),
}


class SyncChip(QWidget):
    """A pill with cloud and text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_sync_chip")
        self._theme, self._sync = theme, SyncView(SyncState.SYNCED, "")
        self.setFont(theme.font("hint", family="ui"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sync(self, sync: SyncView) -> None:
        """Show a sync state."""
        if sync != self._sync:
            self._sync = sync
            self.setAccessibleName(sync.text)
            self.setProperty("state", sync.state.value)
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        height = 26 if self._theme.metrics.small else 30
        return QSize(self.fontMetrics().horizontalAdvance(self._sync.text) + 12 + 16 + 6 + 12, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        fill, edge, ink = LOOK[self._sync.state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._theme.colour(edge), 1))
        painter.setBrush(self._theme.colour(fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        middle = self.height() / 2
        paint_icon(painter, ICON[self._sync.state], QRectF(12, middle - 8, 16, 16), self._theme.colour(ink))
        painter.setPen(self._theme.colour(ink))
        text = QRectF(34, 0, self.width() - 34, self.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), self._sync.text)
