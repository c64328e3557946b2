"""The key bar of a window with one screen: its keys in a row, as on the keyboard."""

from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from ui.actions import Actions
from ui.keymap import Keymap
from ui.theme import Theme
from ui.widgets.key_bar import KeyButton

SEND: Final = "act_send"
"""F10: sends the notice while one is written."""


class FloorKeys(QWidget):
    """Keys of one width, as the keyboard's."""

    def __init__(self, theme: Theme, keymap: Keymap, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("key_bar")
        self._theme, self._keymap = theme, keymap
        self.setFixedHeight(theme.metrics["keys"])
        row = QGridLayout(self)
        edge = 10 if theme.metrics.small else 16
        row.setContentsMargins(edge, 1, edge, 0)
        row.setHorizontalSpacing(4 if theme.metrics.small else 6)
        self._buttons: dict[str, KeyButton] = {}
        for column, name in enumerate(name for block in keymap.blocks for name in block):
            button = self._buttons[name] = KeyButton(theme, keymap.bindings[name], actions.actions[name])
            # Where twelve equal keys are too narrow for their names, the longer names take from the shorter ones.
            button.setMinimumWidth(button.sizeHint().width() if theme.metrics.small else 1)
            row.addWidget(button, 0, column)
            row.setColumnStretch(column, 1)

    def show_keys(self, on: tuple[str, ...], lit: str) -> None:
        """Show which keys are on, and the one whose question is open."""
        for name, button in self._buttons.items():
            state = "suggested" if name == lit else "normal" if name in on else "disabled"
            if name == SEND and name in on:
                button.show_state("primary", self.tr("发布告示"))
            else:
                button.show_state(state, self._keymap.bindings[name].label)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
