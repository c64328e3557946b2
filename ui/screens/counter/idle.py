"""The centre while nobody sits here: the call card, the clerk's own cases, the greeting (screen 01)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.intents import PresentTicket
from ui.keymap import Keymap
from ui.screens.counter.case_list import CaseList
from ui.screens.counter.hero import Hero
from ui.screens.counter.view_model import IdleView
from ui.theme import Theme
from ui.widgets.say_strip import SayStrip


class IdlePage(QWidget):
    """Hero, cases, say strip; ``act`` asks for the hero's action."""

    intent = Signal(object)
    act = Signal(str)

    def __init__(self, theme: Theme, keymap: Keymap) -> None:
        super().__init__()
        self._view: IdleView | None = None
        column = QVBoxLayout(self)
        across, down = theme.metrics["edge_x"], theme.metrics["edge_y"]
        column.setContentsMargins(across, down, across, down)
        column.setSpacing(theme.metrics["gap"])
        self._hero = Hero(theme, keymap)
        self._hero.pressed.connect(self._press)
        self._hero.presented.connect(lambda text: self.intent.emit(PresentTicket(text)))
        self._cases = CaseList(theme)
        self._say = SayStrip(theme, alone=True)
        column.addWidget(self._hero)
        column.addWidget(self._cases, 1)
        column.addWidget(self._say)

    def _press(self) -> None:
        if self._view is not None:
            self.act.emit(self._view.hero.action)

    def show_view(self, view: IdleView, *, enabled: bool) -> None:
        """Show what changed."""
        self._view = view
        self._hero.show_view(view.hero, enabled=enabled)
        self._cases.show_view(view)
        self._say.show_words(view.say)

    def first_focus(self) -> QWidget:
        """The ticket field while it is open, else the list."""
        return self._hero.entry or self._cases
