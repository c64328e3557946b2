"""The legal section (F11): numbered grounds, where to go instead, whether the office was phoned, and the reason."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.work.refusal_sheet import MAX_OFFICE, MAX_REASON
from ui.icons import paint_icon
from ui.intents import ChooseGround, SayPhoned, WriteRefusal
from ui.theme import Theme
from ui.widgets.keys import ENTER, digit
from ui.widgets.panel import Panel
from ui.widgets.parts import Text, cap_width, paint_cap
from ui.widgets.work_views import GroundView, RefusalView

YES: Final = frozenset({Qt.Key.Key_Y})
NO: Final = frozenset({Qt.Key.Key_N})
REASON_LINES: Final = 2


class GroundRow(QWidget):
    """One ground: key cap, title, the law under it; the chosen one is tinted and ticked."""

    clicked = Signal()

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self._view, self._chosen = GroundView("", ""), False
        self.setObjectName(f"work_refusal_ground__{number}")
        self.setFixedHeight(48 if theme.metrics.small else 60)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def show_view(self, view: GroundView, *, chosen: bool) -> None:
        """Show a ground."""
        self._view, self._chosen = view, chosen
        self.setAccessibleName(f"{self._number} {view.title} {view.detail}")
        self.setProperty("state", "chosen" if chosen else "open" if view.enabled else "disabled")
        self.setCursor(Qt.CursorShape.PointingHandCursor if view.enabled else Qt.CursorShape.ArrowCursor)
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "priT" if self._chosen else "surface" if self._view.enabled else "surface2"
        painter.fillRect(self.rect(), theme.colour(ground))
        if self._number > 1:
            painter.fillRect(0, 0, self.width(), 1, theme.colour("hair"))
        painter.setFont(theme.font("key", bold=True, family="number"))
        cap = QRectF(10, self.height() / 2 - 12, cap_width(0), 24)
        paint_cap(painter, theme, cap, str(self._number), "normal" if self._view.enabled else "disabled")
        left, right = cap.right() + 10, self.width() - 48
        half = self.height() / 2
        one_line = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.setFont(theme.font("body", bold=self._view.enabled))
        painter.setPen(theme.colour("ink" if self._view.enabled else "ink2"))
        painter.drawText(QRectF(left, 5, right - left, half - 4), one_line, self._view.title)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("ink3"))
        words = painter.fontMetrics().elidedText(self._view.detail, Qt.TextElideMode.ElideRight, round(right - left))
        painter.drawText(QRectF(left, half, right - left, half - 6), one_line, words)
        if self._chosen:
            paint_icon(painter, "ph.check-circle", QRectF(right + 10, half - 9, 18, 18), theme.colour("pri"))


class GroundList(QWidget):
    """The grounds in one frame; ``chosen(number)`` from 1."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, count: int) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.rows: list[GroundRow] = []
        for number in range(1, count + 1):
            row = GroundRow(theme, number)
            row.clicked.connect(lambda number=number: self.chosen.emit(number))
            column.addWidget(row)
            self.rows.append(row)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawPath(frame)


