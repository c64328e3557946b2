"""Who sits here, in a fixed order and place: how it was read, name, tags, number, phone, address; masked."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon, paint_icon
from ui.theme import Theme
from ui.widgets.parts import Card, KeyCap, Line, TagLabel, Text, clear, put
from ui.widgets.work_views import FactView, PersonView


class CardPicture(QWidget):
    """The identity card icon on a tint; grey until a card was read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._known = theme, True
        self._side = 38 if theme.metrics.small else 46
        self.setFixedSize(self._side, self._side)

    def show_known(self, *, known: bool) -> None:
        """Tell whether somebody was read."""
        self._known = known
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("priT" if self._known else "offT"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        inset = (self._side - 26) / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, "ph.identification-card", box, self._theme.colour("pri" if self._known else "off"))


class PersonStrip(Card):
    """The identity strip on top of the card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("work_person")
        self.setAccessibleName(self.tr("申请人"))
        self._view: PersonView | None = None
        small = theme.metrics.small
        row = QHBoxLayout(self)
        row.setContentsMargins(*((14, 9, 14, 10) if small else (20, 14, 20, 15)))
        row.setSpacing(12 if small else 16)
        self._picture = CardPicture(theme)
        row.addWidget(self._picture)
        row.addLayout(self._naming(), 1)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(12 if small else 16)
        row.addLayout(self._facts)
        row.addWidget(self._reveal_block())

    def _naming(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        self._name = Text(self.theme, "name", "ink", bold=True)
        self._name.setObjectName("work_person_name")
        self._reading = Text(self.theme, "hint", "ink2")
        self._reading.setObjectName("work_person_reading")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._name)
        self._tags = QHBoxLayout()
        self._tags.setSpacing(6)
        line.addLayout(self._tags)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._reading)
        return column

    def _reveal_block(self) -> QWidget:
        self._reveal = QWidget()
        row = QHBoxLayout(self._reveal)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        standing = Line(self.theme, "line", standing=True)
        standing.setMinimumHeight(40)
        row.addWidget(standing)
        self._eye = Icon("ph.eye-slash", 18, self.theme.colour("ink3"))
        row.addWidget(self._eye)
        column = QVBoxLayout()
        column.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(4)
        for text, widget in ((self.tr("按住"), None), ("", KeyCap(self.theme, "Alt"))):
            label = Text(self.theme, "label", "ink3")
            label.show_text(text)
            first.addWidget(widget or label)
        column.addLayout(first)
        second = Text(self.theme, "label", "ink3")
        second.show_text(self.tr("看全部"))
        column.addWidget(second)
        row.addLayout(column)
        return self._reveal

    def show_view(self, view: PersonView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        self._picture.show_known(known=view.known)
        self._name.show_text(view.name)
        self._name.set_tone("ink" if view.known else "ink3")
        self._reading.show_text(view.reading)
        clear(self._tags)
        for tag in view.tags:
            label = TagLabel(self.theme)
            label.show_tag(tag)
            put(self._tags, label)
        facts = view.facts
        if view.address and not self.theme.metrics.small:
            facts = (*facts, FactView(self.tr("住址"), view.address))
        self._show_facts(facts)
        self._reveal.setVisible(view.revealable)
        self._eye.show_icon("ph.eye" if view.revealed else "ph.eye-slash", self.theme.colour("ink3"))

    def _show_facts(self, facts: tuple[FactView, ...]) -> None:
        clear(self._facts)
        for fact in facts:
            block = QWidget()
            column = QVBoxLayout(block)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            label = Text(self.theme, "label", "ink3")
            label.show_text(fact.label)
            value = Text(self.theme, "second" if self.theme.metrics.small else "body", "ink", family="number")
            value.setObjectName("work_person_idno" if fact is facts[0] else f"work_person_fact__{fact.label}")
            value.show_text(fact.value)
            column.addStretch(1)
            column.addWidget(label)
            column.addWidget(value)
            column.addStretch(1)
            put(self._facts, block)
