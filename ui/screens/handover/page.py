"""The handover page: who takes over, what is not done, what is counted; the sheet stands in the right pane."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.handover import MAX_NOTE
from ui.desk_intents import ChooseHeir, ConfirmHeir, CountStock, ExplainEntry, GiveEntry, GiveRest, MoveEntry, SayEntry
from ui.icons import Icon
from ui.screens.handover.entries import SHARES, TITLES, EntryList, shared_row
from ui.screens.handover.view_model import HandoverView
from ui.screens.page import Page
from ui.screens.search.hits import HitsHead
from ui.theme import Theme
from ui.widgets.keys import ENTER, digit
from ui.widgets.parts import Card, KeyCap, Line, TagLabel, Text, scrolling


class HeirBox(QComboBox):
    """Who takes over; Enter goes on to the list, plus gives everything away."""

    def __init__(self, page: "HandoverPage") -> None:
        super().__init__()
        self._page = page
        self.setObjectName("hand_proxy")
        self.setAccessibleName(self.tr("交给谁"))
        self.activated.connect(lambda index: page.intent.emit(ChooseHeir(index)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.isAutoRepeat():
            self._page.intent.emit(ConfirmHeir())
        elif event.text() == "+":
            self._page.intent.emit(GiveRest())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._page.intent.emit(ChooseHeir(max(0, min(self.currentIndex() + step, self.count() - 1))))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class HandoverPage(Page):
    """Draws a ``HandoverView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: HandoverView | None = None
        self.setObjectName("hand")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)  # noqa: FBT003 -- Qt's own signature
        metrics = theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics["edge_x"], metrics["edge_y"], metrics["edge_x"], metrics["edge_y"])
        column.setSpacing(metrics["gap"])
        column.addWidget(self._top())
        column.addWidget(self._middle(), 1)
        column.addWidget(self._warning())

    def _top(self) -> QWidget:
        theme = self._theme
        card = Card(theme)
        grid = QGridLayout(card)
        edge = 12 if theme.metrics.small else 20
        grid.setContentsMargins(edge, 8, edge, 9)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        title = Text(theme, "name", "ink", bold=True)
        title.show_text(self.tr("交班"))
        self._who = Text(theme, "hint", "ink2")
        grid.addWidget(title, 0, 0)
        grid.addWidget(self._who, 1, 0)
        self.heir = HeirBox(self)
        self._begins, self._ends = QLineEdit(), QLineEdit()
        labels = (self.tr("交给谁"), self.tr("从什么时候"), self.tr("到什么时候"))
        for place, (label, field) in enumerate(
            zip(labels, (self.heir, self._begins, self._ends), strict=True), start=1
        ):
            words = Text(theme, "label", "ink2")
            words.show_text(label)
            grid.addWidget(words, 0, place)
            field.setMinimumWidth(1)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 3 if place == 1 else 2)
        for field in (self._begins, self._ends):
            field.setReadOnly(True)
            field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.setColumnStretch(0, 2)
        return card

    def _middle(self) -> QWidget:
        theme = self._theme
        card = Card(theme)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 2)
        column.setSpacing(0)
        column.addLayout(self._head())
        heads = HandoverHead(theme)
        row = shared_row(heads, theme)
        for title, share in zip(TITLES, SHARES, strict=True):
            words = Text(theme, "label", "ink3")
            words.show_text(title)
            words.setMinimumWidth(1)
            row.addWidget(words, share)
        column.addWidget(heads)
        self._empty = Text(theme, "body", "ink3")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(100)
        column.addWidget(self._empty)
        self.list = EntryList(theme)
        self.list.given.connect(self._give)
        self.list.said.connect(lambda row, text: self.intent.emit(SayEntry(row, text)))
        self._area = scrolling(self.list)
        column.addWidget(self._area, 1)
        column.addWidget(Line(theme, "line"))
        column.addLayout(self._stock_row())
        return card

    def _give(self, row: int, owner: int) -> None:
        if owner >= 0:
            self.intent.emit(GiveEntry(owner, row))
        self.setFocus()

    def _head(self) -> QHBoxLayout:
        theme = self._theme
        head = QHBoxLayout()
        edge = 12 if theme.metrics.small else 18
        above = 10 if theme.metrics.small else 13
        head.setContentsMargins(edge, above, edge, above)
        head.setSpacing(8)
        title = Text(theme, "title", "ink", bold=True)
        title.show_text(self.tr("没办完的件，每件都要有着落"))
        self._progress = TagLabel(theme)
        head.addWidget(title)
        head.addWidget(self._progress)
        head.addStretch(1)
        self._all = Text(theme, "hint", "ink2")
        hints = [("+", self._all)]
        if not theme.metrics.small:
            hints += [("1–9", self._hint(self.tr("选人"))), ("Tab", self._hint(self.tr("写交代")))]
        for key, words in hints:
            head.addWidget(KeyCap(theme, key))
            head.addWidget(words)
        return head

    def _hint(self, text: str) -> Text:
        words = Text(self._theme, "hint", "ink2")
        words.show_text(text)
        return words

    def _stock_row(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        edge = 12 if theme.metrics.small else 18
        row.setContentsMargins(edge, 8, edge, 10)
        row.setSpacing(10)
        self.stock: dict[str, QLineEdit] = {}
        self._stock_labels: dict[str, Text] = {}
        for name in ("originals", "seals", "blanks", "devices"):
            cell = QVBoxLayout()
            cell.setSpacing(2)
            label = self._stock_labels[name] = Text(theme, "label", "ink2")
            field = self.stock[name] = QLineEdit()
            field.setObjectName(f"hand_stock__{name}")
            field.setMaxLength(MAX_NOTE)
            field.setMinimumWidth(1)
            field.setPlaceholderText(self.tr("无"))
            field.textEdited.connect(lambda text, name=name: self.intent.emit(CountStock(name, text)))
            cell.addWidget(label)
            cell.addWidget(field)
            row.addLayout(cell, 2 if name == "devices" else 1)  # this one begins filled with what was found
        self._facts = Text(theme, "hint", "ink2", wrap=True)
        row.addWidget(self._facts, 1)
        return row

    def _warning(self) -> QWidget:
        theme = self._theme
        self._blocked = Card(theme)
        self._blocked.set_colours("warnT", "warnL")
        row = QHBoxLayout(self._blocked)
        row.setContentsMargins(14, 9, 14, 10)
        row.setSpacing(10)
        row.addWidget(Icon("ph.warning", 18, theme.colour("noteWarn")))
        self._blocked_text = Text(theme, "second", "note_warn", wrap=True)
        self._blocked_text.setObjectName("hand_blocked")
        row.addWidget(self._blocked_text, 1)
        return self._blocked

    @override
    def show_view(self, view: HandoverView) -> None:
        if view == self._view:
            return
        old, self._view = self._view, view
        self._who.show_text(view.who)
        if old is None or old.heirs != view.heirs:
            self.heir.clear()
            self.heir.addItems(list(view.heirs))
        self.heir.setCurrentIndex(view.heir)
        self._begins.setText(view.begins)
        self._ends.setText(view.ends)
        self._progress.show_tag(view.progress)
        self._all.show_text(f"全部交给{view.owners[0]}" if view.owners else "")
        self.list.show_entries(view.entries, view.owners, view.at if view.settled else -1)
        self._area.setVisible(bool(view.entries))
        self._empty.setVisible(not view.entries)
        self._empty.show_text(view.empty)
        if view.settled and view.at < len(self.list.rows):
            self._area.ensureWidgetVisible(self.list.rows[view.at], 0, 20)
        for name, label, text in view.stock:
            self._stock_labels[name].show_text(label)
            if self.stock[name].text() != text:
                self.stock[name].setText(text)
                # A long line is read from its beginning.
                self.stock[name].setCursorPosition(0)
        self._facts.show_text("　".join(f"{label} {value}" for label, value in view.facts))
        words = view.message or view.blocked
        self._blocked.setVisible(bool(words))
        self._blocked_text.show_text(words)

    @override
    def first_focus(self) -> QWidget:
        return self if self._view is not None and self._view.settled else self.heir

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            event.ignore()

    @override
    def focusNextPrevChild(self, next_: bool) -> bool:
        if next_ and self.hasFocus() and self._view is not None and self._view.at < len(self.list.rows):
            self.list.rows[self._view.at].note.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(next_)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        """Arrows, digits and plus in the list; Enter in a sentence goes back to it."""
        focused = self.focusWidget()
        if isinstance(focused, QLineEdit) and focused.hasFocus():
            if event.key() in ENTER:
                self.setFocus()
                return True
            return False
        number = digit(event) if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down) else None
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.intent.emit(MoveEntry(1 if event.key() == Qt.Key.Key_Down else -1))
        elif event.text() == "+" and not event.isAutoRepeat():
            self.intent.emit(GiveRest())
        elif event.text() == "/" and not event.isAutoRepeat():
            self.intent.emit(ExplainEntry())
        elif number is not None and not event.isAutoRepeat():
            self.intent.emit(GiveEntry(number - 1))
        else:
            return False
        return True


class HandoverHead(HitsHead):
    """The same grey head, with words of its own over it."""

    @override
    def titles(self) -> tuple[str, ...]:
        return ()
