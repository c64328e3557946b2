"""Hears the keys where Qt hands them to a window, on every platform (devices.md section 4)."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid
from typing_extensions import override

from app.domain.wedge import Pace
from app.ports.clock import Clock
from ui.wedge.hearing import Hearing
from ui.widgets.keys import ENTER, PLAIN

ENDS: Final = ENTER | {Qt.Key.Key_Tab}
SHIFTS: Final = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
"""A scanner presses these between its letters; they are no keys of a text and end none."""
_MOVES: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.FocusOut, QEvent.Type.InputMethod}
)
"""What may move the keyboard, or writes by itself: what was typed before stands before it."""


class WindowKeys(QObject):
    """While it lives every printable key is looked at once, where it enters ``window``, before shortcuts and fields.

    What an input method takes for itself never comes here: under X11 ``ui.wedge.x11_keys`` hears it before.
    Qt shows a press to the window, then to the widget with the keyboard and to each of its parents; only the first
    counts. What a hand typed goes on to the window unchanged; what a scanner typed goes to ``scanned`` alone.
    """

    def __init__(self, window: QWindow, pace: Pace, clock: Clock, scanned: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._hearing: Hearing[QKeyEvent] = Hearing(self, pace, scanned, self._pass_on)
        self._clock = clock
        self._passing = False
        self._swallowed: int | None = None
        self._field: QObject | None = None
        application = QCoreApplication.instance()
        assert isinstance(application, QGuiApplication), "there is a program whose keys are heard"
        application.focusObjectChanged.connect(self._watch_field)
        self._watch_field(application.focusObject())
        window.installEventFilter(self)

    def _watch_field(self, field: QObject | None) -> None:
        """An input method writes to the field itself, past the window."""
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = field
        if field is not None:
            field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._passing:
            return False
        if kind in _MOVES:
            self._hearing.silent()
        if watched is not self._window or not isinstance(event, QKeyEvent):
            return False
        match kind:
            case QEvent.Type.ShortcutOverride:
                return self._before_shortcuts(event)
            case QEvent.Type.KeyPress:
                return self._pressed(event)
            case QEvent.Type.KeyRelease:
                return self._released(event)
            case _:
                return False

    def _before_shortcuts(self, event: QKeyEvent) -> bool:
        """Qt asks before a function key acts: what was typed before it has to be where it belongs by then."""
        if _is_text(event) or self._ends_burst(event):
            event.accept()
            return True
        if event.key() not in SHIFTS:
            self._hearing.silent()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in SHIFTS:
            return False
        if _is_text(event):
            self._hearing.key(self._time_of(event), event.text(), event.clone())
            return True
        ended = self._ends_burst(event)
        if ended:
            self._swallowed = event.key()
        self._hearing.silent()
        return ended

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() == self._swallowed and not event.isAutoRepeat():
            self._swallowed = None
            return True
        return event.key() not in SHIFTS and self._hearing.beside(event.clone())

    def _ends_burst(self, event: QKeyEvent) -> bool:
        return event.key() in ENDS and self._hearing.ended_by(self._time_of(event))

    def _pass_on(self, events: Sequence[QKeyEvent]) -> None:
        self._passing = True
        try:
            for event in events:
                event.accept()  # as Qt makes it: who does not want it says so
                QCoreApplication.sendEvent(self._window, event)
        finally:
            self._passing = False

    def _time_of(self, event: QKeyEvent) -> int:
        """Return when the key was pressed: the display's own time, which no busy moment of this program stretches."""
        return event.timestamp() or self._clock.monotonic_ms()


def _is_text(event: QKeyEvent) -> bool:
    """Whether one printable character was pressed, without Ctrl or Alt; a key held down repeats itself, no scanner."""
    text = event.text()
    return len(text) == 1 and text.isprintable() and not event.isAutoRepeat() and not event.modifiers() & ~PLAIN
