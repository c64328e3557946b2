"""What a clerk should know before opening: what was handed over, how the devices are, what is new."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.icons import Icon
from ui.screens.sign_in.view_model import HandedView, SignInView
from ui.theme import Theme
from ui.widgets.device_strip import DEVICE_ICON
from ui.widgets.due_clock import DueClock
from ui.widgets.parts import TONE_INK, Card, Line, TagLabel, Text, clear, put, scrolling
from ui.widgets.side_pane import DEVICE_MARK
from ui.widgets.views import DeviceState, DeviceView, Tag, Tone


class TitledCard(Card):
    """A card with a title; ``head`` goes on beside it, ``inner`` below."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme)
        self._theme = theme
        column = QVBoxLayout(self)
        edge = 14 if theme.metrics.small else 22
        column.setContentsMargins(edge, edge - 6, edge, edge - 6)
        column.setSpacing(0)
        self.head = QHBoxLayout()
        words = Text(theme, "title", "ink", bold=True)
        words.show_text(title)
        self.head.addWidget(words)
        column.addLayout(self.head)
        column.addSpacing(6)
        self.inner = QVBoxLayout()
        self.inner.setSpacing(0)
        column.addLayout(self.inner)


class HandedCard(TitledCard):
    """What the shift before left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("上一班交给您的"))
        self.head.setSpacing(8)
        self._count = TagLabel(theme)
        self.head.addWidget(self._count)
        self.head.addStretch(1)
        self._when = Text(theme, "hint", "ink2")
        self._when.setMinimumWidth(1)
        self.head.addWidget(self._when)
        self._empty = Text(theme, "second", "ink3", wrap=True)
        self.inner.addWidget(self._empty)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.inner.addWidget(scrolling(inside), 1)

    def show_view(self, view: SignInView) -> None:
        """Show it."""
        clear(self._rows)
        self._empty.show_text(view.handed_empty)
        self._empty.setVisible(not view.handed)
        self._when.show_text(view.handed_when)
        self._count.show_tag(Tag(f"{len(view.handed)} 件", Tone.PRI) if view.handed else None)
        for index, each in enumerate(view.handed):
            if index:
                put(self._rows, Line(self._theme))
            put(self._rows, self._row(each))
        self._rows.addStretch(1)

    def _row(self, view: HandedView) -> QWidget:
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


class DeviceCard(TitledCard):
    """The devices' check of themselves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("设备自检"))
        self.head.addStretch(1)
        self._status = Text(theme, "second", "ok", bold=True)
        self.head.addWidget(self._status)

    def show_view(self, view: SignInView) -> None:
        """Show it."""
        clear(self.inner)
        self._status.show_text(view.devices_status.text)
        self._status.set_tone(TONE_INK[view.devices_status.tone])
        for index, device in enumerate(view.devices):
            if index:
                put(self.inner, Line(self._theme))
            put(self.inner, self._device(device))

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


class NewsCard(TitledCard):
    """What the day brings."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("今天要知道"))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addStretch(1)

    def show_view(self, view: SignInView) -> None:
        """Show it."""
        clear(self.inner)
        for line in view.news:
            words = Text(self._theme, "second", "ink", wrap=True)
            words.show_text(line)
            put(self.inner, words)
