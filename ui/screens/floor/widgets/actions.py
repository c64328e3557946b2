"""要处理: what the floor manager has to see to, each under its digit; below it what is due today and what was done."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.screens.floor.view_model import ActionView, FloorView, LineView
from ui.theme import Theme
from ui.widgets.kept import Kept
from ui.widgets.parts import TONE_INK, Card, Line, TagLabel, Text, cap_width, paint_cap, scrolling, show_rows
from ui.widgets.views import Tag, Tone

_STRIPE = {Tone.ERR: "err", Tone.WARN: "yellow", Tone.PRI: "priL"}


class ActionItem(QWidget):
    """One alarm; a click is its digit."""

    pressed = Signal(int)

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self.setObjectName(f"mgr_alert__{number}")
        self._theme, self._number = theme, number
        self._view: ActionView | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_view(self, view: ActionView) -> None:
        """Show what changed."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(f"{view.number} {view.title}。{view.detail}。{view.button}")
            self.updateGeometry()
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._number)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return round(self._detail_box(width).bottom()) + 54

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, self.heightForWidth(self.width() or 260))

    def _detail_box(self, width: int) -> QRectF:
        """Return where the detail goes: as many lines as it takes."""
        words = self._view.detail if self._view is not None else ""
        metrics = QFontMetrics(self._theme.font("hint"))
        room = QRectF(46, 36, width - 62, 200)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        height = metrics.boundingRect(room.toRect(), flags, words).height()
        return QRectF(room.left(), room.top(), room.width(), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hair"))
        painter.fillRect(0, 0, 4, self.height() - 1, theme.colour(_STRIPE.get(view.tone, "offL")))
        paint_icon(painter, view.icon, QRectF(18, 13, 20, 20), theme.colour(TONE_INK[view.tone]))
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour("ink"))
        metrics = QFontMetrics(theme.font("body", bold=True))
        room = QRectF(46, 11, self.width() - 62, 24)
        title = metrics.elidedText(view.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), title)
        detail = self._detail_box(self.width())
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(detail, int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere), view.detail)
        self._button(painter, view, detail.bottom() + 10)

    def _button(self, painter: QPainter, view: ActionView, top: float) -> None:
        theme = self._theme
        font = theme.font("second", bold=view.primary)
        width = QFontMetrics(font).horizontalAdvance(view.button) + 26
        box = QRectF(46.5, top, width, 32)
        painter.setPen(QPen(theme.colour("pri" if view.primary else "line2"), 1))
        painter.setBrush(theme.colour("pri" if view.primary else "surface"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(font)
        painter.setPen(theme.colour("surface" if view.primary else "ink"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), view.button)
        key = theme.font("key", bold=True, family="number")
        painter.setFont(key)
        cap = cap_width(QFontMetrics(key).horizontalAdvance(str(view.number)))
        paint_cap(painter, theme, QRectF(box.right() + 8, top + 4, cap, 24), str(view.number))


class SmallLine(QWidget):
    """A line of the lower lists."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = LineView("")
        self.setFixedHeight(22 if theme.metrics.small else 26)

    def show_view(self, view: LineView) -> None:
        """Show what changed."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(f"{view.text} {view.right}".strip())
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setFont(theme.font("hint"))
        metrics = QFontMetrics(theme.font("hint"))
        right = metrics.horizontalAdvance(self._view.right)
        painter.setPen(theme.colour("ink3"))
        painter.drawText(
            self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._view.right
        )
        painter.setPen(theme.colour("ink2"))
        room = self.width() - right - (10 if right else 0)
        words = metrics.elidedText(self._view.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), words)


class ActionPanel(Card):
    """The right column."""

    pressed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("mgr_actions")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(self._head(theme))
        column.addWidget(Line(theme))
        inside = QWidget()
        self._items = QVBoxLayout(inside)
        self._items.setContentsMargins(0, 0, 0, 0)
        self._items.setSpacing(0)
        self._none = Text(theme, "second", "ink3")
        self._none.setContentsMargins(18, 14, 18, 0)
        self._more = Text(theme, "hint", "ink3")
        self._more.setContentsMargins(18, 8, 18, 8)
        self._items.addWidget(self._none)
        self._items.addWidget(self._more)
        self._items.addStretch(1)
        self._kept: dict[int, QWidget] = {}
        column.addWidget(scrolling(inside), 1)
        self._due = self._list(column, self.tr("今天要到期的件"))
        self._handled = self._list(column, self.tr("今天处理过"))

    def _head(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(8)
        title = Text(theme, "title", "ink", bold=True)
        title.show_text(self.tr("要处理"))
        row.addWidget(title)
        self._red, self._yellow = TagLabel(theme), TagLabel(theme)
        row.addWidget(self._red)
        row.addWidget(self._yellow)
        row.addStretch(1)
        hint = Text(theme, "hint", "ink3")
        hint.show_text(self.tr("按数字直接处理"))
        row.addWidget(hint)
        return row

    def _list(self, column: QVBoxLayout, title: str) -> tuple[Text, Kept[SmallLine]]:
        """Add a titled list to the foot; return its note and its lines."""
        theme = self.theme
        column.addWidget(Line(theme))
        box = QVBoxLayout()
        box.setContentsMargins(18, 9, 18, 9)
        box.setSpacing(3)
        head = QHBoxLayout()
        name = Text(theme, "hint", "ink", bold=True)
        name.show_text(title)
        note = Text(theme, "hint", "ink3")
        head.addWidget(name)
        head.addStretch(1)
        head.addWidget(note)
        box.addLayout(head)
        lines = Kept(0, lambda: SmallLine(theme), standing=True)
        box.addWidget(lines)
        column.addLayout(box)
        return note, lines

    def show_view(self, view: FloorView) -> None:
        """Show what changed."""
        red = sum(each.tone is Tone.ERR for each in view.actions)
        yellow = sum(each.tone is Tone.WARN for each in view.actions)
        self._red.show_tag(Tag(str(red), Tone.ERR) if red else None)
        self._yellow.show_tag(Tag(str(yellow), Tone.WARN) if yellow else None)
        show_rows(self._items, self._kept, [each.number for each in view.actions], self._make)
        for action in view.actions:
            item = self._kept[action.number]
            assert isinstance(item, ActionItem)
            item.show_view(action)
        self._none.setVisible(not view.actions)
        self._none.show_text(self.tr("现在没有要处理的事") if not view.grey else self.tr("连上就更新"))
        self._more.setVisible(view.more > 0)
        self._more.show_text(self.tr("还有 {n} 项，前面的处理完就上来").format(n=view.more))
        for (note, lines), shown, words in (
            (self._due, view.due, view.due_note),
            (self._handled, view.handled, view.handled_note),
        ):
            note.show_text(words)
            lines.show_each(shown, lambda part, line: part.show_view(line))

    def _make(self, number: int) -> QWidget:
        item = ActionItem(self.theme, number)
        item.pressed.connect(self.pressed)
        return item
