"""Section 1 open: a search line over the items; letters search, a digit takes one, Enter the marked one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.catalogue.search import MAX_TYPED
from ui.icons import paint_icon
from ui.intents import ConfirmItem, MoveHit, SearchItems, TakeHit
from ui.theme import Theme
from ui.widgets.keys import ENTER, MOVES, digit, is_plain
from ui.widgets.option_grid import OptionGrid
from ui.widgets.panel import Panel
from ui.widgets.parts import Text, let_go
from ui.widgets.work_views import ItemsView


class SearchLine(QWidget):
    """Shows what was typed; it takes no focus and no input method: the panel gets every letter raw."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._typed = theme, ""
        self.setObjectName("work_item_search")
        self.setAccessibleName(self.tr("拼音找事项"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def typed(self) -> str:
        """What it shows."""
        return self._typed

    def show_typed(self, typed: str) -> None:
        """Show other letters."""
        if typed != self._typed:
            self._typed = typed
            self.setAccessibleDescription(typed)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self._theme.metrics["input"] + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("pri" if self._typed else "line2"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        middle = self.height() / 2
        paint_icon(painter, "ph.magnifying-glass", QRectF(12, middle - 9, 18, 18), theme.colour("ink3"))
        words = self._typed or self.tr("按拼音首字母找事项，例如 gtgs")
        painter.setFont(theme.font("body", bold=bool(self._typed)))
        painter.setPen(theme.colour("ink" if self._typed else "ink3"))
        box = QRectF(40, 0, self.width() - 52, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if self._typed:
            end = box.left() + QFontMetricsF(painter.font()).horizontalAdvance(words) + 2
            painter.fillRect(QRectF(end, middle - 9, 1.5, 18), theme.colour("pri"))


class ItemPanel(Panel):
    """The items a ticket may mean, or the hits of a search."""

    def __init__(self, theme: Theme, view: ItemsView) -> None:
        super().__init__()
        self.setObjectName("work_item_list")
        self._theme, self._view = theme, view
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.setSpacing(theme.metrics["gap"])
        self._line = SearchLine(theme)
        self._column.addWidget(self._line)
        self._note = Text(theme, "second", "ink2")
        self._note.setObjectName("work_item_note")
        self._column.addWidget(self._note)
        self._grid = self._make_grid(view)
        self._show(view)

    @override
    def can_show(self, body: object) -> bool:
        """Whether it is a list of items: only the tiles are made anew."""
        return isinstance(body, ItemsView)

    @override
    def show_view(self, body: ItemsView) -> None:
        """Show other items or hits."""
        old, self._view = self._view, body
        if old.options != body.options:
            self._column.removeWidget(self._grid)
            let_go(self._grid)
            self._grid = self._make_grid(body)
        self._show(body)

    def _make_grid(self, view: ItemsView) -> OptionGrid:
        grid = OptionGrid(self._theme, view.options, answer=None, live=True)
        grid.chosen.connect(self._take)
        self._column.addWidget(grid)
        return grid

    def _show(self, view: ItemsView) -> None:
        self._line.show_typed(view.typed)
        self._note.show_text(view.note)
        self._note.setVisible(bool(view.note))
        self._grid.setVisible(bool(view.options))

    def _take(self, index: int) -> None:
        self.intent.emit(TakeHit(index) if self._view.typed else ConfirmItem(index))

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if not is_plain(event):
            return False
        if event.key() in ENTER:
            return self._take_number(self._marked())
        number = digit(event)
        if number is not None:
            return self._take_number(number)
        if self._view.typed and event.key() in MOVES:
            self.intent.emit(MoveHit(1 if event.key() == Qt.Key.Key_Down else -1))
            return True
        return self._search(event)

    def _search(self, event: QKeyEvent) -> bool:
        typed = self._view.typed
        if event.key() == Qt.Key.Key_Backspace and typed:
            self.intent.emit(SearchItems(typed[:-1]))
            return True
        if not (event.text().isascii() and event.text().isalpha()):
            return False
        if len(typed) < MAX_TYPED:
            self.intent.emit(SearchItems(typed + event.text()))
        return True

    def _marked(self) -> int:
        """Return the number, from 1, of the option that Enter takes."""
        return next((n for n, each in enumerate(self._view.options, 1) if each.suggested), 1)

    def _take_number(self, number: int) -> bool:
        options = self._view.options
        if number > len(options) or not options[number - 1].enabled:
            return False
        self._take(number - 1)
        return True
