"""The sign-in page: on the dark side whose window it is, on the light side who comes and what they should know."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk_intents import GiveNumber, SignIn
from ui.icons import Icon
from ui.screens.page import Page
from ui.screens.sign_in.initial import Initial
from ui.screens.sign_in.view_model import HandedView, PortalView, PostView, SignInView
from ui.theme import Theme, make_font, set_look
from ui.widgets.device_strip import DEVICE_ICON
from ui.widgets.due_clock import DueClock
from ui.widgets.parts import TONE_INK, Card, Line, TagLabel, Text, clear, paint_cap, put, scrolling
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.side_pane import DEVICE_MARK
from ui.widgets.top_bar import Logo
from ui.widgets.views import DeviceState, DeviceView, Tag, Tone

MOST_PASSWORD = 128
LOGO_WIDE = 36
"""Pixels from the logo's left to the name beside it."""


class Portal(QWidget):
    """The dark third: the window's number, large, and the day in a few lines."""

    def __init__(self, theme: Theme, after: str = "窗口") -> None:
        super().__init__()
        self._theme = theme
        self._after = after
        self._logo = Logo(theme)
        self._logo.setParent(self)
        self._view: PortalView | None = None
        self.setObjectName("login_window")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_view(self, view: PortalView) -> None:
        """Show the window's side."""
        said = (view.hall, view.window, view.theme, view.days)
        old = self._view
        if old is None or said != (old.hall, old.window, old.theme, old.days):
            self._view = view
            place = f"{view.window} 号窗口" if self._after else view.window
            self.setAccessibleName(f"{view.hall} {place} {view.theme}")
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colour("chrome"))
        unit = min(self.width() / 640, self.height() / 1080)
        self._draw_arch(painter, unit)
        if self._view is None:
            return
        view, left = self._view, 60 * unit
        self._write(painter, "窗口", left + LOGO_WIDE, 60, size=20, ink="chrome", bold=True)
        self._write(painter, view.hall, left, 178, size=18, ink="chromeMute")
        painter.setFont(make_font(max(30, round(132 * unit)), bold=True, family="number"))
        painter.setPen(theme.colour("surface"))
        baseline = 366 * unit
        painter.drawText(QPointF(left, baseline), view.window)
        wide = painter.fontMetrics().horizontalAdvance(view.window)
        painter.setFont(make_font(max(14, round(40 * unit)), bold=True))
        painter.drawText(QPointF(left + wide + 22 * unit, baseline), self._after)
        self._write(painter, view.theme, left, 406, size=24, ink="surface")
        for index, (label, value) in enumerate(view.days):
            self._write(painter, label, left, 478 + 34 * index, size=16, ink="chromeMute")
            self._write(painter, value, left + 52 * unit, 478 + 34 * index, size=16, ink="chrome")
        self._write(painter, "来有迎声，问有答声，走有送声。", left, 962, size=18, ink="chrome")
        self._write(painter, "您好　请　对不起　谢谢　再见", left, 1000, size=14, ink="chromeMute")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        unit = min(self.width() / 640, self.height() / 1080)
        # Beside the word that _write sets into a line at least 20 px high.
        high = max(20.0, 32 * unit)
        self._logo.move(round(60 * unit), round(60 * unit + (high - self._logo.height()) / 2))

    def _draw_arch(self, painter: QPainter, unit: float) -> None:
        painter.setPen(QPen(self._theme.colour("chromeLine"), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for inset in (0.0, 52.0):
            arch = QPainterPath()
            left, right, top = (180 + inset) * unit, (720 - inset) * unit, (440 + inset) * unit
            radius = (right - left) / 2
            arch.moveTo(left, self.height())
            arch.lineTo(left, top + radius)
            arch.arcTo(QRectF(left, top, 2 * radius, 2 * radius), 180, -180)
            arch.lineTo(right, self.height())
            painter.drawPath(arch)
        painter.drawLine(QPointF(450 * unit, 440 * unit), QPointF(450 * unit, self.height()))
        painter.drawLine(QPointF(232 * unit, 800 * unit), QPointF(668 * unit, 800 * unit))

    def _write(
        self, painter: QPainter, text: str, left: float, top: float, *, size: int, ink: str, bold: bool = False
    ) -> None:
        unit = min(self.width() / 640, self.height() / 1080)
        painter.setFont(make_font(max(12, round(size * unit)), bold=bold))
        names = {"chrome": "chromeText"}
        painter.setPen(self._theme.colour(names.get(ink, ink)))
        high = max(20.0, size * unit * 1.6)
        box = QRectF(left, top * unit, self.width() - left - 8, high)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)


class Post(QAbstractButton):
    """A post with its digit; one that is not possible says why."""

    def __init__(self, theme: Theme, view: PostView, number: int) -> None:
        super().__init__()
        self._theme, self._view, self._number = theme, view, number
        self.setObjectName(f"login_post__{number}")
        self.setAccessibleName(f"{number} {view.name} {view.why_not}".strip())
        self.setToolTip(view.why_not)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEnabled(not view.why_not)
        self.setFixedHeight(52 if not theme.metrics.small else 44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, view, high = self._theme, self._view, self.height()
        painter.setPen(QPen(theme.colour("pri" if view.on else "line"), 2 if view.on else 1))
        painter.setBrush(theme.colour("priT" if view.on else "surface2"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(theme.font("key", bold=True, family="number"))
        look = "normal" if view.on else "disabled"
        paint_cap(painter, theme, QRectF(10, (high - 24) / 2, 26, 24), str(self._number), look)
        painter.setPen(theme.colour("ink" if view.on else "disabled"))
        painter.setFont(theme.font("second", bold=view.on))
        room, middle = self.width() - 52, int(Qt.AlignmentFlag.AlignVCenter)
        name = painter.fontMetrics().elidedText(view.name, Qt.TextElideMode.ElideRight, room)
        if not view.why_not:
            painter.drawText(QRectF(46, 0, room, high), middle, name)
            return
        painter.drawText(QRectF(46, 3, room, high / 2), middle, name)
        painter.setFont(theme.font("label"))
        why = painter.fontMetrics().elidedText(view.why_not, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(46, high / 2 - 2, room, high / 2), middle, why)


def light_side(theme: Theme) -> tuple[QWidget, QVBoxLayout, int]:
    """Return the light two thirds beside a portal: the widget, its column, and the gap between its parts."""
    small = theme.metrics.small
    holder = QWidget()
    column = QVBoxLayout(holder)
    edge, gap = (20, 10) if small else (64, 20)
    column.setContentsMargins(edge, 18 if small else 52, edge, 16 if small else 40)
    column.setSpacing(gap)
    return holder, column, gap


class SignInPage(Page):
    """Draws a ``SignInView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: SignInView | None = None
        self.setObjectName("login")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._portal = Portal(theme)
        row.addWidget(self._portal, 1)
        row.addWidget(self._light(), 2)

    def _light(self) -> QWidget:
        theme, small = self._theme, self._theme.metrics.small
        holder, column, gap = light_side(theme)
        head = QVBoxLayout()
        head.setSpacing(0)
        self._greeting = Text(theme, "name", "ink", bold=True)
        self._greeting.setObjectName("login_greeting")
        self._detail = Text(theme, "second", "ink2")
        head.addWidget(self._greeting)
        head.addWidget(self._detail)
        greeting = QHBoxLayout()
        greeting.setSpacing(14)
        self._initial = Initial(theme)
        if small:
            self._initial.hide()  # never shown here: it has no parent yet and would be a window of its own
        greeting.addWidget(self._initial)
        greeting.addLayout(head, 1)
        column.addLayout(greeting)
        middle = QHBoxLayout()
        middle.setSpacing(gap)
        left, right = QVBoxLayout(), QVBoxLayout()
        for each in (left, right):
            each.setSpacing(gap)
            middle.addLayout(each, 1)
        left.addWidget(self._who())
        left.addWidget(self._handed_card(), 1)
        right.addWidget(self._device_card())
        right.addWidget(self._news_card(), 1)
        column.addLayout(middle, 1)
        foot = QHBoxLayout()
        words = Text(theme, "second", "ink2", wrap=True)
        words.show_text(self.tr("开窗后叫号屏显示本窗口办理中"))
        foot.addWidget(words, 1)
        self.button = PrimaryButton(theme)
        self.button.setObjectName("login_primary")
        self.button.setFixedWidth(160 if small else 178)
        self.button.clicked.connect(self._enter)
        foot.addWidget(self.button)
        column.addLayout(foot)
        return holder

    def _who(self) -> QWidget:
        theme, small = self._theme, self._theme.metrics.small
        card = Card(theme)
        card.setObjectName("login_who")
        column = QVBoxLayout(card)
        edge = 14 if small else 22
        column.setContentsMargins(edge, edge - 4, edge, edge - 2)
        column.setSpacing(5)
        self.number = self._field("login_number", self.tr("工号"), column)
        self.number.textEdited.connect(self._another)
        self.number.editingFinished.connect(self._numbered)
        self.number.returnPressed.connect(lambda: self.first_focus().setFocus())
        self.password = self._field("login_password", self.tr("口令"), column)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._enter)
        self._error = Text(theme, "second", "err", wrap=True)
        self._error.setObjectName("login_error")
        column.addWidget(self._error)
        label = Text(theme, "label", "ink2")
        label.show_text(self.tr("岗位"))
        column.addWidget(label)
        self._posts = QHBoxLayout()
        self._posts.setSpacing(8)
        column.addLayout(self._posts)
        return card

    def _field(self, name: str, label: str, column: QVBoxLayout) -> QLineEdit:
        words = Text(self._theme, "label", "ink2")
        words.show_text(label)
        column.addWidget(words)
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setMaxLength(MOST_PASSWORD)
        field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        column.addWidget(field)
        return field

    def _titled(self, title: str) -> tuple[Card, QHBoxLayout, QVBoxLayout]:
        theme, small = self._theme, self._theme.metrics.small
        card = Card(theme)
        column = QVBoxLayout(card)
        edge = 14 if small else 22
        column.setContentsMargins(edge, edge - 6, edge, edge - 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        words = Text(theme, "title", "ink", bold=True)
        words.show_text(title)
        head.addWidget(words)
        column.addLayout(head)
        column.addSpacing(6)
        inner = QVBoxLayout()
        inner.setSpacing(0)
        column.addLayout(inner)
        return card, head, inner

    def _handed_card(self) -> QWidget:
        card, head, inner = self._titled(self.tr("上一班交给您的"))
        head.setSpacing(8)
        self._handed_count = TagLabel(self._theme)
        head.addWidget(self._handed_count)
        head.addStretch(1)
        self._handed_when = Text(self._theme, "hint", "ink2")
        self._handed_when.setMinimumWidth(1)
        head.addWidget(self._handed_when)
        self._handed_empty = Text(self._theme, "second", "ink3", wrap=True)
        inner.addWidget(self._handed_empty)
        inside = QWidget()
        self._handed = QVBoxLayout(inside)
        self._handed.setContentsMargins(0, 0, 0, 0)
        self._handed.setSpacing(0)
        inner.addWidget(scrolling(inside), 1)
        return card

    def _device_card(self) -> QWidget:
        card, head, inner = self._titled(self.tr("设备自检"))
        head.addStretch(1)
        self._devices_status = Text(self._theme, "second", "ok", bold=True)
        head.addWidget(self._devices_status)
        self._devices = inner
        return card

    def _news_card(self) -> QWidget:
        card, _, inner = self._titled(self.tr("今天要知道"))
        self._news = inner
        layout = card.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addStretch(1)
        return card

    def _another(self, _text: str) -> None:
        self.password.clear()

    def _numbered(self) -> None:
        number = self.number.text().strip()
        if self._view is not None and number != self._view.number:
            self.intent.emit(GiveNumber(number))

    def _enter(self) -> None:
        self._numbered()
        password = self.password.text()
        self.password.clear()
        self.intent.emit(SignIn(password))

    @override
    def show_view(self, view: SignInView) -> None:
        self._portal.show_view(view)
        if view == self._view:
            return
        old, self._view = self._view, view
        self._greeting.show_text(view.greeting)
        self._initial.show_name(view.known)
        self._detail.show_text(view.detail)
        if (old is None or old.number != view.number) and self.number.text().strip() != view.number:
            self.number.setText(view.number)
        self._error.show_text(view.error)
        self._error.set_tone("err" if view.error_tone is Tone.ERR else "ok")
        self._error.setVisible(bool(view.error))
        wrong = bool(view.error) and view.error_tone is Tone.ERR
        set_look(self.password, state="error" if wrong else "normal")
        if old is None or old.posts != view.posts:
            clear(self._posts)
            for number, post in enumerate(view.posts, start=1):
                put(self._posts, Post(self._theme, post, number))
        if old is None or (old.handed, old.handed_empty) != (view.handed, view.handed_empty):
            self._show_handed(view)
        if old is None or old.devices != view.devices:
            self._show_devices(view)
        if old is None or old.news != view.news:
            clear(self._news)
            for line in view.news:
                words = Text(self._theme, "second", "ink", wrap=True)
                words.show_text(line)
                put(self._news, words)
        self.button.show_button(self.tr("开窗"), "Enter", enabled=view.can_open and not view.busy)

    def _show_handed(self, view: SignInView) -> None:
        clear(self._handed)
        self._handed_empty.show_text(view.handed_empty)
        self._handed_empty.setVisible(not view.handed)
        self._handed_when.show_text(view.handed_when)
        self._handed_count.show_tag(Tag(f"{len(view.handed)} 件", Tone.PRI) if view.handed else None)
        for index, each in enumerate(view.handed):
            if index:
                put(self._handed, Line(self._theme))
            put(self._handed, self._handed_row(each))
        self._handed.addStretch(1)

    def _handed_row(self, view: HandedView) -> QWidget:
        theme = self._theme
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(8)
        if view.due is not None:
            clock = DueClock(theme, 22)
            clock.show_due(view.due)
            row.addWidget(clock)
        due = Text(theme, "second", TONE_INK[view.due_tone], bold=view.due_tone is not Tone.PLAIN)
        due.setFixedWidth(96)
        due.show_text(view.due_text)
        row.addWidget(due)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, role, tone in ((view.title, "second", "ink"), (view.detail, "label", "ink2")):
            line = Text(theme, role, tone, wrap=True)
            line.show_text(text)
            words.addWidget(line)
        row.addLayout(words, 1)
        return holder

    def _show_devices(self, view: SignInView) -> None:
        clear(self._devices)
        self._devices_status.show_text(view.devices_status.text)
        self._devices_status.set_tone(TONE_INK[view.devices_status.tone])
        for index, device in enumerate(view.devices):
            if index:
                put(self._devices, Line(self._theme))
            put(self._devices, self._device(device))

    def _device(self, view: DeviceView) -> QWidget:
        theme = self._theme
        holder = QWidget()
        holder.setObjectName(f"login_device__{view.key}")
        holder.setFixedHeight(34 if theme.metrics.small else 44)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Icon(DEVICE_ICON[view.key], 18, theme.colour("ink2")))
        name = Text(theme, "second", "ink")
        name.show_text(view.name)
        row.addWidget(name)
        row.addStretch(1)
        mark, token = DEVICE_MARK[view.state]
        words = Text(theme, "second", "ink2" if view.state is DeviceState.OK else token)
        words.show_text(view.text)
        row.addWidget(words)
        row.addWidget(Icon(mark, 18, theme.colour(token)))
        return holder

    @override
    def first_focus(self) -> QWidget:
        return self.password if self._view is not None and self._view.number else self.number

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("bg"))
