"""The law library: a field to search in, the laws at the left, the marked law with its articles beside them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.catalogue.search import MAX_TYPED
from ui.screens.laws.intents import MoveLaw, PickLaw, SearchLaws
from ui.screens.laws.rows import LawList
from ui.screens.laws.view_model import LawDetailView, LawsView
from ui.screens.page import Page
from ui.theme import Theme
from ui.widgets.keys import ENTER
from ui.widgets.parts import Card, KeyCap, Line, TagLabel, Text, clear, put, scrolling

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
LABEL_WIDTH = 76


class LawBox(QLineEdit):
    """The field: letters arrive raw, arrows belong to the list, page keys to the text."""

    def __init__(self, page: "LawsPage") -> None:
        super().__init__()
        self._page = page
        self.setObjectName("laws_box")
        self.setAccessibleName(self.tr("查法规"))
        self.setProperty("kind", "entry")
        self.setPlaceholderText(self.tr("拼音首字母、名称、文号，或条文里的字"))
        self.setMaxLength(MAX_TYPED)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._page.take_key(event):
            super().keyPressEvent(event)


class LawsPage(Page):
    """Draws a ``LawsView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: LawsView | None = None
        self.setObjectName("laws")
        metrics = theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics["edge_x"], metrics["edge_y"], metrics["edge_x"], metrics["edge_y"])
        column.setSpacing(metrics["gap"])
        column.addWidget(self._top())
        row = QHBoxLayout()
        row.setSpacing(metrics["gap"])
        row.addWidget(self._left(), 2)
        row.addWidget(self._right(), 3)
        column.addLayout(row, 1)

    def _top(self) -> QWidget:
        card = Card(self._theme)
        column = QVBoxLayout(card)
        edge = 14 if self._theme.metrics.small else 18
        column.setContentsMargins(edge, edge - 2, edge, edge - 4)
        column.setSpacing(10)
        self.box = LawBox(self)
        self.box.textEdited.connect(lambda text: self.intent.emit(SearchLaws(text)))
        column.addWidget(self.box)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._title = Text(self._theme, "second", "ink2")
        row.addWidget(self._title)
        row.addStretch(1)
        self._back = Text(self._theme, "hint", "ink2")
        row.addWidget(KeyCap(self._theme, "Esc"))
        row.addWidget(self._back)
        column.addLayout(row)
        return card

    def _left(self) -> QWidget:
        card = Card(self._theme)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 2)
        self._empty = Text(self._theme, "body", "ink3", wrap=True)
        self._empty.setObjectName("laws_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._empty, 1)
        self._list = LawList(self._theme)
        self._list.picked.connect(lambda index: self.intent.emit(PickLaw(index)))
        self._area = scrolling(self._list)
        column.addWidget(self._area, 1)
        return card

    def _right(self) -> QWidget:
        card = Card(self._theme)
        outer = QVBoxLayout(card)
        outer.setContentsMargins(1, 1, 1, 2)
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        edge = 14 if self._theme.metrics.small else 22
        self._body.setContentsMargins(edge, edge - 4, edge, edge - 4)
        self._body.setSpacing(8)
        self._text: QScrollArea = scrolling(inside)
        self._text.setObjectName("laws_text")
        outer.addWidget(self._text)
        return card

    @override
    def show_view(self, view: LawsView) -> None:
        if view == self._view:
            return
        old, self._view = self._view, view
        if self.box.text() != view.typed:
            self.box.setText(view.typed)
        self._title.show_text(view.title)
        self._back.show_text(view.back)
        self._empty.show_text(view.empty)
        self._empty.setVisible(not view.rows)
        self._area.setVisible(bool(view.rows))
        self._list.show_rows(view.rows, view.at)
        row = self._list.row(view.at)
        if row is not None:
            self._area.ensureWidgetVisible(row, 0, row.height())
        if old is None or old.detail != view.detail:
            self._show_detail(view.detail)

    def _show_detail(self, view: LawDetailView | None) -> None:
        clear(self._body)
        self._text.verticalScrollBar().setValue(0)
        if view is None:
            self._body.addStretch(1)
            return
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        title = self._words(view.title, "title", "ink", bold=True)
        title.setObjectName("laws_title")
        row.addWidget(title, 1)
        tag = TagLabel(self._theme)
        tag.show_tag(view.tag)
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        put(self._body, head)
        for label, value in view.facts:
            put(self._body, self._fact(label, value))
        if view.gist:
            put(self._body, self._words(view.gist, "body", "ink"))
        put(self._body, Line(self._theme, "line"))
        for number, words in view.articles:
            put(self._body, self._words(number, "body", "ink", bold=True))
            put(self._body, self._words(words, "body", "ink"))
        if view.missing:
            missing = self._words(view.missing, "second", "warn")
            missing.setObjectName("laws_missing")
            put(self._body, missing)
        self._body.addStretch(1)

    def _words(self, words: str, role: str, ink: str, *, bold: bool = False) -> Text:
        label = Text(self._theme, role, ink, bold=bold, wrap=True)
        label.show_text(words)
        return label

    def _fact(self, label: str, value: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        name = self._words(label, "second", "ink2")
        name.setFixedWidth(LABEL_WIDTH)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words(value, "second", "ink"), 1)
        return holder

    @override
    def first_focus(self) -> QWidget:
        return self.box

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.intent.emit(MoveLaw(_STEPS[key]))
        elif key in _PAGES:
            bar = self._text.verticalScrollBar()
            bar.setValue(bar.value() + _PAGES[key] * bar.pageStep())
        else:
            return key in ENTER
        return True
