"""A finger that knows when it pressed: one key event given to the X server by this process itself."""

import ctypes
import time

UP, DOWN = 0, 1


class Finger:
    """Presses keys on one display. ``press`` returns the moment of the event in seconds since the epoch."""

    def __init__(self, display: str) -> None:
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._display, f"no display {display}"

    def press(self, name: str) -> float:
        """Press and let go of a key by its X name."""
        symbol = ctypes.c_ulong(self._x.XStringToKeysym(name.encode()))
        code = self._x.XKeysymToKeycode(self._display, symbol)
        at = time.time()
        for direction in (DOWN, UP):
            self._test.XTestFakeKeyEvent(self._display, code, direction, 0)
        self._x.XFlush(self._display)
        return at

    def close(self) -> None:
        """Let go of the display."""
        self._x.XCloseDisplay(self._display)
