"""The frame of the counter window for one layout class: left people, centre work, right paper, keys beneath."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.actions import Actions
from ui.icons import Icon
from ui.intents import FaultOptionChosen, NoticeDone
from ui.keymap import Keymap
from ui.screens.counter.commands import KNOWN
from ui.screens.counter.idle import IdlePage
from ui.screens.counter.pages import Pages
from ui.screens.counter.view_model import CounterView, IdleView, ServingView
from ui.theme import Theme
from ui.widgets.focus_ring import FocusRing
from ui.widgets.key_bar import KeyBar
from ui.widgets.parts import Text
from ui.widgets.queue_rail import QueueRail
from ui.widgets.side_pane import SidePane
from ui.widgets.slip_pane import SlipFoot, SlipPane
from ui.widgets.slip_views import SideView, SlipView
from ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from ui.screens.counter.serving import WorkPage

RIGHT_MS: Final = 12
"""When the centre becomes another page, the right pane follows after the centre is painted: two short pauses."""

PREPARE_MS: Final = 150
"""After a call, before the hidden page is prepared: the called number is painted first."""

DRAWER_SECTION = 5


class MessageStrip(QWidget):
    """One line above the keys; it stays until the next view drops it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("key_message")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(10)
        row.addWidget(Icon("ph.info", 18, theme.colour("noteWarn")))
        self._text = Text(theme, "body", "note_warn", wrap=True)
        row.addWidget(self._text, 1)
        self.hide()

    def show_message(self, text: str) -> None:
        """Show a sentence, or be gone."""
        self._text.show_text(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("warnT"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("warnL"))


class CounterFrame(QWidget):
    """Everything inside the window. ``act`` asks for an action by id, ``intent`` carries what panels say."""

    intent = Signal(object)
    act = Signal(str)

    def __init__(self, theme: Theme, keymap: Keymap, actions: Actions) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setProperty("density", theme.metrics.density)
        self._theme, self._actions = theme, actions
        self._view: CounterView | None = None
        self.top = TopBar(theme)
        self.rail = QueueRail(theme)
        self.idle = IdlePage(theme, keymap)
        self._work: WorkPage | None = None
        self.foot = SlipFoot(theme, keymap)
        self.slip = SlipPane(theme, None if theme.metrics.drawer else self.foot)
        self.side = SidePane(theme)
        self.keys = KeyBar(theme, keymap, actions)
        self._message = MessageStrip(theme)
        self._drawer_open = False
        self._lay_out()
        self._connect()
        self._ring = FocusRing(theme, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        self._middle = QWidget()
        centre = QVBoxLayout(self._middle)
        centre.setContentsMargins(0, 0, 0, 0)
        centre.setSpacing(0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.idle)
        centre.addWidget(self._pages, 1)
        middle.addWidget(self._middle, 1)
        self._right = QWidget()
        self._right.setFixedWidth(self._theme.metrics["slip"])
        self._rights = QStackedLayout(self._right)
        self._rights.addWidget(self.side)
        self._rights.addWidget(self.slip)
        self.over = Pages(self._theme, self._pages, self._rights)
        if self._theme.metrics.drawer:
            centre.addWidget(self.foot)
            self._right.setParent(self)
        else:
            middle.addWidget(self._right)
        column.addLayout(middle, 1)
        column.addWidget(self._message)
        column.addWidget(self.keys)
        self._middle.installEventFilter(self)
        self._right_shown: CounterView | None = None
        self._right_later = QTimer(self, singleShot=True, interval=RIGHT_MS)
        self._right_later.timeout.connect(self._show_right)

    def _connect(self) -> None:
        self.idle.intent.connect(self.intent)
        self.idle.act.connect(self.act)
        self.over.intent.connect(self.intent)
        self.slip.fault_chosen.connect(lambda number: self.intent.emit(FaultOptionChosen(number)))
        self.side.fault_chosen.connect(lambda number: self.intent.emit(FaultOptionChosen(number)))
        self.side.notice_done.connect(lambda number: self.intent.emit(NoticeDone(number)))
        self.foot.pressed.connect(self._press_primary)
        self.top.lock.clicked.connect(lambda: self.act.emit("act_lock"))

    @property
    def work(self) -> "WorkPage":
        """The page of the citizen at the window, built when it is first wanted: no first paint needs it."""
        if self._work is None:
            from ui.screens.counter.serving import WorkPage  # noqa: PLC0415 - the same

            self._work = WorkPage(self._theme)
            self._work.intent.connect(self.intent)
            self._pages.addWidget(self._work)
        return self._work

    def _press_primary(self) -> None:
        if self._view is not None and isinstance(self._view.right, SlipView) and self._view.right.primary is not None:
            self.act.emit(self._view.right.primary.action)

    def show_view(self, view: CounterView) -> None:
        """Show what changed."""
        old, self._view = self._view, view
        self._show_around(view)
        self.top.show_view(view.top)
        self.rail.show_view(view.rail)
        self._show_centre(view)
        self._right_later.stop()
        if old is not None and (old.ui_state, old.section) != (view.ui_state, view.section):
            self._right_later.start()
        else:
            self._show_right()
        labels = {key.action: (key.state.value, key.label) for key in view.keys if key.action in KNOWN}
        self.keys.show_keys(labels)
        self._message.show_message(view.message)

    def _enabled(self, action: str) -> bool:
        return action in self._actions.actions and self._actions.actions[action].isEnabled()

    def _show_around(self, view: CounterView) -> None:
        """Leave of the frame what the page over the work wants around it."""
        page = view.page
        self.top.setVisible(page is None or page.around.top)
        self.keys.setVisible(page is None or page.around.keys)
        self.rail.setVisible(page is None or page.around.rail)
        if not self._theme.metrics.drawer:
            self._right.setVisible(page is None or page.around.right)

    def _show_centre(self, view: CounterView) -> None:
        if view.page is not None:
            self.over.show_view(view.page)
            return
        if isinstance(view.centre, IdleView):
            self.idle.show_view(view.centre, enabled=self._enabled(view.centre.hero.action))
            self._pages.setCurrentWidget(self.idle)
            if view.coming is not None:
                QTimer.singleShot(PREPARE_MS, self, partial(self._prepare_coming, view))
        else:
            self.work.show_view(view.centre)
            self._pages.setCurrentWidget(self.work)

    def _prepare_coming(self, view: CounterView) -> None:
        """The called citizen's page is ready before the card is read: then it only has to be painted."""
        if self._view is view and view.coming is not None:
            self.prepare(view.coming)

    def prepare(self, page: ServingView) -> None:
        """Build and lay out a page that is not shown."""
        self.work.show_view(page)
        self.work.lay_out()

    def _show_right(self) -> None:
        view, old = self._view, self._right_shown
        if view is None:
            return
        self._right_shown = view
        if view.page is not None and self.over.show_right(view.page):
            pass
        elif isinstance(view.right, SideView):
            self.side.show_view(view.right)
            self._rights.setCurrentWidget(self.side)
        else:
            self.slip.show_view(view.right)
            action = view.right.primary.action if view.right.primary is not None else ""
            self.foot.show_view(view.right, enabled=self._enabled(action))
            self._rights.setCurrentWidget(self.slip)
        if self._theme.metrics.drawer:
            self.foot.setVisible(isinstance(view.right, SlipView) and (view.page is None or view.page.around.foot))
            section_before = old.section if old is not None else 0
            if view.section != section_before:
                self._drawer_open = view.section == DRAWER_SECTION and _of_paper(view)
            # What is wrong must be seen, drawer or not.
            self._drawer_open |= view.right.fault is not None and (old is None or old.right.fault is None)
            if old is not None and old.asking and not view.asking:
                self._drawer_open = view.section == DRAWER_SECTION and _of_paper(view)
            self._drawer_open = self._drawer_open if view.page is None else view.page.drawer(now=self._drawer_open)
            self._place_drawer()

    def turn_paper(self) -> bool:
        """Alt+P: in XS the drawer opens, turns to the sealed original where there is one, and closes with it.

        Returns whether the pane is to be turned now; a wider window has no drawer and only turns.
        """
        view = self._view
        if not self._theme.metrics.drawer or view is None:
            return True
        turned = isinstance(view.right, SlipView) and view.right.sheet
        turns = self._drawer_open and view.turns
        self._drawer_open = (turns and not turned) or not self._drawer_open
        self._place_drawer()
        return turns

    def _place_drawer(self) -> None:
        foot = self.foot.sizeHint().height() if self.foot.isVisibleTo(self) else 0
        middle = self._middle.geometry()
        width = self._theme.metrics["slip"]
        self._right.setGeometry(middle.right() + 1 - width, middle.top(), width, middle.height() - foot)
        self._right.setVisible(self._drawer_open)
        self._right.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._middle and event.type() == QEvent.Type.Resize and self._theme.metrics.drawer:
            self._place_drawer()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._theme.metrics.drawer:
            self._place_drawer()

    def first_focus(self) -> QWidget:
        """The first thing to do in the centre."""
        if self._view is not None and self._view.page is not None:
            return self.over.first_focus()
        return self.idle.first_focus() if self._pages.currentWidget() is self.idle else self.work.first_focus()

    def focused_material(self) -> int | None:
        """Return the line of the checklist, from 0, that has the keyboard."""
        return self._work.focused_material() if self._work is not None else None

    def reveal(self, widget: QWidget) -> None:
        """Bring a part of the citizen's page into view."""
        if self._work is not None and self._work.isAncestorOf(widget):
            self._work.reveal(widget)

    def other_pane(self) -> QWidget:
        """Where Ctrl+Tab goes: from the card to the big button, and back."""
        button = self.foot.primary
        there = button.isVisible() and button.isEnabled() and not button.hasFocus()
        return button if there else self.first_focus()

    def choose_on_right(self, number: int) -> bool:
        """Take option ``number`` of a fault, else of a notice; False when there is none."""
        page = self._view.page if self._view is not None else None
        if page is not None and self.over.choose(number):
            return True
        if page is not None and not page.around.faults:
            return False
        right = self.side if self._rights.currentWidget() is self.side else self.slip
        if right.fault.can_choose(number):
            self.intent.emit(FaultOptionChosen(number))
            return True
        if right is self.side and self.side.can_finish(number):
            self.intent.emit(NoticeDone(number))
            return True
        return False


def _of_paper(view: CounterView) -> bool:
    """Say whether the open section is about the paper: the question how a visit ends needs the room of the drawer."""
    primary = view.right.primary if isinstance(view.right, SlipView) else None
    return primary is not None and primary.action != "act_finish"
