"""The strip above the keys: the question a function key opened, and what Enter will do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.screens.floor.view_model import StripView
from ui.theme import Theme
from ui.widgets.kept import Hint, Kept
from ui.widgets.parts import KeyCap, Text
from ui.widgets.views import KeyHintView

MOST_TEXT = 60
"""Characters of a notice: the hall's ticker shows no more (design/design.md section 12)."""


class QuestionStrip(QWidget):
    """``changed`` carries the text of a notice as it is typed."""

    changed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("mgr_strip")
        self._theme = theme
        self._view: StripView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 9, 20, 9)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._title = Text(theme, "body", "ink", bold=True)
        self._typed = Text(theme, "figure", "pri", bold=True, family="number")
        self._typed.setObjectName("mgr_typed")
        self._words = Text(theme, "body", "ink2")
        self._words.setObjectName("mgr_consequence")
        self._enter = KeyCap(theme, "Enter")
        self.editor = QLineEdit()
        self.editor.setObjectName("mgr_notice")
        self.editor.setMaxLength(MOST_TEXT)
        self.editor.textChanged.connect(self.changed)
        for widget in (self._title, self._typed, self._words, self._enter):
            row.addWidget(widget)
        row.addWidget(self.editor, 1)
        row.addStretch(0)
        self._escape = Hint(theme)
        self._escape.show_view(KeyHintView("Esc", self.tr("不做了")))
        whole = QHBoxLayout()
        whole.setSpacing(18)
        whole.addLayout(row, 1)
        whole.addWidget(self._escape)
        column.addLayout(whole)
        self._hints = Kept(18, lambda: Hint(theme))
        column.addWidget(self._hints, 0, Qt.AlignmentFlag.AlignLeft)
        self._row = row
        self.hide()

    def show_view(self, view: StripView | None) -> None:
        """Show a question, or be gone."""
        self.setVisible(view is not None)
        if view is None or view == self._view:
            self._view = view
            return
        old = self._view
        opened = old is None or (old.editor is None) != (view.editor is None) or old.title != view.title
        self._view = view
        self._title.show_text(view.title)
        self._typed.show_text(view.typed)
        self._typed.setVisible(bool(view.typed))
        self._words.show_text(view.consequence)
        self._words.setVisible(bool(view.consequence))
        self._enter.setVisible(view.ready and view.editor is None)
        self._hints.show_each(view.hints, lambda part, hint: part.show_view(KeyHintView(*hint)))
        self.editor.setVisible(view.editor is not None)
        self.editor.setEchoMode(QLineEdit.EchoMode.Password if view.secret else QLineEdit.EchoMode.Normal)
        self.editor.setAccessibleName(view.title)
        self._row.setStretch(self._row.count() - 1, 0 if view.editor is not None else 1)
        if opened and view.editor is not None:
            self.editor.setText(view.editor)
            self.editor.selectAll()
            self.editor.setFocus()
        self.setAccessibleName(f"{view.title} {view.typed} {view.consequence}".strip())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("priT"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("priL"))


class MessageLine(QWidget):
    """What the last act did, or what is wrong; it stays until the next view drops it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("key_message")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(10)
        row.addWidget(Icon("ph.info", 18, theme.colour("noteWarn")))
        self._text = Text(theme, "body", "note_warn")
        row.addWidget(self._text, 1)
        self.hide()

    def show_message(self, text: str) -> None:
        """Show a sentence, or be gone."""
        self._text.show_text(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("warnT"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("warnL"))