class CallBox(QWidget):
    """Whether the office was phoned: Y, N; ``said(phoned)``."""

    said = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._words, self._phoned = theme, "", False
        self.setObjectName("work_refusal_phoned")
        self.setFixedHeight(theme.metrics["input"] + 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_call(self, words: str, *, phoned: bool, enabled: bool) -> None:
        """Show what was said."""
        self._words, self._phoned = words, phoned
        self.setAccessibleName(words)
        self.setEnabled(enabled)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in YES | NO:
            self.said.emit(event.key() in YES)
        else:
            event.ignore()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.said.emit(not self._phoned)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isEnabled()
        painter.setPen(QPen(theme.colour("line2" if on else "line"), 1))
        painter.setBrush(theme.colour("surface" if on else "surface2"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(theme.font("key", bold=True, family="number"))
        cap = QRectF(10, self.height() / 2 - 12, cap_width(0), 24)
        paint_cap(painter, theme, cap, "Y", "normal" if on else "disabled")
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink" if on else "disabled"))
        box = QRectF(cap.right() + 10, 0, self.width() - cap.right() - 20, self.height())
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)


class ReasonEdit(QPlainTextEdit):
    """A few lines without line breaks, for a paper has none; Tab leaves it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("work_refusal_reason")
        self.setTabChangesFocus(True)
        self.setFont(theme.font("body"))
        self.document().setDocumentMargin(8)
        self.setFixedHeight(
            round(self.fontMetrics().lineSpacing() * REASON_LINES * 1.2) + (24 if theme.metrics.small else 33)
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12 or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RefusalPanel(Panel):
    """Digits choose the ground; Tab goes to office, phone call, reason."""

    def __init__(self, theme: Theme, view: RefusalView) -> None:
        super().__init__()
        self.setObjectName("work_refusal")
        self._view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10 if theme.metrics.small else 12, 0, 4)
        column.setSpacing(theme.metrics["gap"])
        self._list = GroundList(theme, len(view.grounds))
        self._list.chosen.connect(lambda number: self.intent.emit(ChooseGround(number)))
        column.addWidget(self._list)
        self._office, self._call, self._reason = QLineEdit(), CallBox(theme), ReasonEdit(theme)
        self._office.setObjectName("work_refusal_office")
        self._office.setFont(theme.font("body"))
        self._office.setMaxLength(MAX_OFFICE)
        column.addLayout(self._fields(theme))
        column.addLayout(self._labelled_reason(theme))
        self._office.textEdited.connect(lambda text: self.intent.emit(WriteRefusal("office", text)))
        self._call.said.connect(lambda phoned: self.intent.emit(SayPhoned(phoned)))
        self._reason.textChanged.connect(self._wrote)
        self._show(view)

    def _fields(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        grid.addWidget(_label(theme, self.tr("请向哪个机关申请（名称、地址、电话）")), 0, 0)
        grid.addWidget(_label(theme, self.tr("先替群众打电话问清楚了吗")), 0, 1)
        grid.addWidget(self._office, 1, 0)
        grid.addWidget(self._call, 1, 1)
        for at in range(2):
            grid.setColumnStretch(at, 1)
        return grid

    def _labelled_reason(self, theme: Theme) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(_label(theme, self.tr("事实和理由（群众看得懂的话）")))
        column.addWidget(self._reason)
        return column

    @override
    def can_show(self, body: object) -> bool:
        """Whether the list is as long: then only its words change."""
        return isinstance(body, RefusalView) and len(body.grounds) == len(self._view.grounds)

    @override
    def show_view(self, body: RefusalView) -> None:
        """Show what was said; what is being typed right now stays."""
        self._view = body
        self._show(body)

    def _show(self, view: RefusalView) -> None:
        for number, (row, ground) in enumerate(zip(self._list.rows, view.grounds, strict=True), start=1):
            row.show_view(ground, chosen=number == view.chosen)
        self._office.setEnabled(view.elsewhere)
        if not self._office.hasFocus() and self._office.text() != view.office:
            self._office.setText(view.office)
        self._call.show_call(view.call, phoned=bool(view.phoned), enabled=view.elsewhere)
        if not self._reason.hasFocus() and self._reason.toPlainText() != view.reason:
            self._reason.blockSignals(True)  # noqa: FBT003 -- Qt's own signature
            self._reason.setPlainText(view.reason)
            self._reason.blockSignals(False)  # noqa: FBT003 -- Qt's own signature

    def _wrote(self) -> None:
        """A pasted line break or an overlong text never reaches the paper."""
        text = " ".join(self._reason.toPlainText().split("\n"))[:MAX_REASON]
        self.intent.emit(WriteRefusal("reason", text))

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        number = digit(event)
        if number is None or number > len(self._view.grounds):
            return False
        self.intent.emit(ChooseGround(number))
        return True


def _label(theme: Theme, words: str) -> Text:
    label = Text(theme, "hint", "ink2")
    label.show_text(words)
    return label
