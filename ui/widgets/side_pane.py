"""The right pane while nobody is here: what the clerk should know, and whether the devices are ready."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.device_strip import DEVICE_ICON
from ui.widgets.fault_panel import FaultPanel
from ui.widgets.parts import TONE_INK, Card, KeyCap, Line, TagLabel, Text, clear, put, scrolling
from ui.widgets.slip_views import NoticeView, SideView
from ui.widgets.views import DeviceState, DeviceView, IconLine, Tone

DEVICE_MARK = {
    DeviceState.OK: ("ph.check-circle", "ok"),
    DeviceState.WARN: ("ph.warning", "warn"),
    DeviceState.FAULT: ("ph.x-square", "err"),
}
STRIPE = {Tone.WARN: "yellow", Tone.ERR: "err", Tone.OK: "ok", Tone.PRI: "pri"}


class NoticeCard(Card):
    """A notice with a coloured edge; its action carries Ctrl+n."""

    done = Signal()

    def __init__(self, theme: Theme, notice: NoticeView, number: int) -> None:
        super().__init__(theme)
        self._stripe = STRIPE.get(notice.tone)
        edge = 14 if theme.metrics.small else 20
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge - 6, edge, edge - 4)
        column.setSpacing(6)
        head = QHBoxLayout()
        title = Text(theme, "body", "ink", bold=True, wrap=True)
        title.show_text(notice.title)
        when = Text(theme, "hint", "ink3")
        when.show_text(notice.when)
        head.addWidget(title, 1)
        head.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for words in notice.lines:
            line = Text(theme, "second", "ink2", wrap=True)
            line.show_words(words)
            column.addWidget(line)
        if notice.action:
            column.addLayout(self._action(notice.action, number))

    def _action(self, text: str, number: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        button = NoticeButton(self.theme, text, f"Ctrl {number}")
        button.clicked.connect(self.done)
        row.addWidget(button)
        row.addStretch(1)
        return row

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stripe is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QPainterPath()
            frame.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, -1), self.RADIUS, self.RADIUS)
            painter.setClipPath(frame)
            painter.fillRect(0, 0, 4, self.height(), self.theme.colour(self._stripe))


class NoticeButton(QPushButton):
    """A quiet button with a key cap."""

    def __init__(self, theme: Theme, text: str, key: str) -> None:
        super().__init__()
        self._theme, self._key = theme, key
        self.setFlat(True)
        self.setAccessibleName(f"{text} {key}")
        self.setFixedHeight(36)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        label = Text(theme, "second", "ink")
        label.show_text(text)
        row.addWidget(label)
        row.addWidget(KeyCap(theme, key))
        self.setFixedWidth(row.sizeHint().width())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("line2"))
        painter.setBrush(self._theme.colour("surface2" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class SidePane(QWidget):
    """``notice_done(number)`` and ``fault_chosen(number)``, from 1 as printed."""

    notice_done = Signal(int)
    fault_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("slip_side")
        self._theme = theme
        self._view: SideView | None = None
        self.setFixedWidth(theme.metrics["slip"])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        small = theme.metrics.small
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(*((12, 10, 12, 10) if small else (20, 14, 20, 14)))
        self._body.setSpacing(theme.metrics["gap"])
        self.fault = FaultPanel(theme)
        self.fault.chosen.connect(self.fault_chosen)
        outer.addWidget(scrolling(inside), 1)
        self._foot = QVBoxLayout()
        outer.addLayout(self._foot)

    def show_view(self, view: SideView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        self.fault.setParent(None)
        clear(self._body)
        clear(self._foot)
        put(self._body, self._head(view))
        self._body.addWidget(self.fault)
        self.fault.show_view(view.fault)
        for number, notice in enumerate(view.notices, start=1):
            card = NoticeCard(self._theme, notice, number)
            card.done.connect(lambda number=number: self.notice_done.emit(number))
            put(self._body, card)
        if view.devices:
            put(self._body, self._devices(view))
        self._body.addStretch(1)
        if view.foot is not None:
            put(self._foot, self._foot_line(view.foot))

    def can_finish(self, number: int) -> bool:
        """Whether notice ``number`` has an action."""
        return (
            self._view is not None and number <= len(self._view.notices) and bool(self._view.notices[number - 1].action)
        )

    def _head(self, view: SideView) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        title = Text(self._theme, "body", "ink", bold=True)
        title.show_text(view.title)
        row.addWidget(title)
        if view.tag is not None:
            tag = TagLabel(self._theme)
            tag.show_tag(view.tag)
            row.addWidget(tag)
        row.addStretch(1)
        status = Text(self._theme, "hint", "ink2")
        status.show_text(view.status)
        row.addWidget(status)
        return head

    def _devices(self, view: SideView) -> QWidget:
        card = Card(self._theme)
        edge = 14 if self._theme.metrics.small else 18
        column = QVBoxLayout(card)
        column.setContentsMargins(edge, edge - 4, edge, edge - 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        title = Text(self._theme, "body", "ink", bold=True)
        title.show_text(view.devices_title)
        head.addWidget(title)
        head.addStretch(1)
        if view.devices_status is not None:
            status = Text(self._theme, "second", TONE_INK[view.devices_status.tone])
            status.show_text(view.devices_status.text)
            head.addWidget(status)
        column.addLayout(head)
        column.addSpacing(6)
        for index, device in enumerate(view.devices):
            if index:
                column.addWidget(Line(self._theme))
            column.addWidget(self._device(device))
        return card

    def _device(self, device: DeviceView) -> QWidget:
        line = QWidget()
        line.setObjectName(f"slip_device__{device.key}")
        line.setFixedHeight(34)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon(DEVICE_ICON[device.key], 18, self._theme.colour("ink2")))
        name = Text(self._theme, "second", "ink")
        name.show_text(device.name)
        row.addWidget(name)
        row.addStretch(1)
        mark, token = DEVICE_MARK[device.state]
        text = Text(self._theme, "hint", "ink2" if device.state is DeviceState.OK else token)
        text.show_text(device.text)
        row.addWidget(text)
        row.addWidget(Icon(mark, 18, self._theme.colour(token)))
        return line

    def _foot_line(self, foot: IconLine) -> QWidget:
        card = SideFoot(self._theme)
        row = QHBoxLayout(card)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(8)
        row.addWidget(Icon(foot.icon, 18, self._theme.colour("ink2")))
        text = Text(self._theme, "second", "ink2", wrap=True)
        text.show_text(foot.text)
        row.addWidget(text, 1)
        return card

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("slip"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.colour("line"))


class SideFoot(QWidget):
    """A white line at the foot of the pane."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
