"""The big card of the idle screen: who is next, who was called, or the field for a ticket the citizen presents."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.keymap import Keymap
from ui.screens.counter.view_model import HeroKind, HeroView
from ui.theme import Theme, set_look
from ui.widgets.parts import Card, KeyCap, TagLabel, Text
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.ticket_number import TicketNumber

TICKET_LENGTH = 40
"""Long enough for the number of a notice, which may be typed in place of a ticket's."""


class Hero(Card):
    """``pressed`` for the button, ``presented(text)`` when Enter ends the ticket field."""

    pressed = Signal()
    presented = Signal(str)

    def __init__(self, theme: Theme, keymap: Keymap) -> None:
        super().__init__(theme)
        self._keymap = keymap
        self._view: HeroView | None = None
        self.setObjectName("work_hero")
        small = theme.metrics.small
        self.setMinimumHeight({"XL": 172, "L": 156, "M": 128}.get(theme.metrics.density, 112))
        row = QHBoxLayout(self)
        row.setContentsMargins(*((16, 12, 16, 13) if small else (30, 18, 30, 20)))
        row.setSpacing(16)
        row.addLayout(self._left(), 1)
        row.addWidget(self._right())

    def _left(self) -> QVBoxLayout:
        theme = self.theme
        column = QVBoxLayout()
        column.setSpacing(4 if theme.metrics.small else 6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._caption = Text(theme, "second", "ink2")
        self._tag = TagLabel(theme)
        self._waited = Text(theme, "second", "ink2")
        for part in (self._caption, self._tag, self._waited):
            head.addWidget(part)
        head.addStretch(1)
        main = QHBoxLayout()
        main.setSpacing(14 if theme.metrics.small else 24)
        self._ticket = TicketNumber(theme, "hero")
        self._ticket.setObjectName("work_hero_ticket")
        main.addWidget(self._ticket)
        self._field = self._entry()
        main.addWidget(self._field)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._headline = Text(theme, "name", "ink", bold=True, wrap=True)
        self._headline.setObjectName("work_hero_item")
        self._detail = Text(theme, "body", "ink2", wrap=True)
        self._detail.setObjectName("work_hero_detail")
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addWidget(self._detail)
        words.addStretch(1)
        main.addLayout(words, 1)
        column.addStretch(1)
        column.addLayout(head)
        column.addLayout(main)
        column.addStretch(1)
        return column

    def _entry(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("work_ticket_entry")
        field.setAccessibleName(self.tr("号票"))
        field.setProperty("kind", "entry")
        field.setFixedWidth(180 if self.theme.metrics.small else 240)
        field.setMaxLength(TICKET_LENGTH)
        field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        field.returnPressed.connect(self._present)
        return field

    def _present(self) -> None:
        text = self._field.text().strip().upper()
        if text:
            self._field.selectAll()  # a refused number is typed over
            self.presented.emit(text)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """The next citizen's number starts from nothing."""
        self._field.clear()
        super().hideEvent(event)

    def _right(self) -> QWidget:
        theme = self.theme
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.button = PrimaryButton(theme, "call")
        self.button.setObjectName("work_hero_call")
        self.button.setFixedHeight({"XL": 84, "L": 76, "M": 64}.get(theme.metrics.density, 56))
        self.button.setFixedWidth({"XL": 270, "L": 250, "M": 220}.get(theme.metrics.density, 200))
        self.button.clicked.connect(self.pressed)
        hint = QHBoxLayout()
        hint.setSpacing(6)
        self._second_cap = KeyCap(theme)
        self._second = Text(theme, "second", "ink2")
        hint.addStretch(1)
        hint.addWidget(self._second_cap)
        hint.addWidget(self._second)
        hint.addStretch(1)
        column.addStretch(1)
        column.addWidget(self.button)
        column.addLayout(hint)
        column.addStretch(1)
        return block

    @property
    def entry(self) -> QLineEdit | None:
        """The ticket field while it is open."""
        return self._field if self._view is not None and self._view.kind is HeroKind.ENTRY else None

    def show_view(self, view: HeroView, *, enabled: bool) -> None:
        """Show what changed; ``enabled`` comes from the button's action."""
        if view.action:
            self.button.show_button(view.button, self._keymap.bindings[view.action].shown, enabled=enabled)
        if view == self._view:
            return
        opened = view.kind is HeroKind.ENTRY and self.entry is None
        self._view = view
        self.button.setVisible(bool(view.action))
        self._caption.show_text(view.caption)
        self._tag.show_tag(view.tag)
        self._waited.show_words(view.waited)
        self._waited.setVisible(bool(view.waited))
        self._ticket.show_ticket(view.ticket)
        self._headline.show_text(view.headline)
        self._headline.setVisible(bool(view.headline))
        self._detail.show_text(view.error or view.detail)
        self._detail.set_tone("err" if view.error else "ink2")
        self._detail.setVisible(bool(view.error or view.detail))
        self._show_second(view)
        self._field.setVisible(view.kind is HeroKind.ENTRY)
        self._field.setPlaceholderText(view.placeholder)
        set_look(self._field, state="error" if view.error else "normal")
        if opened:
            self._field.clear()

    def _show_second(self, view: HeroView) -> None:
        for part in (self._second_cap, self._second):
            part.setVisible(view.second is not None)
        if view.second is not None:
            self._second_cap.show_key(view.second.key)
            self._second.show_text(view.second.text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QLinearGradient(0, 0, self.width(), self.height() * 0.4)
        shade.setColorAt(0.0, self.theme.colour("surface"))
        shade.setColorAt(0.6, self.theme.colour("surface"))
        shade.setColorAt(1.0, self.theme.colour("priT"))
        painter.setPen(QPen(self.theme.colour("priL"), 1))
        painter.setBrush(shade)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self.RADIUS, self.RADIUS)
