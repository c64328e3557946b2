"""The door's page, in the manner of the sign-in: the dark side says where, the light side what to type and to know."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.enrolment_code import MAX_TYPED
from ui.screens.door.intents import Knock, TypeCode
from ui.screens.door.view_model import CardView, DoorView, FieldView
from ui.screens.portal import MOST_PASSWORD, PortalPage
from ui.theme import Theme, set_look
from ui.widgets.parts import Card, Line, Text, clear, put
from ui.widgets.primary_button import PrimaryButton

WIDEST = 760
"""Nobody reads a field that runs from one side of a wide screen to the other."""


class DoorPage(PortalPage):
    """Draws a ``DoorView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "door", after="")
        self._view: DoorView | None = None
        self._fields: list[QLineEdit] = []
        head = QVBoxLayout()
        head.setSpacing(0)
        self._title = Text(theme, "name", "ink", bold=True)
        self._title.setObjectName("door_title")
        self._detail = Text(theme, "second", "ink2", wrap=True)
        head.addWidget(self._title)
        head.addWidget(self._detail)
        self.light.addLayout(head)
        self._asked = self._entry()
        self.light.addWidget(self._asked)
        cards = QWidget()
        cards.setMaximumWidth(WIDEST)
        self._cards = QVBoxLayout(cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(self.gap)
        self.light.addWidget(cards)
        self.light.addStretch(1)
        foot = QHBoxLayout()
        self._foot = Text(theme, "second", "ink2", wrap=True)
        foot.addWidget(self._foot, 1)
        self.button = PrimaryButton(theme)
        self.button.setObjectName("door_primary")
        self.button.setFixedWidth(190 if theme.metrics.small else 220)
        self.button.clicked.connect(self._knock)
        foot.addWidget(self.button)
        self.light.addLayout(foot)

    def _entry(self) -> QWidget:
        card = Card(self._theme)
        card.setMaximumWidth(WIDEST)
        column = QVBoxLayout(card)
        edge = 14 if self._theme.metrics.small else 22
        column.setContentsMargins(edge, edge - 4, edge, edge - 2)
        column.setSpacing(5)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(5)
        column.addLayout(self._entries)
        self._hint = Text(self._theme, "second", "ink2", wrap=True)
        column.addWidget(self._hint)
        self._error = Text(self._theme, "body", "err", wrap=True)
        self._error.setObjectName("door_error")
        column.addWidget(self._error)
        return card

    @override
    def show_view(self, view: DoorView) -> None:
        self._portal.show_view(view)
        if view == self._view:
            return
        old, self._view = self._view, view
        self._title.show_text(view.title)
        self._detail.show_text(view.detail)
        self._hint.show_text(view.hint)
        self._foot.show_text(view.foot)
        self._error.show_text(view.error)
        self._error.setVisible(bool(view.error))
        if old is None or old.scene != view.scene:
            self._build_fields(view.fields)
        self._asked.setVisible(bool(view.fields or view.hint or view.error))
        for edit, shown in zip(self._fields, view.fields, strict=True):
            if shown.text is not None and edit.text() != shown.text:
                edit.setText(shown.text)
            set_look(edit, state="error" if view.error and shown is view.fields[-1] else "normal")
        if old is None or old.cards != view.cards:
            clear(self._cards)
            for each in view.cards:
                put(self._cards, self._card(each))
        self.button.show_button(view.button, "Enter", enabled=not view.busy)

    def _build_fields(self, fields: tuple[FieldView, ...]) -> None:
        clear(self._entries)
        self._fields = [self._field(each) for each in fields]
        for edit, following in zip(self._fields, self._fields[1:], strict=False):
            edit.returnPressed.connect(following.setFocus)
        if self._fields:
            self._fields[-1].returnPressed.connect(self._knock)

    def _field(self, shown: FieldView) -> QLineEdit:
        label = Text(self._theme, "label", "ink2")
        label.show_text(shown.label)
        put(self._entries, label)
        edit = QLineEdit()
        edit.setObjectName(f"door_{shown.name}")
        edit.setAccessibleName(shown.label)
        edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        edit.setMaxLength(MAX_TYPED if shown.code else MOST_PASSWORD)
        if shown.secret:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        if shown.code:
            edit.setProperty("kind", "entry")
            edit.setFont(self._theme.font("title", family="mono"))
            edit.textEdited.connect(partial(self._type_code, edit))
        put(self._entries, edit)
        return edit

    def _type_code(self, edit: QLineEdit, text: str) -> None:
        # Groups are set only behind the last sign, so that nothing moves under a hand that mends one in the middle.
        if edit.cursorPosition() == len(text):
            self.intent.emit(TypeCode(text))

    def _knock(self) -> None:
        given = tuple(edit.text() for edit in self._fields)
        for edit in self._fields:
            if edit.echoMode() is QLineEdit.EchoMode.Password:
                edit.clear()
        self.intent.emit(Knock(given))

    def _card(self, view: CardView) -> QWidget:
        theme = self._theme
        card = Card(theme)
        column = QVBoxLayout(card)
        edge = 14 if theme.metrics.small else 22
        column.setContentsMargins(edge, edge - 6, edge, edge - 6)
        column.setSpacing(5 if theme.metrics.small else 9)
        title = Text(theme, "title", "ink", bold=True)
        title.show_text(view.title)
        column.addWidget(title)
        column.addWidget(Line(theme))
        for label, words in view.lines:
            row = QHBoxLayout()
            row.setSpacing(12)
            if label:
                name = Text(theme, "second", "ink3")
                name.show_text(label)
                name.setFixedWidth(76)
                row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            said = Text(theme, "second", "ink", wrap=True)
            said.show_text(words)
            row.addWidget(said, 1)
            column.addLayout(row)
        return card

    @override
    def first_focus(self) -> QWidget:
        if not self._fields:
            return self.button
        return next((edit for edit in self._fields if not edit.text()), self._fields[-1])
