"""Section 4 open: the item's form in three columns; Enter goes to the next empty required field."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from ui.intents import EditField
from ui.theme import Theme
from ui.widgets.form_field import FormField
from ui.widgets.keys import ENTER, is_plain
from ui.widgets.panel import Panel
from ui.widgets.work_views import FormView

COLUMNS = 3


class FormPanel(Panel):
    """All fields of the form."""

    def __init__(self, theme: Theme, view: FormView) -> None:
        super().__init__()
        self.setObjectName("work_form")
        self._shape = _shape(view)
        self._resume = view.resume
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 10, 0, 0)
        grid.setHorizontalSpacing(16 if not theme.metrics.small else 12)
        grid.setVerticalSpacing(12 if not theme.metrics.small else 9)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self._fields: list[FormField] = []
        row = column = 0
        for field_view in view.fields:
            span = max(1, min(COLUMNS, field_view.span))
            if column + span > COLUMNS:
                row, column = row + 1, 0
            field = FormField(theme, field_view)
            field.edited.connect(lambda name, text: self.intent.emit(EditField(name, text)))
            field.passed.connect(self.go_on)
            grid.addWidget(field, row, column, 1, span)
            self._fields.append(field)
            column += span

    @override
    def can_show(self, body: object) -> bool:
        """Whether the fields are the same, so that only values and errors change."""
        return isinstance(body, FormView) and _shape(body) == self._shape

    @override
    def show_view(self, body: FormView) -> None:
        """Show new values and errors."""
        self._resume = body.resume
        for field, field_view in zip(self._fields, body.fields, strict=True):
            field.show_view(field_view)

    @override
    def first_focus(self) -> QWidget:
        """The field the clerk was in, else one with an error, else the first open one, else one that can be edited."""
        for wanted in (
            [field for field in self._fields if field.name == self._resume],
            [field for field in self._fields if field.wrong],
            [field for field in self._fields if field.is_open],
            [field for field in self._fields if not field.readonly],
        ):
            if wanted:
                return wanted[0].editor
        return self

    def go_on(self) -> None:
        """Move to the next empty required field after the one with the focus; with none left, stay."""
        here = next((at for at, field in enumerate(self._fields) if field.editor.hasFocus()), -1)
        if here >= 0 and self._fields[here].recheck:
            self.intent.emit(EditField(self._fields[here].name, self._fields[here].value()))
        ring = [*self._fields[here + 1 :], *self._fields[: max(here, 0)]]
        target = next((field for field in ring if field.is_open), None)
        if target is not None:
            target.editor.setFocus()

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        # A line edit reports its own Enter (not the one that commits a composition) and lets the event through.
        if event.key() in ENTER and is_plain(event) and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.go_on()
            return True
        return False


def _shape(view: FormView) -> tuple[object, ...]:
    return tuple((each.name, each.kind, each.options, each.span, each.unit) for each in view.fields)
