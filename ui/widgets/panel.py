"""What every open section can do: take plain keys, say where the keyboard should land, hand out intents."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.widgets.keys import MOVES


class Panel(QWidget):
    """The inside of an open section."""

    intent = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # A panel may hold the keyboard for its digits; then there is no single thing to mark.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ring", False)  # noqa: FBT003 -- Qt's own signature

    def can_show(self, body: object) -> bool:
        """Say whether this panel can take over another view, so that it need not be built anew."""
        del body
        return False

    def show_view(self, body: Any) -> None:
        """Take over a view that ``can_show`` said yes to."""

    def first_focus(self) -> QWidget:
        """Return the first thing to do here."""
        return self

    def take_key(self, event: QKeyEvent) -> bool:
        """Handle a plain key pressed outside a text field; False lets it pass."""
        del event
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Before the scroll area around us takes the arrows. A held key is one press, except for moving.
        held = event.isAutoRepeat() and event.key() not in MOVES
        if held or not self.take_key(event):
            event.ignore()
