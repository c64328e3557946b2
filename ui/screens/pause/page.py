"""The cover: on the left the sign as it is seen from outside, on the right why, how long, and the way back."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.pause import MAX_TEXT
from ui.desk_intents import ChooseMinutes, ChooseReason, HangOut, Unlock, WriteSign
from ui.icons import Icon
from ui.screens.page import Page
from ui.screens.pause.choice import Choice
from ui.screens.pause.sign import Sign
from ui.screens.pause.view_model import CoverView, ReasonView
from ui.screens.portal import MOST_PASSWORD
from ui.theme import Theme, set_look
from ui.widgets.keys import ENTER, digit
from ui.widgets.parts import Card, KeyCap, TagLabel, Text, clear, put
from ui.widgets.primary_button import PrimaryButton

SIDE = Qt.Key.Key_Left, Qt.Key.Key_Right
WAY_BACK = 187
"""Pixels of the button beside the password, as drawn at 1920."""


class CoverPage(Page):
    """Draws a ``CoverView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: CoverView | None = None
        self.setObjectName("pause")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)  # noqa: FBT003 -- Qt's own signature
        gap = 12 if theme.metrics.small else 20
        row = QHBoxLayout(self)
        edge = gap if theme.metrics.small else 24
        row.setContentsMargins(edge, gap, edge, gap)
        row.setSpacing(gap)
        row.addLayout(self._left(), 59)
        row.addWidget(self._right_side(), 41)

    def _left(self) -> QVBoxLayout:
        theme = self._theme
        column = QVBoxLayout()
        column.setSpacing(10 if theme.metrics.small else 15)
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        column.addLayout(self._head)
        self._sign = Sign(theme)
        column.addWidget(self._sign, 1)
        card = Card(theme)
        row = QHBoxLayout(card)
        edge = 14 if theme.metrics.small else 20
        row.setContentsMargins(edge, 10 if theme.metrics.small else 13, edge, 12 if theme.metrics.small else 15)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(24)
        row.addLayout(self._facts)
        row.addStretch(1)
        self._ends = Text(theme, "hint", "ink2", wrap=True)
        self._ends.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._ends, 3)
        column.addWidget(card)
        return column

    def _right_side(self) -> QWidget:
        theme = self._theme
        card = Card(theme)
        column = QVBoxLayout(card)
        small = theme.metrics.small
        edge = 14 if small else 26
        column.setContentsMargins(edge, edge - 4, edge, edge - 4)
        column.setSpacing(6 if small else 12)
        self._why = self._title(self.tr("为什么暂停"))
        self._reasons = QGridLayout()
        self._reasons.setSpacing(6 if small else 10)
        self._long = self._title(self.tr("多久回来"))
        self._minutes = QHBoxLayout()
        self._minutes.setSpacing(6 if small else 10)
        self._hint = self._hint_row()
        self._says = self._title(self.tr("告示写什么"))
        self.text = QLineEdit()
        self.text.setObjectName("pause_text")
        self.text.setAccessibleName(self.tr("告示写什么"))
        self.text.setMaxLength(MAX_TEXT)
        self.text.textEdited.connect(lambda text: self.intent.emit(WriteSign(text)))
        self.text.returnPressed.connect(lambda: self.intent.emit(HangOut()))
        column.addWidget(self._why)
        column.addLayout(self._reasons)
        column.addWidget(self._long)
        column.addLayout(self._minutes)
        column.addWidget(self._hint)
        column.addWidget(self._says)
        column.addWidget(self.text)
        self._note = self._note_box()
        column.addWidget(self._note)
        column.addStretch(1)
        self._error = Text(theme, "second", "err", wrap=True)
        self._error.setObjectName("pause_error")
        column.addWidget(self._error)
        column.addLayout(self._way_back())
        return card

    def _title(self, text: str) -> Text:
        title = Text(self._theme, "title", "ink", bold=True)
        title.show_text(text)
        return title

    def _hint_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(KeyCap(self._theme, "← →"))
        words = Text(self._theme, "hint", "ink2")
        words.show_text(self.tr("选时长"))
        row.addWidget(words)
        row.addStretch(1)
        return holder

    def _note_box(self) -> QWidget:
        card = Card(self._theme)
        card.set_colours("warnT", "warnL")
        row = QHBoxLayout(card)
        row.setContentsMargins(14, 9, 14, 10)
        row.setSpacing(10)
        row.addWidget(Icon("ph.warning", 18, self._theme.colour("noteWarn")))
        self._note_text = Text(self._theme, "second", "note_warn", wrap=True)
        row.addWidget(self._note_text, 1)
        return card

    def _way_back(self) -> QVBoxLayout:
        theme = self._theme
        column = QVBoxLayout()
        column.setSpacing(4)
        self._ask = Text(theme, "label", "ink2")
        self._ask.show_text(self.tr("回来后输入口令"))
        column.addWidget(self._ask)
        row: QBoxLayout = QHBoxLayout()
        row.setSpacing(12)
        self.password = QLineEdit()
        self.password.setObjectName("pause_password")
        self.password.setAccessibleName(self.tr("口令"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(MOST_PASSWORD)
        self.password.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.password.returnPressed.connect(self._unlock)
        row.addWidget(self.password, 58)
        self.button = PrimaryButton(theme)
        self.button.setObjectName("pause_primary")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if theme.metrics.density == "XL":
            self.button.setFixedWidth(WAY_BACK)
            self.password.setProperty("kind", "password")
        self.button.clicked.connect(self._press)
        row.addWidget(self.button, 42)
        column.addLayout(row)
        return column

    def _press(self) -> None:
        if self._view is not None and self._view.choosing:
            self.intent.emit(HangOut())
        else:
            self._unlock()

    def _unlock(self) -> None:
        password = self.password.text()
        self.password.clear()
        self.intent.emit(Unlock(password))

    @override
    def show_view(self, view: CoverView) -> None:
        if view == self._view:
            return
        old, self._view = self._view, view
        if old is None or (old.title, old.tags) != (view.title, view.tags):
            self._show_head(view)
        self._sign.show_sign(view.sign)
        if old is None or old.facts != view.facts:
            self._show_facts(view)
        self._ends.show_text(view.ends)
        if old is None or (old.reasons, old.minutes, old.choosing) != (view.reasons, view.minutes, view.choosing):
            self._show_choices(view)
        for part in (self._why, self._long, self._says, self.text):
            part.setVisible(not view.locked)
        self._hint.setVisible(view.choosing)
        self.text.setReadOnly(not view.choosing)
        if self.text.text() != view.text:
            self.text.setText(view.text)
            self.text.setCursorPosition(0)
        self._note.setVisible(bool(view.note))
        self._note_text.show_text(view.note)
        self._error.show_text(view.error)
        self._error.setVisible(bool(view.error))
        self._ask.setVisible(not view.choosing)
        self.password.setVisible(not view.choosing)
        set_look(self.password, state="error" if view.error else "normal")
        if old is None or old.choosing != view.choosing:
            self.password.clear()
        name = self.tr("挂出告示") if view.choosing else self.tr("恢复办理")
        self.button.show_button(name, "Enter", enabled=not view.busy)

    def _show_head(self, view: CoverView) -> None:
        clear(self._head)
        title = Text(self._theme, "name", "ink", bold=True)
        title.show_text(view.title)
        put(self._head, title)
        for each in view.tags:
            tag = TagLabel(self._theme)
            tag.show_tag(each)
            put(self._head, tag)
        self._head.addStretch(1)
        outside = Text(self._theme, "hint", "ink2")
        outside.show_text(self.tr("窗外看到的就是这样"))
        put(self._head, outside)

    def _show_facts(self, view: CoverView) -> None:
        clear(self._facts)
        for label, value in view.facts:
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for text, role, tone in ((label, "label", "ink2"), (value, "section", "ink")):
                line = Text(self._theme, role, tone)
                line.show_text(text)
                column.addWidget(line)
            put(self._facts, cell)

    def _show_choices(self, view: CoverView) -> None:
        clear(self._reasons)
        clear(self._minutes)
        for index, reason in enumerate(view.reasons):
            self._reasons.addWidget(self._reason(reason, index, choosing=view.choosing), index // 2, index % 2)
        for index, (minutes, on) in enumerate(view.minutes):
            choice = Choice(self._theme, f"{minutes} {self.tr('分钟')}", on=on, enabled=view.choosing)
            choice.setObjectName(f"pause_minutes__{minutes}")
            choice.clicked.connect(partial(self.intent.emit, ChooseMinutes(index=index)))
            put(self._minutes, choice)

    def _reason(self, view: ReasonView, index: int, *, choosing: bool) -> QWidget:
        cap = str(index + 1)
        choice = Choice(self._theme, view.name, cap=cap, says=view.says, on=view.on, enabled=choosing)
        choice.setObjectName(f"pause_reason__{index + 1}")
        choice.clicked.connect(partial(self.intent.emit, ChooseReason(index + 1)))
        return choice

    @override
    def first_focus(self) -> QWidget:
        return self if self._view is not None and self._view.choosing else self.password

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or not self.take_key(event):
            event.ignore()

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if self._view is None or not self._view.choosing or not self.hasFocus():
            return False
        number = digit(event) if event.key() not in SIDE else None
        if number is not None:
            self.intent.emit(ChooseReason(number))
        elif event.key() in SIDE:
            self.intent.emit(ChooseMinutes(step=1 if event.key() == Qt.Key.Key_Right else -1))
        elif event.key() in ENTER:
            self.intent.emit(HangOut())
        else:
            return False
        return True
