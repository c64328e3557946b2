"""What a clerk types into the page of a service, by keys: Ctrl+Y, the document, the way, the fields."""

from typing import Any

from living_counter import Key, Living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT, POST, ELECTRONIC = Key.Key_1, Key.Key_2, Key.Key_3
"""The digits of the ways to serve a no."""


def open_page(counter: Living, *digits: Key) -> None:
    """Ctrl+Y and the digits of its questions; the page is there."""
    counter.press(Key.Key_Y, modifier=CTRL)
    counter.press(*digits)
    counter.until(lambda: focused_field() != "")


def fill(counter: Living, **said: str) -> None:
    """Type into the named fields, then Enter in the last one."""
    for name, words in said.items():
        field(counter, name).setFocus()
        field(counter, name).clear()
        counter.write(words)
    counter.press(Key.Key_Return)


def written(counter: Living) -> str:
    """Wait until the page closes or complains; return the code or sentence's code that is shown."""
    over = counter.state.over
    counter.until(lambda: counter.state.over is None or bool(getattr(counter.state.over, "error", "")))
    return (
        counter.state.message if counter.state.over is None else str(getattr(counter.state.over or over, "error", ""))
    )


def field(counter: Living, name: str) -> QLineEdit:
    found = [each for each in counter.window.findChildren(QLineEdit, f"work_form_field__{name}") if each.isVisible()]
    assert len(found) == 1, name
    return found[0]


def focused_field() -> str:
    """Return the name of the field with the keyboard."""
    editor: Any = QApplication.focusWidget()
    return editor.objectName().rpartition("__")[2] if isinstance(editor, QLineEdit) else ""
