"""要补 N 件: the materials that are missing or faulty, each with its published reasons and a line for own words."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.intents import ChooseReason, TurnReason, WriteReason
from ui.theme import Theme
from ui.widgets.keys import ENTER, is_plain
from ui.widgets.parts import KeyCap, TagLabel, Text
from ui.widgets.views import Tag, Tone
from ui.widgets.work_views import ShortView

MOST_TYPED = 200
"""Characters of own words about one material."""
NAME_STRETCH = 100
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ReasonChips(QWidget):
    """The reasons as chips that wrap; a click gives ``chosen`` with the place of the reason, from 0."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reasons: tuple[str, ...] = ()
        self._at = 0
        self.setFont(theme.font("second"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_reasons(self, reasons: tuple[str, ...], at: int) -> None:
        """Show which reason is chosen."""
        if (reasons, at) != (self._reasons, self._at):
            self._reasons, self._at = reasons, at
            self.setAccessibleName(self.tr("原因：") + reasons[at])
            self.updateGeometry()
            self.update()

    def _boxes(self, width: int) -> list[QRectF]:
        """Return where each chip stands, from the left and wrapping."""
        high, gap = self._theme.metrics["segment"] - 4, 8
        left = top = 0.0
        boxes = []
        for at, reason in enumerate(self._reasons):
            wide = min(width, self.fontMetrics().horizontalAdvance(reason) + 24 + (19 if at == self._at else 0))
            if left and left + wide > width:
                left, top = 0.0, top + high + 6
            boxes.append(QRectF(left + 0.5, top + 0.5, wide - 1, high - 1))
            left += wide + gap
        return boxes

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes(width)
        return round(boxes[-1].bottom() + 1) if boxes else 0

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for at, box in enumerate(self._boxes(self.width())):
            if box.contains(event.position()):
                self.chosen.emit(at)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (box, reason) in enumerate(zip(self._boxes(self.width()), self._reasons, strict=True)):
            chosen = at == self._at
            painter.setPen(QPen(self._theme.colour("pri" if chosen else "line2"), 1.6 if chosen else 1))
            painter.setBrush(self._theme.colour("priT" if chosen else "surface"))
            painter.drawRoundedRect(box, 6, 6)
            painter.setFont(self._theme.font("second", bold=chosen))
            painter.setPen(self._theme.colour("pri" if chosen else "ink2"))
            words = QRectF(box).adjusted(12, 0, -8, 0)
            if chosen:
                tick = QRectF(box.left() + 11, box.center().y() - 7.5, 15, 15)
                paint_icon(painter, "ph.check", tick, self._theme.colour("pri"))
                words.setLeft(box.left() + 31)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), reason)


