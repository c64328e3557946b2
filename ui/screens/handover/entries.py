"""The list of what is not done: each row with its owner and one sentence for who comes next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.handover import MAX_NOTE
from ui.screens.handover.view_model import EntryView
from ui.theme import Theme, set_look
from ui.widgets.due_clock import DueClock
from ui.widgets.parts import TONE_INK, Text
from ui.widgets.views import Tone

SHARES = (16, 36, 19, 29)
TITLES = ("时限", "办件", "交给", "交代一句")


def shared_row(holder: QWidget, theme: Theme) -> QHBoxLayout:
    """Return a row in which the columns of the list stand."""
    row = QHBoxLayout(holder)
    edge = 12 if theme.metrics.small else 20
    row.setContentsMargins(edge, 0, edge, 0)
    row.setSpacing(10)
    return row


class EntryRow(QWidget):
    """``given(owner)``, -1 for nobody, and ``said(text)``."""

    given = Signal(int)
    said = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: EntryView | None = None
        self._marked = False
        self._owners: tuple[str, ...] = ()
        self.setFixedHeight(theme.metrics["table_row"] + 6)
        row = shared_row(self, theme)
        due = QHBoxLayout()
        due.setSpacing(8)
        self._clock = DueClock(theme, 22)
        self._due = Text(theme, "second", "ink")
        self._due.setMinimumWidth(1)
        due.addWidget(self._clock)
        due.addWidget(self._due, 1)
        row.addLayout(due, SHARES[0])
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        self._title = Text(theme, "second", "ink")
        self._detail = Text(theme, "label", "ink2")
        for part in (self._title, self._detail):
            part.setMinimumWidth(1)
            words.addWidget(part)
        words.addStretch(1)
        row.addLayout(words, SHARES[1])
        self.owner = QComboBox()
        self.owner.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.owner.setMinimumWidth(1)
        self.owner.activated.connect(lambda index: self.given.emit(index - 1))
        row.addWidget(self.owner, SHARES[2])
        self.note = QLineEdit()
        self.note.setMaxLength(MAX_NOTE)
        self.note.setMinimumWidth(1)
        self.note.textEdited.connect(self.said)
        row.addWidget(self.note, SHARES[3])

    def show_entry(self, view: EntryView, owners: tuple[str, ...], *, marked: bool) -> None:
        """Show an entry."""
        if (view, owners, marked) == (self._view, self._owners, self._marked):
            return
        self.setObjectName(f"hand_row__{view.key}")
        self.setAccessibleName(f"{view.due_text} {view.title} {view.detail}")
        self._clock.show_due(view.due)
        loud = view.due_tone in (Tone.ERR, Tone.WARN)
        self._due.set_font(self._theme.font("second", bold=loud))
        self._due.set_tone(TONE_INK[view.due_tone] if loud else "ink")
        self._due.show_text(view.due_text)
        self._title.show_text(view.title)
        self._detail.show_text(view.detail)
        if owners != self._owners:
            self.owner.clear()
            self.owner.addItems(["请选", *owners])
        self.owner.setObjectName(f"hand_owner__{view.key}")
        self.owner.setAccessibleName(f"{view.title} 交给")
        self.owner.setCurrentIndex(view.owner + 1)
        set_look(self.owner, state="error" if view.owner < 0 else "normal")
        self.note.setObjectName(f"hand_note__{view.key}")
        self.note.setAccessibleName(f"{view.title} 交代一句")
        if self.note.text() != view.note:
            self.note.setText(view.note)
        self._view, self._owners, self._marked = view, owners, marked
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        open_ = self._view is not None and self._view.owner < 0
        painter.fillRect(self.rect(), theme.colour("rowFocus" if open_ else "surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        if self._marked:
            painter.fillRect(0, 0, 3, self.height(), theme.colour("pri"))


class EntryList(QWidget):
    """The rows; ``given(row, owner)`` and ``said(row, text)``. The keyboard rests here for arrows and digits."""

    given = Signal(int, int)
    said = Signal(int, str)

    MOST = 200
    """Rows that are built; whoever has more gives them all to one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[EntryRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 1, 0)
        self._column.setSpacing(0)
        self._more = Text(theme, "second", "ink2")
        self._more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._more.setMinimumHeight(36)
        self._column.addWidget(self._more)
        self._column.addStretch(1)

    def show_entries(self, entries: tuple[EntryView, ...], owners: tuple[str, ...], at: int) -> None:
        """Show the entries with one marked."""
        shown = entries[: self.MOST]
        while len(self.rows) < len(shown):
            index = len(self.rows)
            row = EntryRow(self._theme)
            row.given.connect(lambda owner, index=index: self.given.emit(index, owner))
            row.said.connect(lambda text, index=index: self.said.emit(index, text))
            self._column.insertWidget(index, row)
            self.rows.append(row)
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(shown))
            if index < len(shown):
                row.show_entry(shown[index], owners, marked=index == at)
        rest = len(entries) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.show_text(f"还有 {rest} 件，按 + 一起交出")
