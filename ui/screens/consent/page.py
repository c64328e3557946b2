"""The page of the consent: what is asked for and why, and two fields for the floor manager who stands at the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.consent.intents import Consent
from ui.screens.consent.view_model import ConsentView
from ui.screens.page import Page
from ui.theme import Theme, set_look
from ui.widgets.parts import Card, Line, Text, clear, put
from ui.widgets.primary_button import PrimaryButton

MOST_NUMBER, MOST_PASSWORD = 32, 128
WIDEST = 760


class ConsentPage(Page):
    """Draws a ``ConsentView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: ConsentView | None = None
        self.setObjectName("consent")
        outer = QVBoxLayout(self)
        metrics = theme.metrics
        outer.setContentsMargins(metrics["edge_x"], metrics["edge_y"], metrics["edge_x"], metrics["edge_y"])
        card = Card(theme)
        card.setMaximumWidth(WIDEST)
        column = QVBoxLayout(card)
        edge = 14 if metrics.small else 26
        column.setContentsMargins(edge, edge - 2, edge, edge - 2)
        column.setSpacing(8 if metrics.small else 12)
        self._title = Text(theme, "title", "ink", bold=True)
        column.addWidget(self._title)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        column.addLayout(self._facts)
        column.addWidget(Line(theme, "line"))
        self.number = self._field(column, "consent_number", self.tr("值班经理工号"), MOST_NUMBER)
        self.password = self._field(column, "consent_password", self.tr("口令"), MOST_PASSWORD)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.number.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._enter)
        self._error = Text(theme, "second", "err", wrap=True)
        self._error.setObjectName("consent_error")
        column.addWidget(self._error)
        column.addLayout(self._foot())
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)

    def _field(self, column: QVBoxLayout, name: str, label: str, longest: int) -> QLineEdit:
        words = Text(self._theme, "label", "ink2")
        words.show_text(label)
        edit = QLineEdit()
        edit.setObjectName(name)
        edit.setAccessibleName(label)
        edit.setMaxLength(longest)
        edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        column.addWidget(words)
        column.addWidget(edit)
        return edit

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._note = Text(self._theme, "second", "ink2", wrap=True)
        row.addWidget(self._note, 1)
        self.button = PrimaryButton(self._theme)
        self.button.setObjectName("consent_primary")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setFixedWidth(180)
        self.button.clicked.connect(self._enter)
        row.addWidget(self.button)
        return row

    def _enter(self) -> None:
        number, password = self.number.text().strip(), self.password.text()
        self.password.clear()
        self.intent.emit(Consent(number, password))

    @override
    def show_view(self, view: ConsentView) -> None:
        if view == self._view:
            return
        old, self._view = self._view, view
        if old is None or old.facts != view.facts:
            clear(self._facts)
            for label, value in view.facts:
                put(self._facts, self._fact(label, value))
        self._title.show_text(view.title)
        self._note.show_text(view.note)
        self._error.show_text(view.error)
        self._error.setVisible(bool(view.error))
        set_look(self.password, state="error" if view.error else "normal")
        self.button.show_button(self.tr("同意"), "Enter", enabled=not view.busy)

    def _fact(self, label: str, value: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        name = Text(self._theme, "second", "ink2")
        name.show_text(label)
        name.setFixedWidth(72)
        words = Text(self._theme, "body", "ink", bold=True, wrap=True)
        words.show_text(value)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return holder

    @override
    def first_focus(self) -> QWidget:
        return self.password if self.number.text() and self._view is not None and self._view.error else self.number

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """What one manager typed is not there for the next."""
        super().hideEvent(event)
        self.number.clear()
        self.password.clear()