class ShortBlock(QWidget):
    """One material that is short. It has the focus itself: arrows turn the reason, Tab goes to the own words."""

    intent = Signal(object)

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self.number = theme, number
        self._view: ShortView | None = None
        self.setObjectName(f"work_mat_short__{number}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        edge = theme.metrics["gap"]
        column.setContentsMargins(edge, 8, edge, 10)
        column.setSpacing(6)
        column.addLayout(self._heading())
        inside = QVBoxLayout()
        inside.setContentsMargins(theme.metrics["col_key"] - edge, 0, 0, 0)
        inside.setSpacing(6)
        self._chips = ReasonChips(theme)
        self._chips.setObjectName(f"work_mat_reasons__{number}")
        self._chips.chosen.connect(lambda at: self.intent.emit(ChooseReason(self.number - 1, at)))
        inside.addWidget(self._chips)
        inside.addLayout(self._wording())
        column.addLayout(inside)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(KeyCap(self._theme, str(self.number)), 0, Qt.AlignmentFlag.AlignTop)
        self._name = Text(self._theme, "material", "ink", bold=True, wrap=True)
        self._name.setObjectName(f"work_mat_short_name__{self.number}")
        row.addWidget(self._name, NAME_STRETCH)
        self._tag = TagLabel(self._theme)
        row.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        row.addSpacing(4)
        row.addWidget(KeyCap(self._theme, "← →"), 0, Qt.AlignmentFlag.AlignTop)
        turn = Text(self._theme, "hint", "ink3")
        turn.show_text(self.tr("换原因"))
        row.addWidget(turn, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _wording(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._label = Text(self._theme, "hint", "ink2")
        row.addWidget(self._label)
        self.words = QLineEdit()
        self.words.setObjectName(f"work_mat_words__{self.number}")
        self.words.setFont(self._theme.font("body"))
        self.words.setMaxLength(MOST_TYPED)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words.textEdited.connect(lambda text: self.intent.emit(WriteReason(self.number - 1, text)))
        self.words.installEventFilter(self)
        row.addWidget(self.words, 1)
        return row

    def show_view(self, view: ShortView) -> None:
        """Show what changed; what is being typed is not overwritten."""
        if view == self._view:
            return
        self._view = view
        self._name.show_text(view.name)
        # No wider than its words, so that the verdict stands behind them; a long name wraps.
        self._name.setMaximumWidth(self._name.fontMetrics().horizontalAdvance(view.name) + 4)
        self._tag.show_tag(Tag(view.verdict, Tone.ERR))
        self._chips.show_reasons(view.reasons, view.chosen)
        self._label.show_text(self.tr("哪里不对") if view.own else self.tr("怎么补"))
        if not self.words.hasFocus():
            self.words.setText(view.words)
            self.words.setCursorPosition(0)
        self.words.setAccessibleName(f"{view.name}，{self._label.text()}")
        self.setAccessibleName(f"{self.number} {view.name}，{view.verdict}，{view.reasons[view.chosen]}")
        self.setProperty("state", view.verdict)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes to the own words of this material, and from there on as everywhere."""
        if next and self.hasFocus():
            self.words.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(next)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS and is_plain(event) and not event.isAutoRepeat():
            self.intent.emit(TurnReason(self.number - 1, STEPS[Qt.Key(event.key())]))
        elif event.key() in ENTER and self.words.hasFocus():
            # A line edit lets its own Enter through: the words are done, the verdict stays.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """A published remedy is replaced by what is typed, not mended letter by letter."""
        if watched is self.words and isinstance(event, QFocusEvent):
            if event.gotFocus() and self._view is not None and not self._view.own:
                self.words.selectAll()
            elif event.lostFocus() and self._view is not None and self.words.text() != self._view.words:
                self.words.setText(self._view.words)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), self._theme.colour("rowFocus"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("errL"))


class ShortGroup(QWidget):
    """The frame around all that is short, with what becomes of it."""

    intent = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("work_mat_shorts")
        self._column = QVBoxLayout(self)
        self._gap = theme.metrics["gap"]
        self._column.setContentsMargins(1, 1 + self._gap, 1, 2)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        edge = theme.metrics["gap"]
        head.setContentsMargins(edge, 8, edge, 8)
        head.setSpacing(8)
        self._count = Text(theme, "body", "err", bold=True)
        self._count.setObjectName("work_mat_shorts_count")
        self._note = Text(theme, "hint", "ink2", wrap=True)
        self._note.setObjectName("work_mat_shorts_note")
        head.addWidget(self._count)
        head.addWidget(self._note, 1)
        self._column.addLayout(head)
        self._blocks: dict[int, ShortBlock] = {}

    def block(self, row: int) -> ShortBlock | None:
        """Return the block of a material row, from 0, while it is short."""
        found = self._blocks.get(row)
        return found if found is not None and not found.isHidden() else None

    def show_shorts(self, shorts: tuple[ShortView, ...], note: str) -> None:
        """Show one block for each short line, in published order."""
        self._count.show_text(self.tr("要补 {0} 件").format(len(shorts)))
        self._note.show_text(note)
        for view in shorts:
            if view.row not in self._blocks:
                self._add(view.row)
            self._blocks[view.row].show_view(view)
        shown = {view.row for view in shorts}
        for row, block in self._blocks.items():
            block.setVisible(row in shown)
        self.setVisible(bool(shorts))

    def _add(self, row: int) -> None:
        block = ShortBlock(self._theme, row + 1)
        block.intent.connect(self.intent)
        later = [each for each in self._blocks if each > row]
        place = min((self._column.indexOf(self._blocks[each]) for each in later), default=self._column.count())
        self._blocks[row] = block
        self._column.insertWidget(place, block)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("errL"), 1))
        painter.setBrush(self._theme.colour("rowMiss"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, self._gap + 0.5, -0.5, -0.5), 8, 8)
