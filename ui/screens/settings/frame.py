"""The frame of the settings window for one layout class: devices, fields, what is found, paper, and the keys below."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.actions import Actions
from ui.keymap import Keymap
from ui.screens.floor.widgets.keys import FloorKeys
from ui.screens.floor.widgets.sheet import SheetPanel
from ui.screens.floor.widgets.strip import MessageLine, QuestionStrip
from ui.screens.floor.widgets.top import FloorTop
from ui.screens.settings.view_model import SettingsView
from ui.screens.settings.widgets.devices import DeviceList
from ui.screens.settings.widgets.fields import FieldList
from ui.theme import Theme
from ui.widgets.keys import ENTER
from ui.widgets.slip_pane import SlipFoot, SlipPane

LEFT: Final = {"XL": 408, "L": 352, "M": 320, "S": 300, "XS": 290}
"""Pixels of the left column by layout class."""
MOST_TEXT: Final = 400
"""Characters of one value: the longest frame of a template."""


class SettingsFrame(QWidget):
    """``row_pressed`` carries the digit of a device, ``edited`` the line as it is typed, ``entered`` its end."""

    row_pressed = Signal(str)
    edited = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, keymap: Keymap, actions: Actions) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setProperty("density", theme.metrics.density)
        self.top = FloorTop(theme, self.tr("设备设置"), self.tr("管理员"))
        self.devices = DeviceList(theme)
        self.devices.setFixedWidth(LEFT[theme.metrics.density])
        self.fields = FieldList(theme)
        self.beside = SheetPanel(theme, away="", name="settings_beside")
        self.sheet = SheetPanel(theme, away=self.tr("回到设置"), name="settings_sheet")
        self.strip = QuestionStrip(theme)
        self.strip.editor.setMaxLength(MOST_TEXT)
        self.strip.editor.setFont(theme.font("body", family="number"))
        self.keys = FloorKeys(theme, keymap, actions)
        self._message = MessageLine(theme)
        self.foot = SlipFoot(theme, keymap)
        self.slip = SlipPane(theme, self.foot)
        self._lay_out(theme)
        self.devices.pressed.connect(self.row_pressed)
        self.strip.changed.connect(self.edited)
        self.strip.editor.installEventFilter(self)

    def _lay_out(self, theme: Theme) -> None:
        metrics = theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        lists = QHBoxLayout()
        lists.setContentsMargins(metrics["edge_x"], metrics["edge_y"], metrics["edge_x"], metrics["edge_y"])
        lists.setSpacing(16 if not metrics.small else metrics["gap"])
        lists.addWidget(self.devices)
        centre = QVBoxLayout()
        centre.setSpacing(metrics["gap"])
        centre.addWidget(self.fields, 4)
        centre.addWidget(self.beside, 3)
        centre.addWidget(self.sheet, 1)
        lists.addLayout(centre, 1)
        middle.addLayout(lists, 1)
        middle.addWidget(self.slip)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        column.addWidget(self._message)
        column.addWidget(self.keys)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter in the line whole: passed on to the window it would open the line again."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def show_view(self, view: SettingsView) -> None:
        """Show what changed."""
        self.top.show_view(view.top)
        self.devices.show_views(view.devices)
        self.fields.setVisible(view.sheet is None)
        self.fields.show_views(view.title, view.note, view.fields)
        self.beside.show_view(view.beside if view.sheet is None else None)
        self.sheet.show_view(view.sheet)
        self.slip.show_view(view.slip)
        self.foot.show_view(view.slip, enabled=True)
        self.strip.show_view(view.strip)
        self._message.show_message(view.message)
        self.keys.show_keys(view.keys, view.lit)
