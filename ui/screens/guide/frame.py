"""The frame of the guide desk for one layout class: letters, lists, paper, and the keys below."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.actions import Actions
from ui.keymap import Keymap
from ui.screens.floor.widgets.keys import FloorKeys
from ui.screens.floor.widgets.sheet import SheetPanel
from ui.screens.floor.widgets.strip import MessageLine, QuestionStrip
from ui.screens.floor.widgets.top import FloorTop
from ui.screens.guide.view_model import GuideView
from ui.screens.guide.widgets.letters import LetterList
from ui.theme import Theme
from ui.widgets.slip_pane import SlipFoot, SlipPane

LEFT: Final = {"XL": 408, "L": 352, "M": 320, "S": 300, "XS": 290}
"""Pixels of the left column by layout class."""


class GuideFrame(QWidget):
    """``letter_pressed`` says which business was clicked, ``fault_pressed`` which way out of a doubt, from 1."""

    letter_pressed = Signal(str)
    fault_pressed = Signal(int)

    def __init__(self, theme: Theme, keymap: Keymap, actions: Actions) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setProperty("density", theme.metrics.density)
        self.top = FloorTop(theme, self.tr("导办台"), self.tr("导办员"))
        self.letters = LetterList(theme)
        self.letters.setFixedWidth(LEFT[theme.metrics.density])
        self.missed = SheetPanel(theme, away="", name="guide_missed")
        self.given = SheetPanel(theme, away="", name="guide_given")
        self.sheet = SheetPanel(theme, away=self.tr("回到导办台"), name="guide_sheet")
        self.strip = QuestionStrip(theme)
        self.keys = FloorKeys(theme, keymap, actions)
        self._message = MessageLine(theme)
        self.foot = SlipFoot(theme, keymap)
        self.slip = SlipPane(theme, self.foot)
        self._lay_out(theme)
        self.letters.pressed.connect(self.letter_pressed)
        self.slip.fault_chosen.connect(self.fault_pressed)

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
        lists.addWidget(self.letters)
        centre = QVBoxLayout()
        centre.setSpacing(metrics["gap"])
        centre.addWidget(self.missed, 2)
        centre.addWidget(self.given, 3)
        centre.addWidget(self.sheet, 5)
        lists.addLayout(centre, 1)
        middle.addLayout(lists, 1)
        middle.addWidget(self.slip)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        column.addWidget(self._message)
        column.addWidget(self.keys)

    def show_view(self, view: GuideView) -> None:
        """Show what changed."""
        self.top.show_view(view.top)
        self.letters.show_views(view.letters)
        self.missed.show_view(view.missed if view.sheet is None else None)
        self.given.show_view(view.given if view.sheet is None else None)
        self.sheet.show_view(view.sheet)
        for card in (self.letters, self.missed, self.given):
            card.set_colours("offT" if view.grey else "surface", "offL" if view.grey else "line")
        self.slip.show_view(view.slip)
        self.foot.show_view(view.slip, enabled=True)
        self.strip.show_view(view.strip)
        self._message.show_message(view.message)
        self.keys.show_keys(view.keys, view.lit)
