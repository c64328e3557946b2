"""Section 5 open: what was done, with number and last day; offline, what waits on this machine and what works."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.intents import Transfer
from ui.theme import Theme
from ui.widgets.due_clock import DueClock
from ui.widgets.faces import RatingCard
from ui.widgets.panel import Panel
from ui.widgets.parts import TONE_INK, Card, Line, TagLabel, Text
from ui.widgets.side_pane import NoticeButton
from ui.widgets.views import Strong, Tone
from ui.widgets.work_views import AbilitiesView, Ability, JournalRow, JournalView, OnwardView, OutcomeView, ResultView

NARROW = "S"
"""The layout class in which nothing fits beside a case number."""
RESULT_EDGE = {Tone.OK: ("surface", "okL"), Tone.WARN: ("surface", "warnL"), Tone.ERR: ("surface", "errL")}


def _card(theme: Theme) -> tuple[Card, QVBoxLayout]:
    card = Card(theme)
    column = QVBoxLayout(card)
    edge = 14 if theme.metrics.small else 20
    column.setContentsMargins(edge, edge - 4, edge, edge - 4)
    column.setSpacing(8 if theme.metrics.small else 10)
    return card, column


def _line(theme: Theme, role: str, tone: str, text: str, *, bold: bool = False, family: str = "ui") -> Text:
    label = Text(theme, role, tone, bold=bold, family=family)
    label.show_text(text)
    return label


def result_card(theme: Theme, view: ResultView) -> QWidget:
    """Return the card with the case number and the last day."""
    card, column = _card(theme)
    card.setObjectName("work_out_result")
    card.set_colours(*RESULT_EDGE.get(view.tone, ("surface", "line")))
    head = QHBoxLayout()
    head.setSpacing(8)
    tone = TONE_INK[view.tone]
    head.addWidget(Icon("ph.check-circle" if view.tone is Tone.OK else "ph.info", 18, theme.colour(tone)))
    head.addWidget(_line(theme, "second", tone, view.title, bold=True))
    head.addStretch(1)
    column.addLayout(head)
    number = _line(theme, "caseno", "ink", view.number, bold=True, family="mono")
    number.setObjectName("work_out_number")
    number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(number)
    if view.due is not None:
        column.addLayout(_due_row(theme, view))
    if view.explanation:
        explanation = Text(theme, "hint", "ink2", wrap=True)
        explanation.setObjectName("work_out_explanation")
        explanation.show_text(view.explanation)
        column.addWidget(explanation)
    column.addStretch(1)
    return card


def _due_row(theme: Theme, view: ResultView) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(14)
    clock = DueClock(theme, 46 if theme.metrics.small else 52)
    clock.show_due(view.due)
    row.addWidget(clock)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(_line(theme, "hint", "ink2", view.due_label))
    day = QHBoxLayout()
    day.setSpacing(8)
    date = _line(theme, "figure", "ink", view.due_date, bold=True)
    date.setObjectName("work_out_due")
    day.addWidget(date)
    day.addWidget(_line(theme, "second", "ink2", view.due_note), 0, Qt.AlignmentFlag.AlignBottom)
    day.addStretch(1)
    words.addLayout(day)
    row.addLayout(words, 1)
    return row


def journal_card(theme: Theme, view: JournalView) -> QWidget:
    """Return the list of acts that wait for the network."""
    card, column = _card(theme)
    card.setObjectName("work_out_journal")
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(_line(theme, "body", "ink", view.title, bold=True))
    tag = TagLabel(theme)
    tag.show_tag(view.count)
    head.addWidget(tag)
    head.addStretch(1)
    head.addWidget(_line(theme, "hint", "ink2", view.footnote))
    column.addLayout(head)
    for row in view.rows:
        column.addWidget(Line(theme))
        column.addLayout(_journal_row(theme, row))
    column.addStretch(1)
    return card


def _journal_row(theme: Theme, row: JournalRow) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(10)
    line.addWidget(_line(theme, "hint", "ink", row.number, family="mono"), 3)
    line.addWidget(_line(theme, "second", "ink", row.item), 4)
    line.addWidget(_line(theme, "hint", "ink2", row.time, family="number"))
    line.addWidget(Icon("ph.hard-drive", 16, theme.colour("ink3")))
    line.addWidget(_line(theme, "hint", "ink2", row.state))
    return line


class AbilityMark(QWidget):
    """A shape that says works, later or waits: dot, diamond, ring."""

    def __init__(self, theme: Theme, ability: Ability) -> None:
        super().__init__()
        self._theme, self._ability = theme, ability
        self.setFixedSize(16, 22)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(7, 11)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._ability is Ability.WORKS:
            painter.setBrush(self._theme.colour("ok"))
            painter.drawEllipse(centre, 6, 6)
        elif self._ability is Ability.LATER:
            painter.setBrush(self._theme.colour("warn"))
            corners = [QPointF(0, -6), QPointF(6, 0), QPointF(0, 6), QPointF(-6, 0)]
            painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
        else:
            painter.setPen(self._theme.colour("line2"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(1.5, 5.5, 11, 11))


def abilities_card(theme: Theme, view: AbilitiesView) -> QWidget:
    """Return what works without the network."""
    card, column = _card(theme)
    card.setObjectName("work_out_abilities")
    column.addWidget(_line(theme, "body", "ink", view.title, bold=True))
    for ability, text in view.lines:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(AbilityMark(theme, ability), 0, Qt.AlignmentFlag.AlignTop)
        label = Text(theme, "second", "ink", wrap=True)
        label.show_text(text)
        row.addWidget(label, 1)
        column.addLayout(row)
    column.addStretch(1)
    return card


def onward_card(theme: Theme, view: OnwardView, press: Callable[[], None]) -> QWidget:
    """Return the row 下一个环节; ``press`` is called by its button."""
    card = Card(theme)
    card.setObjectName("work_out_next")
    card.setAccessibleName(f"{view.title} {view.place} {view.detail}")
    row = QHBoxLayout(card)
    edge = 10 if theme.metrics.small else 16
    row.setContentsMargins(edge, edge - 4, edge, edge - 4)
    row.setSpacing(12)
    row.addWidget(Icon("ph.arrows-left-right", 22, theme.colour("hold")))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(_line(theme, "hint", "ink2", view.title))
    place = Text(theme, "body", "ink", wrap=True)
    place.setObjectName("work_out_next_place")
    place.show_words((Strong(view.place), f"　{view.detail}"))
    words.addWidget(place)
    row.addLayout(words, 1)
    button = NoticeButton(theme, view.button, "F6")
    button.setObjectName("work_out_next_button")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setEnabled(view.enabled)
    button.clicked.connect(press)
    row.addWidget(button)
    return card


class OutcomePanel(Panel):
    """The cards that are there, side by side; offline the result stands above them."""

    def __init__(self, theme: Theme, view: OutcomeView) -> None:
        super().__init__()
        self.setObjectName("work_out")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12 if not theme.metrics.small else 8)
        row = QHBoxLayout()
        column.addLayout(row)
        row.setSpacing(14 if not theme.metrics.small else 9)
        cards: list[tuple[QWidget, int]] = []
        first = [result_card(theme, view.result)] if view.result is not None else []
        narrow = theme.metrics.density == NARROW
        rating = RatingCard(theme, view.rating, faces=not narrow) if view.rating is not None else None
        if rating is not None and not narrow:
            first.append(rating)
        if view.journal is None and view.abilities is None:
            cards.extend((each, 1) for each in first)
        else:
            above = QHBoxLayout()
            above.setSpacing(row.spacing())
            column.insertLayout(0, above)
            for each in first:
                above.addWidget(each, 1)
        if view.journal is not None:
            cards.append((journal_card(theme, view.journal), 8))
        if view.abilities is not None:
            cards.append((abilities_card(theme, view.abilities), 7))
        for card, share in cards:
            row.addWidget(card, share)
        if rating is not None and narrow:
            column.insertWidget(1, rating)
        if view.onward is not None:
            column.addWidget(onward_card(theme, view.onward, lambda: self.intent.emit(Transfer())))
