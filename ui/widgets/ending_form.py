"""The form of an ending (首问登记、取件、撤回): a few fields, and Enter does it once nothing is missing."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.intents import ConfirmEnding, WriteEnding
from ui.theme import Theme
from ui.widgets.form_field import FormField
from ui.widgets.keys import ENTER, is_plain
from ui.widgets.panel import Panel
from ui.widgets.parts import Text
from ui.widgets.work_views import EndingFormView, FieldView

COLUMNS = 3


class EndingFormPanel(Panel):
    """The question and its fields."""

    def __init__(self, theme: Theme, view: EndingFormView) -> None:
        super().__init__()
        self.setObjectName("work_ending_form")
        self._shape = _shape(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(theme.metrics["gap"])
        question = Text(theme, "body", "ink", bold=True, wrap=True)
        question.show_text(view.question)
        column.addWidget(question)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12 if theme.metrics.small else 16)
        grid.setVerticalSpacing(9 if theme.metrics.small else 12)
        for at in range(COLUMNS):
            grid.setColumnStretch(at, 1)
        self._fields: list[FormField] = []
        row = at = 0
        for each in view.fields:
            if at + each.span > COLUMNS:
                row, at = row + 1, 0
            field = FormField(theme, each)
            field.edited.connect(lambda name, text: self.intent.emit(WriteEnding(name, text)))
            field.passed.connect(self.go_on)
            grid.addWidget(field, row, at, 1, each.span)
            self._fields.append(field)
            at += each.span
        column.addLayout(grid)

    @override
    def can_show(self, body: object) -> bool:
        """Whether it is the same form, so that only values change."""
        return isinstance(body, EndingFormView) and _shape(body) == self._shape

    @override
    def show_view(self, body: EndingFormView) -> None:
        """Show other values."""
        for field, each in zip(self._fields, body.fields, strict=True):
            field.show_view(each)

    @override
    def first_focus(self) -> QWidget:
        """The first field that needs something, else the first."""
        return next((each.editor for each in self._fields if each.is_open), self._fields[0].editor)

    def go_on(self) -> None:
        """Go to the next field that needs something; with none left, do it."""
        target = next((each for each in self._fields if each.is_open), None)
        if target is None:
            self.intent.emit(ConfirmEnding())
        else:
            target.editor.setFocus()

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        # A line edit reports its own Enter; a list lets it through to here.
        if event.key() in ENTER and is_plain(event) and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.go_on()
            return True
        return False


def _shape(view: EndingFormView) -> tuple[object, ...]:
    fields: tuple[FieldView, ...] = view.fields
    return (view.question, tuple((each.name, each.label, each.kind, each.options, each.span) for each in fields))
