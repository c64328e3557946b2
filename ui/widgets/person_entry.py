"""A person or an organisation typed by hand, in the place of the identity strip."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.intents import EditPerson, FinishPerson
from ui.theme import Theme
from ui.widgets.form_field import FormField
from ui.widgets.kept import Hint, Kept
from ui.widgets.keys import ENTER, is_plain
from ui.widgets.parts import Card, KeyCap, Text, let_go
from ui.widgets.work_views import PersonEntryView, PersonTab

PREFIX = "person_"
STRETCH = {"person_number": 6, "person_card_type": 5}
"""How wide a field is beside the others; an identity number stands whole."""


class Tab(QWidget):
    """The key and name of one place; the one being typed is bold, one that is taken has a tick."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._cap, self._name = KeyCap(theme), Text(theme, "hint", "ink2")
        row.addWidget(self._cap)
        row.addWidget(self._name)

    def show_view(self, view: PersonTab) -> None:
        """Show another state."""
        self._cap.show_key(view.key)
        self._name.set_font(self._theme.font("hint", bold=view.current))
        self._name.set_tone("pri" if view.current else "ink2")
        self._name.show_text(f"{view.name} ✓" if view.done else view.name)


class PersonEntryPanel(Card):
    """``intent`` carries every change; Enter goes on, and in the last field ends the entry."""

    intent = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("work_person_entry")
        self.setAccessibleName(self.tr("手工录入"))
        small = theme.metrics.small
        self._view: PersonEntryView | None = None
        self._fields: list[FormField] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(*((14, 9, 14, 10) if small else (20, 12, 20, 14)))
        column.setSpacing(8)
        head = QHBoxLayout()
        gap = 16 if theme.metrics.density == "XL" else 12
        head.setSpacing(gap)
        self._title = Text(theme, "section", "ink", bold=True)
        self._title.setObjectName("work_person_entry_title")
        head.addWidget(self._title)
        self._tabs = Kept(gap, lambda: Tab(theme))
        head.addWidget(self._tabs)
        head.addStretch(1)
        self._hints = Kept(10, lambda: Hint(theme))
        head.addWidget(self._hints)
        column.addLayout(head)
        self._grid_holder = QWidget()
        self._column = column
        column.addWidget(self._grid_holder)
        self.hide()

    def show_view(self, view: PersonEntryView | None) -> None:
        """Show what changed; None hides the form."""
        old, self._view = self._view, view
        if view is not None and view != old:
            self._title.show_text(view.title)
            self._tabs.show_each(view.tabs, Tab.show_view)
            self._hints.show_each(() if self.theme.metrics.small else view.hints, Hint.show_view)
            if old is None or old.title != view.title:
                self._make_fields(view)
            for field, field_view in zip(self._fields, view.fields, strict=True):
                field.show_view(field_view)
        self.setVisible(view is not None)

    def _make_fields(self, view: PersonEntryView) -> None:
        self._column.removeWidget(self._grid_holder)
        let_go(self._grid_holder)
        self._grid_holder = QWidget()
        grid = QGridLayout(self._grid_holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12 if self.theme.metrics.small else 16)
        self._fields = [FormField(self.theme, each) for each in view.fields]
        for at, field in enumerate(self._fields):
            field.edited.connect(lambda name, text: self.intent.emit(EditPerson(name.removeprefix(PREFIX), text)))
            field.passed.connect(self.go_on)
            grid.addWidget(field, 0, at)
            grid.setColumnStretch(at, STRETCH.get(field.name, 4))
        self._column.addWidget(self._grid_holder)

    def first_focus(self) -> QWidget:
        """The first field that wants something, else the first."""
        return next((field for field in self._fields if field.is_open), self._fields[0]).editor

    def go_on(self) -> None:
        """Move to the next field; from the last one end the entry, or go to what is wrong."""
        here = next((at for at, field in enumerate(self._fields) if field.editor.hasFocus()), -1)
        if here + 1 < len(self._fields):
            self._fields[here + 1].editor.setFocus()
            return
        self.intent.emit(FinishPerson())
        wrong = next((field for field in self._fields if field.wrong), None)
        if self._view is not None and wrong is not None:
            wrong.editor.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.key() in ENTER and is_plain(event)):
            event.ignore()
        elif any(field.editor.hasFocus() for field in self._choices()):
            self.go_on()  # a list leaves Enter to whoever holds it; a line edit has reported its own already

    def _choices(self) -> list[FormField]:
        return [field for field in self._fields if field.name == f"{PREFIX}card_type"]
