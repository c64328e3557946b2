"""A page over the work: it draws its view, hands out intents, and says where the keyboard should land."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """Base of the pages."""

    intent = Signal(object)

    def show_view(self, view: Any) -> None:
        """Show what changed."""

    def right(self) -> QWidget | None:
        """Return the page's own right pane; None where it has the paper or nothing there."""
        return None

    def first_focus(self) -> QWidget:
        """Return the first thing to do."""
        return self

    def choose(self, number: int) -> bool:
        """Take Ctrl+``number``; False where there is no such thing."""
        del number
        return False

    def take_key(self, event: QKeyEvent) -> bool:
        """Handle a key that no field took; False lets it pass."""
        del event
        return False
