"""The counter's devices in a row of cells: a round green dot is ready, a red square on a tinted cell is a fault."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.theme import Theme
from ui.widgets.parts import clear, put
from ui.widgets.views import DeviceState, DeviceView

DEVICE_ICON = {
    "reader": "ph.identification-card",
    "scanner": "ph.barcode",
    "printer": "ph.printer",
    "camera": "ph.camera",
    "rating": "ph.star",
    "caller": "ph.speaker-high",
}


class DeviceCell(QWidget):
    """One device; its tooltip and spoken name say what the dot means."""

    def __init__(self, theme: Theme, device: DeviceView) -> None:
        super().__init__()
        self._theme, self._device = theme, device
        self.setObjectName(f"top_dev_cell__{device.key}")
        self.setAccessibleName(f"{device.name}，{device.text}")
        self.setToolTip(f"{device.name} {device.text}")
        self.setProperty("state", device.state.value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.metrics["device"], 30)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fault = self._device.state is DeviceState.FAULT
        ground = self._theme.colour("faultCell" if fault else "chrome")
        if fault:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(self.rect(), 6, 6)
        icon = QRectF(self.width() / 2 - 10, self.height() / 2 - 10, 20, 20)
        ink = self._theme.colour("faultIcon" if fault else "chromeText")
        paint_icon(painter, DEVICE_ICON[self._device.key], icon, ink)
        dot = QRectF(self.width() - 13, self.height() - 12, 9, 9)
        token = {DeviceState.OK: "okDot", DeviceState.WARN: "yellow", DeviceState.FAULT: "faultDot"}
        painter.setPen(QPen(ground, 2))
        painter.setBrush(self._theme.colour(token[self._device.state]))
        if fault:
            painter.drawRect(dot)
        else:
            painter.drawEllipse(dot)


class DeviceStrip(QWidget):
    """The cells side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._devices = theme, ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    _devices: tuple[DeviceView, ...]

    def show_devices(self, devices: tuple[DeviceView, ...]) -> None:
        """Show the devices this counter has."""
        if devices != self._devices:
            self._devices = devices
            clear(self._row)
            for device in devices:
                put(self._row, DeviceCell(self._theme, device))
