"""Hears the keys where the X11 display hands them to Qt: before any input method (devices.md section 4).

An input method that composes Chinese takes letters, digits and Enter for itself, and Qt shows a program nothing of
them. So what may be a scanner's is held here; a hand's keys are given back to the window through the display, and the
input method sees them then, in their order.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from typing_extensions import override

from app.domain.wedge import Pace
from ui.wedge.hearing import Hearing
from ui.wedge.x11_display import PRESS, RELEASE, SENT, X11Display, XcbKey

ENDS: Final = frozenset({0xFF0D, 0xFF8D, 0xFF09})
"""Keysyms of Return, Enter on the number pad, and Tab."""
SHIFTS: Final = frozenset({0xFFE1, 0xFFE2, 0xFFE5, 0xFF7F})
"""Keysyms of both Shifts, CapsLock and NumLock."""
COMMANDS: Final = 0x4C
"""Ctrl, Alt and Meta in the state of a key."""
XCB: Final = b"xcb_generic_event_t"


class _Native(QAbstractNativeEventFilter):
    """Qt wants an object of this class; it only asks."""

    def __init__(self, take: Callable[[XcbKey], bool]) -> None:
        super().__init__()
        self._take = take

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if eventType != XCB:
            return False, 0
        key = XcbKey.from_address(int(message))
        if key.response_type & ~SENT not in (PRESS, RELEASE):
            return False, 0
        return self._take(key), 0


class X11Keys(QObject):
    """While it lives every key of the program's windows is looked at once, before Qt and the input method."""

    def __init__(self, owner: QObject, display: X11Display, pace: Pace, scanned: Callable[[str], None]) -> None:
        super().__init__(owner)
        self._display = display
        self._hearing: Hearing[XcbKey] = Hearing(self, pace, scanned, self._pass_on)
        self._given_back = 0
        self._down: set[int] = set()
        self._swallowed: int | None = None
        self._native = _Native(self._take)
        application = QCoreApplication.instance()
        assert application is not None, "there is a program whose keys are heard"
        application.installNativeEventFilter(self._native)
        application.aboutToQuit.connect(self.close)

    def close(self) -> None:
        """Hear no more; what is held goes on."""
        self._hearing.silent()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._native)
        self._display.close()

    def _take(self, key: XcbKey) -> bool:
        """Return whether the key is held; what comes back from the display goes on."""
        if key.response_type & SENT:
            self._given_back = max(0, self._given_back - 1)
            return False
        copy = XcbKey.from_buffer_copy(key)
        return self._pressed(copy) if copy.response_type == PRESS else self._released(copy)

    def _pressed(self, key: XcbKey) -> bool:
        repeated = key.detail in self._down
        self._down.add(key.detail)
        text, symbol = self._display.letter(key)
        if symbol in SHIFTS:
            return self._hearing.beside(key) or self._behind(key)
        if len(text) == 1 and text.isprintable() and not repeated and not key.state & COMMANDS:
            self._hearing.key(key.time, text, key)
            return True
        ended = symbol in ENDS and self._hearing.ended_by(key.time)
        if ended:
            self._swallowed = key.detail
        self._hearing.silent()
        return ended or self._behind(key)

    def _released(self, key: XcbKey) -> bool:
        self._down.discard(key.detail)
        if key.detail == self._swallowed:
            self._swallowed = None
            return True
        return self._hearing.beside(key) or self._behind(key)

    def _behind(self, key: XcbKey) -> bool:
        """A key that nobody holds goes on at once, or behind those that are on their way back."""
        if self._given_back == 0:
            return False
        self._pass_on((key,))
        return True

    def _pass_on(self, keys: Sequence[XcbKey]) -> None:
        for key in keys:
            self._given_back += 1
            self._display.give_back(key)
