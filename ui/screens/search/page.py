"""The search page: box, groups, hits, commands; the marked case stands in the right pane."""

from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.case_search import MAX_TYPED
from ui.desk_intents import (
    MoveCase,
    NextFilter,
    OpenCase,
    PickCase,
    ReprintCase,
    ReprintOriginal,
    RunCommand,
    SearchCases,
)
from ui.icons import Icon, paint_icon
from ui.intents import FaultOptionChosen
from ui.screens.page import Page
from ui.screens.search.detail import DetailPane
from ui.screens.search.hits import HitList, HitsHead
from ui.screens.search.view_model import ChipView, CommandView, SearchView
from ui.theme import Theme
from ui.widgets.keys import ENTER
from ui.widgets.parts import Card, KeyCap, Line, Text, scrolling

CHIP_HEIGHT = 32
COMMAND_HEIGHT = 40
TYPED_FROM = 70
"""Pixels before the first letter typed, and some air behind the last."""


class Chip(QAbstractButton):
    """A group with its count; filled while it is chosen."""

    def __init__(self, theme: Theme, index: int) -> None:
        super().__init__()
        self._theme = theme
        self._view = ChipView("", 0, on=False)
        self.setObjectName(f"search_group__{index}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(CHIP_HEIGHT)
        self.setFont(theme.font("second"))

    def show_chip(self, view: ChipView) -> None:
        """Show name and count."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(f"{view.name} {view.count}")
        text = self.fontMetrics().horizontalAdvance(f"{view.name}  {view.count}")
        self.setFixedWidth(text + (20 if self._theme.metrics.small else 30))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self._view.on
        painter.setPen(QPen(theme.colour("pri" if on else "line2"), 1))
        painter.setBrush(theme.colour("pri" if on else "surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme.colour("surface" if on else "ink2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), f"{self._view.name}  {self._view.count}")


class Command(QAbstractButton):
    """A command with the letters that call it."""

    def __init__(self, theme: Theme, view: CommandView) -> None:
        super().__init__()
        self._theme, self._view = theme, view
        self.setObjectName(f"search_command__{view.code}")
        self.setAccessibleName(f"{view.name} {view.code}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(COMMAND_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEnabled(view.enabled)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.setPen(QPen(theme.colour("line2" if self.isEnabled() else "line"), 1))
        painter.setBrush(theme.colour("surface2" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        ink = theme.colour("ink" if self.isEnabled() else "disabled")
        paint_icon(painter, self._view.icon, QRectF(12, (self.height() - 18) / 2, 18, 18), ink)
        painter.setPen(ink)
        painter.setFont(theme.font("second"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(40, 0, self.width() - 100, self.height()), middle, self._view.name)
        painter.setFont(theme.font("label", family="mono"))
        painter.setPen(theme.colour("ink3"))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(0, 0, self.width() - 12, self.height()), right, self._view.code)


class OmniBox(QLineEdit):
    """One line for everything: letters arrive raw, arrows and Enter belong to the hits."""

    def __init__(self, theme: Theme, page: "SearchPage") -> None:
        super().__init__()
        self._page = page
        self.setObjectName("search_box")
        self.setAccessibleName(self.tr("查询"))
        self.setProperty("kind", "entry")
        self.setMaxLength(MAX_TYPED)
        self.setTextMargins(34, 0, 0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._icon = Icon("ph.magnifying-glass", 22, theme.colour("pri"))
        self._icon.setParent(self)
        self._icon.move(14, 18)
        self._hint: Text | None = None

    def explain(self, hint: Text) -> None:
        """Say inside, at the right, what may be typed, as long as there is room for it beside what was typed."""
        self._hint = hint
        hint.setParent(self)
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._place_hint)

    def _place_hint(self) -> None:
        if self._hint is not None:
            size = self._hint.sizeHint()
            typed = self.fontMetrics().horizontalAdvance(self.text()) + TYPED_FROM
            self._hint.setGeometry(
                self.width() - size.width() - 14, (self.height() - size.height()) // 2, size.width(), size.height()
            )
            self._hint.setVisible(typed < self._hint.x())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._page.take_key(event):
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next_: bool) -> bool:
        self._page.intent.emit(NextFilter())
        return True


class SearchPage(Page):
    """Draws a ``SearchView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: SearchView | None = None
        self.setObjectName("search")
        metrics = theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics["edge_x"], metrics["edge_y"], metrics["edge_x"], metrics["edge_y"])
        column.setSpacing(metrics["gap"])
        column.addWidget(self._top())
        column.addWidget(self._middle(), 1)
        self._pane = DetailPane(theme)
        self._pane.intent.connect(self.intent)

    def _top(self) -> QWidget:
        theme = self._theme
        card = Card(theme)
        column = QVBoxLayout(card)
        edge = 14 if theme.metrics.small else 18
        column.setContentsMargins(edge, edge - 2, edge, edge - 4)
        column.setSpacing(10)
        self.box = OmniBox(theme, self)
        self.box.textEdited.connect(lambda text: self.intent.emit(SearchCases(text)))
        column.addWidget(self.box)
        inside = theme.metrics.density == "XL"
        hint = Text(theme, "hint" if inside else "label", "ink2", wrap=not inside)
        hint.show_text(
            self.tr("拼音首字母、受理编号、证件后四位、手机后四位、日期如 1113，空格隔开一起查；扫回执直接打开")
        )
        if inside:
            column.setContentsMargins(edge, edge - 1, edge, edge - 2)
            column.setSpacing(13)
            self.box.explain(hint)
        else:
            column.addWidget(hint)
        row = QHBoxLayout()
        row.setSpacing(6 if theme.metrics.small else 8)
        self._chips: list[Chip] = []
        self._chip_row = row
        row.addStretch(1)
        hints = (("↑↓", self.tr("选")), ("Enter", self.tr("打开")), ("Tab", self.tr("分类")))
        for key, name in hints if theme.metrics.density == "XL" else ():
            words = Text(theme, "hint", "ink2")
            words.show_text(name)
            row.addWidget(KeyCap(theme, key))
            row.addWidget(words)
        row.addWidget(KeyCap(theme, "Esc"))
        self._back = Text(theme, "hint", "ink2")
        row.addWidget(self._back)
        column.addLayout(row)
        return card

    def _middle(self) -> QWidget:
        theme = self._theme
        card = Card(theme)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 2)
        column.setSpacing(0)
        column.addWidget(HitsHead(theme))
        self._empty = Text(theme, "body", "ink3", wrap=True)
        self._empty.setObjectName("search_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(120)
        column.addWidget(self._empty, 1)
        self._list = HitList(theme)
        self._list.picked.connect(lambda index: self.intent.emit(PickCase(index)))
        self._area = scrolling(self._list)
        column.addWidget(self._area, 1)
        column.addWidget(Line(theme, "line"))
        foot = QVBoxLayout()
        edge = 14 if theme.metrics.small else 18
        foot.setContentsMargins(edge, 10, edge, 12)
        foot.setSpacing(8)
        title = Text(theme, "hint", "ink2")
        title.show_text(self.tr("也能在这里做"))
        foot.addWidget(title)
        self._command_row = QHBoxLayout()
        self._command_row.setSpacing(10)
        self._commands: dict[CommandView, Command] = {}
        foot.addLayout(self._command_row)
        column.addLayout(foot)
        return card

    @override
    def right(self) -> QWidget:
        return self._pane

    @override
    def show_view(self, view: SearchView) -> None:
        self._pane.show_view(view.detail)
        if view == self._view:
            return
        old, self._view = self._view, view
        if self.box.text() != view.typed:
            self.box.setText(view.typed)
        if not self._chips:
            for index in range(len(view.chips)):
                chip = Chip(self._theme, index)
                chip.clicked.connect(partial(self.intent.emit, NextFilter(index)))
                self._chip_row.insertWidget(index, chip)
                self._chips.append(chip)
        for chip, shown in zip(self._chips, view.chips, strict=True):
            chip.show_chip(shown)
        self._back.show_text(view.back)
        self._empty.show_text(view.empty)
        self._empty.setVisible(not view.hits and (bool(view.empty) or not view.far))
        self._area.setVisible(bool(view.hits) or bool(view.far))
        self._list.show_hits(view.hits, view.at)
        self._list.show_far(view.far, view.far_from)
        row = self._list.row(view.at)
        if row is not None:
            self._area.ensureWidgetVisible(row, 0, row.height())
        if old is None or old.commands != view.commands:
            self._show_commands(view.commands)

    def _show_commands(self, commands: tuple[CommandView, ...]) -> None:
        for known in [each for each in self._commands if each not in commands]:
            self._commands.pop(known).deleteLater()
        for index, each in enumerate(commands):
            if each not in self._commands:
                button = self._commands[each] = Command(self._theme, each)
                button.clicked.connect(partial(self.intent.emit, RunCommand(each.code)))
                self._command_row.insertWidget(index, button, 1)

    @override
    def first_focus(self) -> QWidget:
        return self._pane if self._view is not None and self._view.opened else self.box

    @override
    def choose(self, number: int) -> bool:
        detail = self._view.detail if self._view is not None else None
        if detail is not None and detail.fault is not None:
            if self._pane.fault.can_choose(number):
                self.intent.emit(FaultOptionChosen(number))
            return True
        if detail is None or not {1: detail.reprint, 2: detail.original}.get(number):
            return False
        self.intent.emit(ReprintCase() if number == 1 else ReprintOriginal())
        return True

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.intent.emit(MoveCase(1 if event.key() == Qt.Key.Key_Down else -1))
        elif event.key() in ENTER and not event.isAutoRepeat():
            self.intent.emit(OpenCase())
        else:
            return False
        return True
