"""Plain keys as the clerk means them: the number pad and the main block are the same."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_UNLOCKED_PAD = {
    Qt.Key.Key_End: 1,
    Qt.Key.Key_Down: 2,
    Qt.Key.Key_PageDown: 3,
    Qt.Key.Key_Left: 4,
    Qt.Key.Key_Clear: 5,
    Qt.Key.Key_Right: 6,
    Qt.Key.Key_Home: 7,
    Qt.Key.Key_Up: 8,
    Qt.Key.Key_PageUp: 9,
}
"""With NumLock off the pad sends these; in the card they are digits all the same."""


def is_plain(event: QKeyEvent) -> bool:
    """Whether no Ctrl, Alt or Meta is held."""
    return not event.modifiers() & ~PLAIN


def digit(event: QKeyEvent) -> int | None:
    """Return 1..9 for a plain digit key, else None."""
    if not is_plain(event):
        return None
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and event.key() in _UNLOCKED_PAD:
        return _UNLOCKED_PAD[Qt.Key(event.key())]
    text = event.text()
    return int(text) if len(text) == 1 and text in "123456789" else None


def typing() -> bool:
    """Whether the keyboard is in a text field or a list, where plain keys are text."""
    focus = QApplication.focusWidget()
    return isinstance(focus, QComboBox | QPlainTextEdit) or (isinstance(focus, QLineEdit) and not focus.isReadOnly())
