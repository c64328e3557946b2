"""Who sits here, in a fixed order and place: how it was read, name, tags, number, phone, address; masked."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon, paint_icon
from ui.theme import Theme
from ui.widgets.kept import Kept
from ui.widgets.parts import Card, KeyCap, Line, TagLabel, Text
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


class Fact(QWidget):
    """A label over its value."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._label = Text(theme, "label", "ink3")
        self._value = Text(theme, "second" if theme.metrics.small else "body", "ink", family="number")
        column.addStretch(1)
        column.addWidget(self._label)
        column.addWidget(self._value)
        column.addStretch(1)

    def show_view(self, view: tuple[FactView, bool]) -> None:
        """Show a fact; the first of a person is the identity number."""
        fact, first = view
        self._label.show_text(fact.label)
        self._value.setObjectName("work_person_idno" if first else f"work_person_fact__{fact.label}")
        self._value.show_text(fact.value)


class PersonStrip(Card):
    """The identity strip on top of the card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("work_person")
        self.setAccessibleName(self.tr("申请人"))
        self._view: PersonView | None = None
        small = theme.metrics.small
        row = QHBoxLayout(self)
        row.setContentsMargins(*((14, 8, 14, 8) if small else (20, 12, 20, 12)))
        row.setSpacing(12 if small else 16)
        self._picture = CardPicture(theme)
        row.addWidget(self._picture)
        row.addLayout(self._naming(), 1)
        self._facts = Kept(12 if small else 16, lambda: Fact(theme))
        row.addWidget(self._facts)
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
        self._tags = Kept(6, lambda: TagLabel(self.theme))
        line.addWidget(self._tags)
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
        self._tags.show_each(view.tags, TagLabel.show_tag)
        facts = view.facts
        if view.address and not self.theme.metrics.small:
            facts = (*facts, FactView(self.tr("住址"), view.address))
        self._facts.show_each([(fact, fact is facts[0]) for fact in facts], Fact.show_view)
        self._reveal.setVisible(view.revealable)
        self._eye.show_icon("ph.eye" if view.revealed else "ph.eye-slash", self.theme.colour("ink3"))
