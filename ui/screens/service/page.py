"""The page of a service or a fee: what it is about, and the few fields that are asked for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.intents import ConfirmEnding
from ui.screens.page import Page
from ui.screens.service.view_model import ServiceView
from ui.theme import Theme
from ui.widgets.ending_form import EndingFormPanel
from ui.widgets.parts import Card, Line, Text, clear, put
from ui.widgets.primary_button import PrimaryButton

WIDEST = 940
LABEL_WIDTH = 72


class ServicePage(Page):
    """Draws a ``ServiceView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: ServiceView | None = None
        self._form: EndingFormPanel | None = None
        self.setObjectName("service")
        metrics = theme.metrics
        outer = QVBoxLayout(self)
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
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self._error = Text(theme, "second", "err", wrap=True)
        self._error.setObjectName("service_error")
        column.addWidget(self._error)
        column.addLayout(self._foot())
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._note = Text(self._theme, "second", "ink2", wrap=True)
        row.addWidget(self._note, 1)
        self._button = PrimaryButton(self._theme)
        self._button.setObjectName("service_primary")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setFixedWidth(180)
        self._button.clicked.connect(lambda: self.intent.emit(ConfirmEnding()))
        row.addWidget(self._button)
        return row

    @override
    def show_view(self, view: ServiceView) -> None:
        if view == self._view:
            return
        old, self._view = self._view, view
        self._title.show_text(view.title)
        if old is None or old.facts != view.facts:
            clear(self._facts)
            for label, value in view.facts:
                put(self._facts, self._fact(label, value))
        if self._form is None or not self._form.can_show(view.form) or old is None or old.scene != view.scene:
            self._build(view)
        else:
            self._form.show_view(view.form)
        self._note.show_text(view.note)
        self._error.show_text(view.error)
        self._error.setVisible(bool(view.error))
        self._button.show_button(view.action, "Enter", enabled=not view.busy)

    def _build(self, view: ServiceView) -> None:
        clear(self._place)
        self._form = EndingFormPanel(self._theme, view.form)
        self._form.intent.connect(self.intent)
        put(self._place, self._form)

    def _fact(self, label: str, value: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        name = Text(self._theme, "second", "ink2")
        name.show_text(label)
        name.setFixedWidth(LABEL_WIDTH)
        words = Text(self._theme, "body", "ink", bold=True, wrap=True)
        words.show_text(value)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return holder

    @override
    def first_focus(self) -> QWidget:
        return self._form.first_focus() if self._form is not None else self

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        return self._form is not None and self._form.take_key(event)
