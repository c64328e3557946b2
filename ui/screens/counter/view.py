"""The counter window: draws a CounterView, turns keys and clicks into intents, and never decides anything itself."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Property, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.ports.clock import Clock
from ui.actions import Actions
from ui.intents import Answer, AnswerLetter, Arrived, Back, ConfirmAnswer, Reveal, TurnPaper
from ui.keymap import load_keymap
from ui.reveal import RevealKey
from ui.screens.counter.commands import HELP, INTENTS, PANEL, allowed
from ui.screens.counter.frame import CounterFrame
from ui.screens.counter.help import Help
from ui.screens.counter.kept_focus import KeptFocus
from ui.screens.counter.view_model import CounterView, ServingView
from ui.theme import Theme
from ui.widgets.keys import ENTER, digit, typing
from ui.widgets.slip_views import SlipView
from ui.widgets.views import DeviceState

SMALLEST = (1080, 600)
REHEARSE_MS: Final = 60
MODIFIERS = frozenset({Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock})


class CounterWindow(QMainWindow):
    """``show_view`` draws; ``intent`` carries a frozen value of ``ui.intents``; ``closing`` asks to end the program."""

    intent = Signal(object)
    closing = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("窗口"))
        self.setMinimumSize(*SMALLEST)
        self._keymap = load_keymap()
        self._actions = Actions(self._keymap, clock, self)
        self._actions.fired.connect(self._fire)
        self._reveal = RevealKey(self)
        self._reveal.changed.connect(lambda on: self.intent.emit(Reveal(on)))
        self._view: CounterView | None = None
        self._before_ask: QWidget | None = None
        self._theme: Theme | None = None
        self._frame: CounterFrame | None = None
        self._clock = clock
        self._help: Help | None = None
        self._kept_focus = KeptFocus()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._keep_focus)
        self.resize(1920, 1080)

    # What the window shows

    def show_view(self, view: CounterView) -> None:
        """Draw a view; what did not change is not touched. This also answers every action pressed before."""
        old, self._view = self._view, view
        before = QApplication.focusWidget()
        self._kept_focus.note(old, view, before)
        self._actions.answer(allowed(view), busy=view.busy)
        frame = self._ensure_frame()
        frame.show_view(view)
        if self._help is not None:
            self._help.refresh(view)
        self._reveal.allow(allowed=isinstance(view.centre, ServingView) and view.centre.person.revealable)
        # Qt passes the keyboard on when its widget goes; here it goes to the first open thing instead.
        stays = before is not None and QApplication.focusWidget() is before and before.isVisible()
        kept = self._kept_focus.restore(old, view)
        if not kept and (not stays or old is None or _scene(old) != _scene(view)):
            self._focus_first()
        if view.asking != (old is not None and old.asking):
            self._lend_keyboard(asking=view.asking)

    def rehearse(self, pages: Sequence[ServingView]) -> None:
        """Build the panels of these pages one by one, behind the waiting page, while nobody is called."""
        if not pages or self._frame is None or self._view is None or self._view.ui_state != "idle":
            return
        self._frame.prepare(pages[0])
        QTimer.singleShot(REHEARSE_MS, self, partial(self.rehearse, pages[1:]))

    def _ensure_frame(self) -> CounterFrame:
        density = Theme.density_for(self.width())
        if self._frame is None or self._theme is None or self._theme.metrics.density != density:
            self._theme = Theme(density)
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            self._theme.apply(application)
            frame = CounterFrame(self._theme, self._keymap, self._actions)
            frame.intent.connect(self.intent)
            frame.act.connect(self._act)
            self._frame = frame
            self._help = Help(frame, self._theme, self._keymap, self._clock)
            self.setProperty("density", density)
            self.setCentralWidget(frame)
            # Now, not when the event loop comes round: a hidden widget cannot take the keyboard.
            frame.show()
        return self._frame

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        changed = self._theme is not None and self._theme.metrics.density != Theme.density_for(self.width())
        if changed and self._view is not None:
            self._change_density(self._view)

    def _change_density(self, view: CounterView) -> None:
        """Build the frame anew for another layout class; what is being typed and the focus survive."""
        typed = {edit.objectName(): edit.text() for edit in self.findChildren(QLineEdit) if edit.isModified()}
        focus = QApplication.focusWidget()
        name = focus.objectName() if focus is not None else ""
        frame = self._ensure_frame()
        frame.show_view(view)
        for edit in frame.findChildren(QLineEdit):
            if edit.objectName() in typed:
                edit.setText(typed[edit.objectName()])
        again = frame.findChild(QWidget, name) if name else None
        (self if view.asking else again or frame.first_focus()).setFocus()

    # Where the keyboard is

    def _focus_first(self) -> None:
        if self._frame is not None:
            widget = self._frame.first_focus()
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self._frame.reveal(widget)

    def _lend_keyboard(self, *, asking: bool) -> None:
        """A question that a key opened takes digits wherever the keyboard was; afterwards it is there again."""
        if asking:
            before = QApplication.focusWidget()
            self._before_ask = before if before is not self else None
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif QApplication.focusWidget() is self:
            widget, self._before_ask = self._before_ask, None
            if widget is not None and isValid(widget) and widget.isVisible():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._focus_first()

    def _keep_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Whatever had the keyboard may have gone; it goes to the first open thing then."""
        if now is None and self.isActiveWindow() and self._frame is not None:
            QTimer.singleShot(0, self, self._rescue_focus)

    def _rescue_focus(self) -> None:
        if QApplication.focusWidget() is None and self.isActiveWindow():
            self._focus_first()

    def focused_material(self) -> int | None:
        """Return the line of the checklist, from 0, that has the keyboard."""
        return self._frame.focused_material() if self._frame is not None else None

    # What the clerk does

    def _act(self, name: str) -> None:
        """A button repeats its function key."""
        action = self._actions.actions.get(name)
        if action is not None:
            action.trigger()

    def _fire(self, name: str) -> None:
        self._reveal.other_key()
        if self._help is not None and name != HELP:
            self._help.away()
        if name in INTENTS:
            self.intent.emit(INTENTS[name])
            return
        self._actions.release(name)
        if self._frame is None:
            return
        if name == HELP and self._help is not None and self._view is not None:
            self._help.press(self._view)
        elif name in PANEL:
            self._frame.choose_on_right(PANEL[name])
        elif name == "act_paper" and self._frame.turn_paper():
            self.intent.emit(TurnPaper())
        elif name == "act_reveal":
            self._reveal.look()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._reveal.press(event)
        if event.isAutoRepeat() or self._frame is None or self._view is None or event.key() in MODIFIERS:
            return
        if event.key() == Qt.Key.Key_Escape and self._help is not None and self._help.on:
            self._help.away()
        elif event.key() == Qt.Key.Key_Escape:
            self.intent.emit(Back())
        elif self._view.page is not None:
            self._frame.over.take_key(event)
        elif event.key() == Qt.Key.Key_Tab:
            self._frame.other_pane().setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_F10:
            self._show_first_error()
        elif not typing():
            self._plain_key(event, self._view, self._frame)

    def _plain_key(self, event: QKeyEvent, view: CounterView, frame: CounterFrame) -> None:
        if view.asking:
            self._answer_question(event)
            return
        if isinstance(view.centre, ServingView):
            if frame.work.take_key(event):
                return
        elif view.ui_state == "calling" and (event.key() in ENTER or event.text().strip()):
            self.intent.emit(Arrived())
            return
        number = digit(event)
        if number is not None:
            frame.choose_on_right(number)

    def _answer_question(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.intent.emit(ConfirmAnswer())
        elif event.text().isdecimal():
            self.intent.emit(Answer(int(event.text())))
        elif event.text().isascii() and event.text().isalpha():
            self.intent.emit(AnswerLetter(event.text().upper()))

    def _show_first_error(self) -> None:
        """F10 on a grey button leads to what keeps it grey."""
        error = self._frame.work.first_error() if self._frame is not None else None
        if error is not None and self._frame is not None:
            error.setFocus(Qt.FocusReason.OtherFocusReason)
            self._frame.work.reveal(error)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._reveal.release(event)
        if event.key() == Qt.Key.Key_F1 and not event.isAutoRepeat() and self._help is not None:
            self._help.release()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._reveal.stop()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    # What tests and assistive tools may ask (design.md §14)

    def _ui_state(self) -> str:
        return self._view.ui_state if self._view is not None else ""

    def _outcome(self) -> str:
        return self._view.outcome if self._view is not None else ""

    def _ticket(self) -> str:
        return self._view.rail.now.ticket if self._view is not None else ""

    def _section(self) -> int:
        return self._view.section if self._view is not None else 0

    def _pending(self) -> int:
        return self._view.top.sync.pending if self._view is not None else 0

    def _faults(self) -> list[str]:
        devices = self._view.top.devices if self._view is not None else ()
        return [device.key for device in devices if device.state is DeviceState.FAULT]

    def _slip_kind(self) -> str:
        right = self._view.right if self._view is not None else None
        return right.kind if isinstance(right, SlipView) else ""

    def _focus_path(self) -> str:
        """Object names from the window down to the widget with the keyboard."""
        names: list[str] = []
        part: QObject | None = QApplication.focusWidget()
        while part is not None and part is not self:
            if part.objectName() and not part.objectName().startswith("qt_"):
                names.append(part.objectName())
            part = part.parent()
        return "/".join(reversed(names))

    uiState = Property(str, _ui_state)  # noqa: N815 -- the name that design.md §14 fixes
    outcome = Property(str, _outcome)
    currentTicket = Property(str, _ticket)  # noqa: N815 -- design.md §14
    currentSection = Property(int, _section)  # noqa: N815 -- design.md §14
    pendingSync = Property(int, _pending)  # noqa: N815 -- design.md §14
    deviceFaults = Property(list, _faults)  # noqa: N815 -- design.md §14
    slipKind = Property(str, _slip_kind)  # noqa: N815 -- design.md §14
    focusPath = Property(str, _focus_path)  # noqa: N815 -- design.md §14


def _scene(view: CounterView) -> tuple[object, ...]:
    """What decides where the keyboard should be: another scene, another first thing to do."""
    if view.page is not None:
        return (type(view.page), view.page.scene)
    hero = "" if isinstance(view.centre, ServingView) else view.centre.hero.kind.value
    entry = view.centre.person.entry if isinstance(view.centre, ServingView) else None
    return (isinstance(view.centre, ServingView), hero, view.section, entry.title if entry is not None else "")
