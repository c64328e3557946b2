"""The right pane while a citizen is here: what would come out, what is wrong with it, and the one big button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import Icon
from ui.keymap import Keymap
from ui.theme import Theme
from ui.widgets.after_box import AfterBox
from ui.widgets.fault_panel import FaultPanel
from ui.widgets.paper_view import PaperView
from ui.widgets.parts import TONE_INK, KeyCap, TagLabel, Text, scrolling
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.slip_views import SlipView

LONGEST_TAG = 8
"""Characters of a tag that stand beside the title at 1366 pixels."""


class SlipHead(QWidget):
    """What this paper is and how the printer stands."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        small = theme.metrics.small
        row = QHBoxLayout(self)
        row.setContentsMargins(*((12, 10, 12, 6) if small else (20, 13, 20, 8)))
        row.setSpacing(6 if small else 8)
        self._title = Text(theme, "body", "ink", bold=True)
        self._tag = TagLabel(theme)
        self._tag.setObjectName("slip_kind_tag")
        self._icon = Icon("ph.printer", 18, theme.colour("ink2"))
        self._status = Text(theme, "second" if not small else "hint", "ink2")
        row.addWidget(self._title)
        # S and XS are too narrow for title and tag, M for a long one: the tag says more.
        self._narrow = theme.metrics.density in ("S", "XS")
        self._title.setVisible(not self._narrow)
        row.addWidget(self._tag)
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._status)

    def show_view(self, view: SlipView) -> None:
        """Show the head."""
        self._title.show_text(view.title)
        long = self._theme.metrics.density == "M" and len(view.tag.text) > LONGEST_TAG
        self._title.setVisible(not self._narrow and not long)
        self._tag.show_tag(view.tag)
        tone = TONE_INK[view.status.tone]
        self._icon.setVisible(bool(view.status.icon))
        if view.status.icon:
            self._icon.show_icon(view.status.icon, self._theme.colour(tone))
        self._status.show_text(view.status.text)
        self._status.set_tone(tone)


PAPER_SHARE = 1000
"""The paper takes the height there is, up to its own; what is left stays empty above the foot."""


class SlipFoot(QWidget):
    """Why the button is grey or what it will print, and the button."""

    pressed = Signal()
    reprint = Signal()

    def __init__(self, theme: Theme, keymap: Keymap) -> None:
        super().__init__()
        self._theme, self._keymap = theme, keymap
        # At most its size hint would be too low: that one is made for a wider line than the text gets.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        small = theme.metrics.small
        column: QVBoxLayout | QHBoxLayout = QHBoxLayout(self) if theme.metrics.drawer else QVBoxLayout(self)
        column.setContentsMargins(*((12, 9, 12, 10) if small else (20, 12, 20, 14)))
        column.setSpacing(8 if small else 10)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._icon = Icon("ph.info", 18, theme.colour("ink2"))
        self._text = Text(theme, "second" if not small else "hint", "ink2", wrap=True)
        self._text.setObjectName("slip_foot_text")
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._cap = KeyCap(theme, keymap.bindings["act_reprint"].shown)
        self._again = Text(theme, "second", "pri")
        self._again.show_text(keymap.bindings["act_reprint"].label)
        row.addWidget(self._cap)
        row.addWidget(self._again)
        column.addLayout(row, 1)
        self.primary = PrimaryButton(theme)
        self.primary.setObjectName("slip_primary")
        self.primary.clicked.connect(self.pressed)
        column.addWidget(self.primary, 1)

    def show_view(self, view: SlipView, *, enabled: bool) -> None:
        """Show the foot; ``enabled`` comes from the button's action."""
        foot = view.foot
        self._icon.setVisible(foot is not None)
        self._text.show_text(foot.text if foot is not None else "")
        if foot is not None:
            tone = TONE_INK[foot.tone]
            self._icon.show_icon(foot.icon, self._theme.colour(tone))
            self._text.set_tone(tone)
        self._cap.setVisible(view.reprint)
        self._again.setVisible(view.reprint)
        primary = view.primary
        self.primary.setVisible(primary is not None)
        if primary is not None:
            key = self._keymap.bindings[primary.action].shown
            self.primary.show_button(primary.text, key, enabled=enabled and primary.enabled)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))


class SlipPane(QWidget):
    """Head, fault, paper, consequences. The foot is a part of its own, because in XS it leaves the drawer."""

    fault_chosen = Signal(int)

    def __init__(self, theme: Theme, foot: SlipFoot | None) -> None:
        super().__init__()
        self.setObjectName("slip")
        self.setAccessibleName(self.tr("单据"))
        self._theme = theme
        self._view: SlipView | None = None
        self.setFixedWidth(theme.metrics["slip"])
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self._head = SlipHead(theme)
        column.addWidget(self._head)
        self.fault = FaultPanel(theme)
        self.fault.chosen.connect(self.fault_chosen)
        edge = 12 if theme.metrics.small else 20
        holder = QHBoxLayout()
        holder.setContentsMargins(edge, 4, edge, 0)
        holder.addWidget(self.fault)
        column.addLayout(holder)
        # The paper gets what it needs; what the key will do stays in view under it, however long the paper.
        self._holder = self._paper_holder()
        self._desk = scrolling(self._holder)
        column.addWidget(self._desk, PAPER_SHARE)
        self._after = AfterBox(theme)
        self._after_place = QWidget()
        under = QHBoxLayout(self._after_place)
        under.setContentsMargins(0, 0, 0, 12)
        under.addWidget(self._after, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._after_place)
        column.addStretch(1)
        if foot is not None:
            column.addWidget(foot)

    def _paper_holder(self) -> QWidget:
        desk = QWidget()
        column = QVBoxLayout(desk)
        column.setContentsMargins(0, 6, 0, 10)
        column.setSpacing(2)
        self._paper = PaperView(self._theme)
        column.addWidget(self._paper, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return desk

    def show_view(self, view: SlipView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        self._head.show_view(view)
        self.fault.show_view(view.fault)
        self._paper.show_paper(view.paper, view.paper_key, preview=view.preview, sheet=view.sheet)
        self._desk.setMaximumHeight(self._holder.sizeHint().height())
        self._after.show_view(view.after)
        self._after_place.setVisible(not self._after.isHidden())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("slip"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.colour("line"))
