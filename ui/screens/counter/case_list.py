"""The clerk's own cases with their due clocks (我手上的件)."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.counter.view_model import CaseRowView, FootFact, IdleView
from ui.theme import Theme
from ui.widgets.due_clock import DueClock
from ui.widgets.parts import Card, Line, TagLabel, Text, clear, put, scrolling, show_rows
from ui.widgets.views import DueLevel

SHARES = (24, 0, 28, 10, 20, 14)
"""How the columns share the width; that of the case number is as wide as a number, which is never cut."""
NUMBER_COLUMN = 1
LONGEST_NUMBER = "8888-8888-88888888-8888-8"
DUE_TONE = {DueLevel.RED: "err", DueLevel.YELLOW: "warn"}


class CaseRow(QWidget):
    """One case; columns in fixed shares so that rows line up."""

    def __init__(self, theme: Theme, view: CaseRowView) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(f"work_case_row__{view.number}")
        self.setAccessibleName(f"{view.due_text} {view.number} {view.item} {view.state}")
        self.setFixedHeight(theme.metrics["table_row"])
        grid = _grid(self, theme)
        due = QHBoxLayout()
        due.setSpacing(8)
        clock = DueClock(theme, 22)
        clock.show_due(view.due)
        due.addWidget(clock)
        level = view.due.level if view.due is not None else DueLevel.EASY
        due.addWidget(_text(theme, view.due_text, DUE_TONE.get(level, "ink"), bold=level in DUE_TONE), 1)
        grid.addLayout(due, 0, 0)
        grid.addWidget(_text(theme, view.number, "ink", family="mono", role=_number_role(theme)), 0, NUMBER_COLUMN)
        grid.addWidget(_text(theme, view.item, "ink"), 0, 2)
        grid.addWidget(_text(theme, view.applicant, "ink"), 0, 3)
        grid.addWidget(_text(theme, view.state, "ink2"), 0, 4)
        grid.addWidget(_text(theme, view.next_step, "ink2", right=True), 0, 5)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("hair"))


def _grid(holder: QWidget, theme: Theme) -> QGridLayout:
    grid = QGridLayout(holder)
    edge = 14 if theme.metrics.small else 20
    grid.setContentsMargins(edge, 0, edge, 0)
    grid.setHorizontalSpacing(8)
    for column, share in enumerate(SHARES):
        grid.setColumnStretch(column, share)
        grid.setColumnMinimumWidth(column, 20)
    number = QFontMetrics(theme.font(_number_role(theme), family="mono")).horizontalAdvance(LONGEST_NUMBER)
    grid.setColumnMinimumWidth(NUMBER_COLUMN, number + 8)
    return grid


def _number_role(theme: Theme) -> str:
    return "label" if theme.metrics.small else "second"


def _text(
    theme: Theme,
    text: str,
    tone: str,
    *,
    bold: bool = False,
    family: str = "ui",
    right: bool = False,
    role: str = "second",
) -> Text:
    # A number is never broken; words go on in a second line.
    label = Text(theme, role, tone, bold=bold, family=family, wrap=family == "ui")
    label.show_text(text)
    label.setMinimumWidth(1)
    if right:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


class CaseList(Card):
    """Title, head, rows, and facts in columns at the foot."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("work_cases")
        self.setAccessibleName(self.tr("我手上的件"))
        # The keyboard rests here while nobody is served; there is nothing to mark.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)  # noqa: FBT003 -- Qt's own signature
        self._shown: tuple[object, ...] = ()
        self._facts_shown: tuple[FootFact, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 2)
        column.setSpacing(0)
        self._title = QHBoxLayout()
        edge = 14 if theme.metrics.small else 18
        self._title.setContentsMargins(edge, 11, edge, 11)
        self._title.setSpacing(10)
        column.addLayout(self._title)
        column.addWidget(self._head())
        column.addWidget(self._scrolling(), 1)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(0)
        column.addLayout(self._facts)

    def _head(self) -> QWidget:
        head = TableHead(self.theme)
        grid = _grid(head, self.theme)
        titles = (
            self.tr("时限"),
            self.tr("受理编号"),
            self.tr("事项"),
            self.tr("申请人"),
            self.tr("状态"),
            self.tr("下一步"),
        )
        for column, title in enumerate(titles):
            last = column == len(titles) - 1
            grid.addWidget(_text(self.theme, title, "ink3", right=last, role="label"), 0, column)
        return head

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._kept: dict[CaseRowView, QWidget] = {}
        self._empty = _text(self.theme, "", "ink3", role="body")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(120)
        self._rows.addWidget(self._empty)
        self._rows.addStretch(1)
        return scrolling(inside)

    def show_view(self, view: IdleView) -> None:
        """Show what changed."""
        shown = (view.title, view.tags, view.detail, view.cases, view.empty, view.facts)
        if shown == self._shown:
            return
        self._shown = shown
        self._show_title(view)
        show_rows(self._rows, self._kept, view.cases, partial(CaseRow, self.theme))
        self._empty.show_text(view.empty)
        self._empty.setVisible(not view.cases)
        if view.facts != self._facts_shown:
            self._facts_shown = view.facts
            self._show_facts(view.facts)

    def _show_title(self, view: IdleView) -> None:
        clear(self._title)
        title = Text(self.theme, "title", "ink", bold=True)
        title.show_text(view.title)
        put(self._title, title)
        for each in view.tags:
            tag = TagLabel(self.theme)
            tag.show_tag(each)
            put(self._title, tag)
        detail = Text(self.theme, "second", "ink2")
        detail.show_text(view.detail)
        put(self._title, detail)
        self._title.addStretch(1)

    def _show_facts(self, facts: tuple[FootFact, ...]) -> None:
        clear(self._facts)
        for index, fact in enumerate(facts):
            if index:
                put(self._facts, Line(self.theme, "line", standing=True))
            put(self._facts, FactCell(self.theme, fact), 1)


class TableHead(QWidget):
    """The grey head of a table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(28 if theme.metrics.small else 35)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface2"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("hair"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


class FactCell(QWidget):
    """A label over a value, under a hairline."""

    def __init__(self, theme: Theme, fact: FootFact) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        edge = 14 if theme.metrics.small else 18
        across = 8 if theme.metrics.small else 16
        column.setContentsMargins(edge, across, edge, across)
        column.setSpacing(1)
        column.addWidget(_text(theme, fact.label, "ink3", role="hint"))
        value = Text(theme, "second" if theme.metrics.small else "body", "ink", wrap=True)
        value.show_words(fact.value)
        column.addWidget(value)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
