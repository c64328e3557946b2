"""One field of the form: label, editor, and under it what to do when it is not right yet."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon, paint_icon
from ui.theme import Theme, set_look
from ui.widgets.keys import ENTER
from ui.widgets.parts import Text
from ui.widgets.work_views import FieldKind, FieldView

RAW: Final = frozenset({FieldKind.PHONE, FieldKind.IDENTITY, FieldKind.AMOUNT, FieldKind.DIGITS, FieldKind.DATE})
"""Kinds that take letters raw: no input method (design.md §7.3)."""

MAX_LENGTH: Final = {
    FieldKind.TEXT: 500,
    FieldKind.PHONE: 20,
    FieldKind.IDENTITY: 20,
    FieldKind.AMOUNT: 18,
    FieldKind.DIGITS: 40,
    FieldKind.DATE: 10,
}


class ChoiceBox(QComboBox):
    """A closed list; leaves the function keys, Enter and the wheel to the window."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: object) -> None:
        """Scrolling over a field must not change it."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.rect().center().y()
        paint_icon(painter, "ph.caret-down", QRectF(self.width() - 26, middle - 6, 13, 13), self._theme.colour("ink3"))


class Fault(QWidget):
    """What to do about a wrong entry."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(4)
        row.addWidget(Icon("ph.warning-circle", 15, theme.colour("err")), 0, Qt.AlignmentFlag.AlignTop)
        self.text = Text(theme, "hint", "err", wrap=True)
        self.text.setObjectName(f"work_form_error__{name}")
        row.addWidget(self.text, 1)


class FormField(QWidget):
    """``edited(name, text)`` on every change by the clerk, ``passed`` when Enter leaves the field."""

    edited = Signal(str, str)
    passed = Signal()

    def __init__(self, theme: Theme, view: FieldView) -> None:
        super().__init__()
        self._theme, self._view = theme, view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._label_row())
        self.editor = self._choice() if view.kind is FieldKind.CHOICE else self._line()
        self.editor.setObjectName(f"work_form_field__{view.name}")
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.editor, 1)
        if view.unit:
            unit = Text(theme, "body", "ink2")
            unit.show_text(view.unit)
            row.addWidget(unit)
        column.addLayout(row)
        self._column = column
        self._fault: Fault | None = None
        column.addStretch(1)
        self._show(view, first=True)

    def _label_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._label = Text(self._theme, "hint", "ink2")
        self._required = Text(self._theme, "hint", "err")
        self._required.show_text(self.tr("必填"))
        row.addWidget(self._label)
        row.addWidget(self._required)
        row.addStretch(1)
        return row

    def _show_fault(self, error: str) -> None:
        """Most fields are never wrong: the row is built for the first error."""
        if self._fault is None and error:
            self._fault = Fault(self._theme, self._view.name)
            self._column.insertWidget(self._column.count() - 1, self._fault)
        if self._fault is not None:
            self._fault.text.show_text(error)
            self._fault.setVisible(bool(error))

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        line.setFont(self._theme.font("body", family="number" if self._view.kind in RAW else "ui"))
        line.setMaxLength(MAX_LENGTH[self._view.kind])
        line.setPlaceholderText(self._view.placeholder)
        line.textEdited.connect(lambda text: self.edited.emit(self._view.name, text))
        line.returnPressed.connect(self.passed)
        return line

    def _choice(self) -> ChoiceBox:
        box = ChoiceBox(self._theme)
        box.setPlaceholderText(self.tr("请选择"))
        for code, text in self._view.options:
            box.addItem(text, code)
        box.activated.connect(lambda at: self.edited.emit(self._view.name, box.itemData(at)))
        return box

    @property
    def name(self) -> str:
        """The field's name as in the view."""
        return self._view.name

    @property
    def is_open(self) -> bool:
        """Whether this field still wants something: required and empty, or wrong."""
        return not self._view.readonly and (bool(self._view.error) or (self._view.required and not self.value()))

    @property
    def wrong(self) -> bool:
        """Whether an error stands under it."""
        return bool(self._view.error)

    @property
    def recheck(self) -> bool:
        """Whether it is right again once Enter leaves it."""
        return self._view.recheck

    @property
    def readonly(self) -> bool:
        """Whether it only shows."""
        return self._view.readonly

    def value(self) -> str:
        """What the editor holds now."""
        if isinstance(self.editor, QComboBox):
            return str(self.editor.currentData() or "")
        return self.editor.text()

    def show_view(self, view: FieldView) -> None:
        """Take over a new view; what the clerk is typing right now is not overwritten."""
        if view != self._view:
            self._show(view, first=False)

    def _show(self, view: FieldView, *, first: bool) -> None:
        clean = first or self.value() == self._view.value or not self.editor.hasFocus()
        self._view = view
        self._label.show_text(view.label)
        self._required.setVisible(view.required and not view.readonly and not view.value)
        self.editor.setAccessibleName(view.label + (self.tr("，必填") if view.required else ""))
        self.editor.setAccessibleDescription(view.error)
        if isinstance(self.editor, QComboBox):
            self._show_choice(self.editor, view)
        else:
            self._show_line(self.editor, view, overwrite=clean)
        set_look(self.editor, state="error" if view.error else "normal")
        self._show_fault(view.error)

    def _show_choice(self, box: QComboBox, view: FieldView) -> None:
        box.setCurrentIndex(box.findData(view.value) if view.value else -1)
        box.setEnabled(not view.readonly)

    def _show_line(self, line: QLineEdit, view: FieldView, *, overwrite: bool) -> None:
        if overwrite and line.text() != view.value:
            line.setText(view.value)
            line.setCursorPosition(0 if view.readonly else len(view.value))
        if line.isReadOnly() != view.readonly:
            line.setReadOnly(view.readonly)
            set_look(line, kind="readonly" if view.readonly else "")
        line.setFocusPolicy(Qt.FocusPolicy.ClickFocus if view.readonly else Qt.FocusPolicy.StrongFocus)
        # After setReadOnly, which switches the input method back on.
        if view.kind in RAW or view.readonly:
            line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
