"""Section 3 open: the published materials, one row each, checked by single keys."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.work.materials import Verdict
from ui.intents import FailCheck, MarkDefective, MarkRestOk, SetVerdict, ToggleMissing
from ui.theme import Theme
from ui.widgets.keys import ENTER, digit, is_plain
from ui.widgets.panel import Panel
from ui.widgets.parts import KeyCap, Text
from ui.widgets.short_group import ShortGroup
from ui.widgets.verdict_segment import VerdictSegment
from ui.widgets.work_views import MaterialRowView, MaterialsView

RIGHT_EDGE = 10
OFFERED = {"*": Verdict.DEFERRED, ".": Verdict.EXEMPT}
"""Keys of verdicts that only some lines offer."""


class MaterialRow(QWidget):
    """Key, name with hint, requirement, source, verdict. The row has the focus; its verdict is set by keys."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self.number = theme, number
        self._view: MaterialRowView | None = None
        self.setObjectName(f"work_mat_row__{number}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(theme.metrics["row"])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, RIGHT_EDGE, 4)
        row.setSpacing(0)
        key = QWidget()
        key.setFixedWidth(theme.metrics["col_key"])
        inner = QHBoxLayout(key)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(KeyCap(theme, str(number)), 0, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(key)
        row.addLayout(self._naming(), 1)
        row.addSpacing(12)
        self._need = self._cell("need", "col_need", "ink2")
        self._source = self._cell("source", "col_source", "ink2")
        row.addWidget(self._need)
        row.addWidget(self._source)
        self._source.setVisible(bool(theme.metrics["col_source"]))
        self.segment = VerdictSegment(theme)
        self.segment.setObjectName(f"work_mat_verdict__{number}")
        self.segment.setFixedWidth(theme.metrics["col_verdict"])
        row.addWidget(self.segment)

    def _naming(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        self._name = Text(self._theme, "material", "ink", bold=True, wrap=True)
        self._name.setObjectName(f"work_mat_name__{self.number}")
        self._hint = Text(self._theme, "hint", "ink3", wrap=True)
        self._hint.setObjectName(f"work_mat_hint__{self.number}")
        column.addStretch(1)
        column.addWidget(self._name)
        column.addWidget(self._hint)
        column.addStretch(1)
        return column

    def _cell(self, name: str, column: str, tone: str) -> Text:
        cell = Text(self._theme, "second", tone, wrap=True)
        cell.setObjectName(f"work_mat_{name}__{self.number}")
        cell.setFixedWidth(self._theme.metrics[column])
        cell.setContentsMargins(0, 0, 8, 0)
        return cell

    def show_view(self, view: MaterialRowView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        self._name.show_text(view.name)
        self._hint.show_text(view.hint)
        self._hint.setVisible(bool(view.hint))
        self._need.show_text(view.need)
        self._source.show_text(view.source)
        self.segment.show_verdict(view.choices, view.verdict)
        spoken = next((each.label for each in view.choices if each.verdict == view.verdict), self.tr("未核对"))
        self.setAccessibleName(f"{self.number} {view.name}，{spoken}")
        self.setProperty("state", view.verdict.value if view.verdict is not None else "open")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        short = self._view is not None and self._view.verdict in (Verdict.MISSING, Verdict.DEFECTIVE)
        if self.hasFocus():
            painter.fillRect(self.rect(), self._theme.colour("rowFocus"))
        elif short:
            painter.fillRect(self.rect(), self._theme.colour("rowMiss"))
        elif self._view is not None and self._view.recheck:
            painter.fillRect(self.rect(), self._theme.colour("warnT"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))


class MaterialTable(Panel):
    """Head and rows in a rounded frame. The row with the focus is the one that Enter, − and * are about."""

    def __init__(self, theme: Theme, view: MaterialsView) -> None:
        super().__init__()
        self.setObjectName("work_mat_table")
        self._theme, self._view = theme, view
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 11, 1, 1)
        self._column.setSpacing(0)
        self._heading = self._head()
        self._column.addWidget(self._heading)
        self._rows: list[MaterialRow] = []
        self._current = 0
        for number in range(1, len(view.rows) + 1):
            row = MaterialRow(theme, number)
            row.segment.chosen.connect(lambda verdict, at=number - 1: self.intent.emit(SetVerdict(at, verdict)))
            self._rows.append(row)
            self._column.addWidget(row)
        self._shorts = ShortGroup(theme)
        self._shorts.intent.connect(self.intent)
        self._column.addWidget(self._shorts)
        self._touched: int | None = None
        self.show_view(view)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(28 if self._theme.metrics.small else 34)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, RIGHT_EDGE, 0)
        row.setSpacing(0)
        metrics = self._theme.metrics
        columns = (
            (self.tr("键"), metrics["col_key"]),
            (self.tr("材料"), -1),
            (self.tr("要求"), metrics["col_need"]),
            (self.tr("来源"), metrics["col_source"]),
            (self.tr("核对"), metrics["col_verdict"]),
        )
        for title, width in columns:
            if not width:
                continue
            label = Text(self._theme, "label", "ink3")
            label.show_text(title)
            if width > 0:
                label.setFixedWidth(width)
            if title == self.tr("键"):
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(label, 1 if width < 0 else 0)
        return head

    @override
    def can_show(self, body: object) -> bool:
        """Whether the rows are the same materials, so that only verdicts change."""
        return isinstance(body, MaterialsView) and [row.name for row in body.rows] == [
            row.name for row in self._view.rows
        ]

    @override
    def show_view(self, body: MaterialsView) -> None:
        """Show new verdicts."""
        self._view = body
        here = self._seat_with_focus()
        for row, row_view in zip(self._rows, body.rows, strict=True):
            row.show_view(row_view)
        short = {each.row for each in body.shorts}
        self._shorts.show_shorts(body.shorts, body.shorts_note)
        for at, row in enumerate(self._rows):
            row.setVisible(at not in short)
        self._heading.setVisible(len(short) < len(self._rows))
        if here is not None and not self._seat(here).hasFocus():
            self._seat(here).setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def _seat(self, at: int) -> QWidget:
        """The widget that stands for a line: its row, or its block among those that are short."""
        return self._shorts.block(at) or self._rows[at]

    def focused(self) -> int | None:
        """Return the line, from 0, whose own row or block has the keyboard, or a field within it."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        return next((at for at, _ in enumerate(self._rows) if _holds(self._seat(at), focus)), None)

    def _seat_with_focus(self) -> int | None:
        """The line whose own widget has the keyboard; None while it is in a text field or elsewhere."""
        return next((at for at in range(len(self._rows)) if self._seat(at).hasFocus()), None)

    @override
    def first_focus(self) -> QWidget:
        """The row worked on last, or the first open one."""
        if not self._rows:
            return self
        touched = self._touched
        if touched is not None and self._shorts.block(touched) is not None:
            return self._seat(touched)
        at = self._next_open(0)
        judged = self._view.rows[at].verdict is not None
        return self._seat(self._view.shorts[0].row if judged and self._view.shorts else at)

    def _next_open(self, start: int) -> int:
        order = [*range(start, len(self._rows)), *range(start)]
        return next(filter(self._open_at, order), min(start, len(self._rows) - 1))

    def _open_at(self, at: int) -> bool:
        """Whether the clerk still has to say something about a line."""
        row = self._view.rows[at]
        return row.recheck or (row.verdict is None and not row.waived)

    def _here(self) -> int:
        here = self._seat_with_focus()
        if here is not None:
            self._current = here
        return min(self._current, len(self._rows) - 1)

    def _go(self, at: int) -> None:
        self._current = max(0, min(at, len(self._rows) - 1))
        self._seat(self._current).setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if not self._rows or not is_plain(event):
            return False
        number = digit(event)
        if number is not None:
            if number > len(self._rows):
                return False
            self._go(number - 1)
            self._touched = number - 1
            self.intent.emit(ToggleMissing(number - 1))
            return True
        here = self._here()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(here + (1 if event.key() == Qt.Key.Key_Down else -1))
            return True
        return self._judge(event, here)

    def _judge(self, event: QKeyEvent, here: int) -> bool:
        self._touched = here if event.text() in ("-", "/") else None
        if event.text() == "+":
            self._judge_rest()
        elif event.text() == "-":
            self.intent.emit(SetVerdict(here, Verdict.MISSING))
        elif event.text() == "/":
            self.intent.emit(MarkDefective(here))
        elif event.text() == "." and self._view.rows[here].verdict is Verdict.EXEMPT:
            self._touched = here
            self.intent.emit(FailCheck(here))
        elif event.text() in OFFERED:
            if self._offers(here, OFFERED[event.text()]):
                self.intent.emit(SetVerdict(here, OFFERED[event.text()]))
        elif event.key() == Qt.Key.Key_Backspace:
            self.intent.emit(SetVerdict(here, None))
        elif event.key() in ENTER:
            good = Verdict.EXEMPT if self._offers(here, Verdict.EXEMPT) else Verdict.OK
            self.intent.emit(SetVerdict(here, good))
            self._go(self._next_open(here + 1) if here + 1 < len(self._rows) else here)
        else:
            return False
        return True

    def _judge_rest(self) -> None:
        """All the rest is there; a choice within a group, or a line to look at again, is left to the clerk."""
        self.intent.emit(MarkRestOk())
        if self.isVisible() and any(map(self._open_at, range(len(self._rows)))):
            self._go(self._next_open(0))

    def _offers(self, at: int, verdict: Verdict) -> bool:
        return any(each.verdict is verdict and each.enabled for each in self._view.rows[at].choices)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        below = 0 if self._shorts.isHidden() else self.height() - self._shorts.y()
        frame = QRectF(self.rect()).adjusted(0.5, 10.5, -0.5, -0.5 - below)
        if self._heading.isHidden():
            return
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("surface2"))
        painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface"))
        head = 28 if self._theme.metrics.small else 34
        body = frame.adjusted(0.5, head + 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, 7.5, 7.5)
        painter.drawRect(QRectF(body.left(), body.top(), body.width(), 10))


def _holds(seat: QWidget, focus: QWidget) -> bool:
    return seat is focus or seat.isAncestorOf(focus)
