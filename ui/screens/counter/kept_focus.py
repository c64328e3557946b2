"""Where the keyboard was before a page came over the work: it goes back to the same place, to the same letter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from ui.screens.counter.view_model import CounterView


class KeptFocus:
    """The window tells every change of view before and after it is drawn."""

    def __init__(self) -> None:
        self._widget: QWidget | None = None
        self._typed: tuple[str, int] | None = None

    def note(self, old: CounterView | None, view: CounterView, before: QWidget | None) -> None:
        """Before a view is drawn: remember where the keyboard is when a page comes."""
        if view.page is not None and (old is None or old.page is None):
            self._widget = before
            self._typed = (before.text(), before.cursorPosition()) if isinstance(before, QLineEdit) else None

    def restore(self, old: CounterView | None, view: CounterView) -> bool:
        """After a view is drawn: put the keyboard back when the page went; True when that was possible."""
        if view.page is not None or old is None or old.page is None:
            return False
        widget, self._widget = self._widget, None
        if widget is None or not isValid(widget) or not widget.isVisible() or not widget.isEnabled():
            return False
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, QLineEdit) and self._typed is not None:
            text, cursor = self._typed
            if widget.text() != text:
                widget.setText(text)
                widget.setModified(True)
            widget.setCursorPosition(cursor)
        return True
