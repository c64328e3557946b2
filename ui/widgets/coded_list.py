"""A card with one painted row a code, under a title and a note on how to pick one."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.coded_row import CodedRow
from ui.widgets.parts import Card, Line, Text, scrolling, show_rows

EDGE = 16
"""Pixels beside title, note and rows."""


class Coded(Protocol):
    """What stands for one code."""

    @property
    def code(self) -> str:
        """Return the code."""
        ...


class ShownRow(CodedRow[Any]):
    """A row that shows a view of its own."""

    def show_view(self, view: Any) -> None:
        """Show what changed."""
        raise NotImplementedError


class CodedList(Card):
    """``pressed`` carries the code of the row that was clicked; ``row`` makes the row of a code."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, name: str, head: tuple[str, str], row: Callable[[Theme, str], ShownRow]) -> None:
        super().__init__(theme)
        self.setObjectName(name)
        self._row = row
        title, note = Text(theme, "title", "ink", bold=True), Text(theme, "hint", "ink3")
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        self._kept: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 3)
        column.setSpacing(3)
        for words, said in zip((title, note), head, strict=True):
            words.show_text(said)
            words.setContentsMargins(EDGE, 0, EDGE, 0)
            column.addWidget(words)
        column.addSpacing(6)
        column.addWidget(Line(theme))
        column.addWidget(scrolling(inside), 1)

    def show_views(self, views: Iterable[Coded]) -> None:
        """Show one row a view."""
        wanted = {each.code: each for each in views}
        show_rows(self._rows, self._kept, list(wanted), self._make)
        for code, view in wanted.items():
            row = self._kept[code]
            assert isinstance(row, ShownRow)
            row.show_view(view)

    def _make(self, code: str) -> QWidget:
        row = self._row(self.theme, code)
        row.pressed.connect(self.pressed)
        return row
