"""The frame of the manager's window for one layout class: figures, windows, lines; at the right what is to be done."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.actions import Actions
from ui.keymap import Keymap
from ui.screens.floor.view_model import FloorView, KpiView, TileView
from ui.screens.floor.widgets.actions import ActionPanel
from ui.screens.floor.widgets.keys import FloorKeys
from ui.screens.floor.widgets.kpi import KpiTile
from ui.screens.floor.widgets.lines import QueueLines
from ui.screens.floor.widgets.sheet import SheetPanel
from ui.screens.floor.widgets.strip import MessageLine, QuestionStrip
from ui.screens.floor.widgets.tile import WindowTile
from ui.screens.floor.widgets.top import FloorTop
from ui.theme import Theme
from ui.widgets.parts import Text, clear, scrolling

RIGHT: Final = {"XL": 408, "L": 352, "M": 300, "S": 276, "XS": 250}
"""Pixels of the right column by layout class."""
DRAWN: Final = 12
"""Windows on the drawing: four to a row; more of them stand six to a row."""


SHARE = 310
SHARES = {"cards": 227, "rating": 254}
"""How wide the figures are beside one another, as drawn at 1920."""


class FloorFrame(QWidget):
    """``window`` and ``business`` say what was clicked, ``alarm`` the digit, ``notice`` the text as it is typed."""

    window_pressed = Signal(str)
    business_pressed = Signal(str)
    alarm_pressed = Signal(int)
    notice_changed = Signal(str)

    def __init__(self, theme: Theme, keymap: Keymap, actions: Actions) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setProperty("density", theme.metrics.density)
        self._theme = theme
        self.top = FloorTop(theme)
        self.todo = ActionPanel(theme)
        self.lines = QueueLines(theme)
        self.strip = QuestionStrip(theme)
        self._message = MessageLine(theme)
        self._updated = Text(theme, "hint", "ink3")
        self._updated.setObjectName("mgr_updated")
        self.keys = FloorKeys(theme, keymap, actions)
        self._kpis: dict[str, KpiTile] = {}
        self._tiles: dict[str, WindowTile] = {}
        self._lay_out()
        self.todo.pressed.connect(self.alarm_pressed)
        self.lines.pressed.connect(self.business_pressed)
        self.strip.changed.connect(self.notice_changed)

    def _lay_out(self) -> None:
        metrics = self._theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setContentsMargins(metrics["edge_x"], metrics["edge_y"], metrics["edge_x"], metrics["edge_y"])
        middle.setSpacing(16 if not metrics.small else metrics["gap"])
        left = QVBoxLayout()
        left.setSpacing(metrics["gap"])
        self._kpi_row = QHBoxLayout()
        self._kpi_row.setSpacing(metrics["gap"])
        self._grid = QGridLayout()
        self._grid.setSpacing(metrics["gap"] if not metrics.small else 6)
        left.addLayout(self._kpi_row)
        left.addWidget(self._updated)
        self.hall = self._hall()
        self.sheet = SheetPanel(self._theme)
        self.sheet.hide()
        left.addWidget(self.hall, 1)
        left.addWidget(self.sheet, 1)
        middle.addLayout(left, 1)
        self.todo.setFixedWidth(RIGHT[metrics.density])
        middle.addWidget(self.todo)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        column.addWidget(self._message)
        column.addWidget(self.keys)

    def _hall(self) -> QWidget:
        """Return windows and lines; where a small screen has too little room for all of them, they scroll."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.metrics["gap"])
        column.addLayout(self._grid, 464)
        column.addWidget(self.lines, 345)
        return scrolling(inside)

    def show_view(self, view: FloorView) -> None:
        """Show what changed."""
        self.top.show_view(view.top)
        self._show_kpis(view.kpis)
        self._show_tiles(view.tiles, grey=view.grey)
        self._updated.show_text(view.updated)
        self._updated.setVisible(bool(view.updated))
        self.lines.show_views(view.queues)
        self.hall.setVisible(view.sheet is None)
        self.sheet.show_view(view.sheet)
        self.todo.show_view(view)
        self.todo.setVisible(not view.alone)
        self.strip.show_view(view.strip)
        self._message.show_message(view.message)
        self.keys.show_keys(view.keys, view.lit)

    def _show_kpis(self, kpis: tuple[KpiView, ...]) -> None:
        if list(self._kpis) != [each.key for each in kpis]:
            clear(self._kpi_row)
            self._kpis = {each.key: KpiTile(self._theme, each.key) for each in kpis}
            for key, tile in self._kpis.items():
                self._kpi_row.addWidget(tile, SHARES.get(key, SHARE))
        for each in kpis:
            self._kpis[each.key].show_view(each)

    def _show_tiles(self, tiles: tuple[TileView, ...], *, grey: bool) -> None:
        if list(self._tiles) != [each.window for each in tiles]:
            clear(self._grid)
            self._tiles = {each.window: WindowTile(self._theme, each.window) for each in tiles}
            across = 4 if len(tiles) <= DRAWN else 6
            for place, (window, tile) in enumerate(self._tiles.items()):
                self._grid.addWidget(tile, place // across, place % across)
                tile.pressed.connect(partial(self.window_pressed.emit, window))
            for column in range(6):
                self._grid.setColumnStretch(column, int(column < across))
        for each in tiles:
            self._tiles[each.window].show_view(each, grey=grey)
