"""The frame of the reviewer's window for one layout class: the list, the case, the document, and the keys below."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.decision import MAX_FACTS
from ui.actions import Actions
from ui.keymap import Keymap
from ui.screens.floor.widgets.keys import FloorKeys
from ui.screens.floor.widgets.sheet import SheetPanel
from ui.screens.floor.widgets.strip import MessageLine, QuestionStrip
from ui.screens.floor.widgets.top import FloorTop
from ui.screens.review.view_model import ReviewView
from ui.screens.review.widgets.works import WorkList
from ui.theme import Theme
from ui.widgets.slip_pane import SlipFoot, SlipPane

LEFT: Final = {"XL": 420, "L": 360, "M": 320, "S": 300, "XS": 270}
"""Pixels of the list by layout class."""


class ReviewFrame(QWidget):
    """``case_pressed`` carries a case's id, ``option_pressed`` a number at the right, ``typed`` what is written."""

    case_pressed = Signal(str)
    option_pressed = Signal(int)
    typed = Signal(str)

    def __init__(self, theme: Theme, keymap: Keymap, actions: Actions) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setProperty("density", theme.metrics.density)
        self.top = FloorTop(theme, self.tr("审批台"), self.tr("审批"))
        self.list = WorkList(theme)
        self.list.setFixedWidth(LEFT[theme.metrics.density])
        self.about = SheetPanel(theme, away="", name="review_about")
        self.materials = SheetPanel(theme, away="", name="review_materials")
        self.form = SheetPanel(theme, away="", name="review_form")
        self.steps = SheetPanel(theme, away="", name="review_steps")
        self.sheet = SheetPanel(theme, away=self.tr("回到审批台"), name="review_sheet")
        self.strip = QuestionStrip(theme)
        self.strip.editor.setMaxLength(MAX_FACTS)
        self.keys = FloorKeys(theme, keymap, actions)
        self._message = MessageLine(theme)
        self._small = theme.metrics.small
        self.foot = SlipFoot(theme, keymap)
        self.slip = SlipPane(theme, self.foot)
        self._lay_out(theme)
        self.list.pressed.connect(self.case_pressed)
        self.slip.fault_chosen.connect(self.option_pressed)
        self.strip.changed.connect(self.typed)

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
        lists.addWidget(self.list)
        lists.addLayout(self._centre(theme), 1)
        middle.addLayout(lists, 1)
        middle.addWidget(self.slip)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        column.addWidget(self._message)
        column.addWidget(self.keys)

    def _centre(self, theme: Theme) -> QVBoxLayout:
        """Return the case: what it is and who had it above, what was handed in and filled in below."""
        metrics = theme.metrics
        centre = QVBoxLayout()
        centre.setSpacing(metrics["gap"])
        centre.addWidget(self.about, 6)
        rest = QVBoxLayout() if metrics.small else QHBoxLayout()
        rest.setSpacing(metrics["gap"])
        rest.addWidget(self.materials, 4)
        rest.addWidget(self.form, 4)
        centre.addLayout(rest, 5)
        centre.addWidget(self.steps, 4)
        centre.addWidget(self.sheet, 10)
        return centre

    def show_view(self, view: ReviewView) -> None:
        """Show what changed."""
        self.top.show_view(view.top)
        self.list.show_view(view.list)
        over = view.sheet is not None
        first, second = not over and (not view.turned), not over and (view.turned or not self._small)
        self.about.show_view(view.about if first else None)
        self.materials.show_view(view.materials if second else None)
        self.form.show_view(view.form if second else None)
        self.steps.show_view(view.steps if first else None)
        self.sheet.show_view(view.sheet)
        self.slip.show_view(view.slip)
        self.foot.show_view(view.slip, enabled=True)
        self.strip.show_view(view.strip)
        self._message.show_message(view.message)
        self.keys.show_keys(view.keys, view.lit)

    def turn_pages(self, pages: int) -> None:
        """Turn what is longer than its panel by so many pages."""
        for panel in (self.about, self.materials, self.form, self.steps, self.sheet):
            for area in panel.findChildren(QScrollArea):
                bar = area.verticalScrollBar()
                bar.setValue(bar.value() + pages * bar.pageStep())
