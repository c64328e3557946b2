"""What stands on an X display, read at once: a rectangle of its dots, the title of a window."""

import ctypes
import ctypes.util
from typing import Self

from PIL import Image

ALL_PLANES = ctypes.c_ulong(0xFFFFFFFF)
ANY_TYPE = ctypes.c_ulong(0)
Z_PIXMAP = 2
DATA, BYTES_PER_LINE = 16, 44
"""Where an XImage of 64-bit machines has its dots and the length of its rows."""
LONGEST_TITLE = 256
"""In units of four bytes."""
Place = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
def _window_gone(_display: int | None, _error: int | None) -> int:
    """A window that closed while it was looked at has no title; Xlib by itself would end the process."""
    return 0


class Eyes:
    """A connection of its own to an X display, for one thread."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = self._x.XGetImage.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = ctypes.c_ulong
        self._x.XSetErrorHandler(_window_gone)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._display.value, f"no X display {display}"
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._title = ctypes.c_ulong(self._x.XInternAtom(self._display, b"_NET_WM_NAME", 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._x.XCloseDisplay(self._display)

    def look(self, place: Place) -> bytes:
        """Return the dots of a rectangle, four bytes each."""
        left, top, right, bottom = place
        image = self._x.XGetImage(
            self._display, self._root, left, top, right - left, bottom - top, ALL_PLANES, Z_PIXMAP
        )
        assert image, "the screen cannot be read"
        dots = ctypes.c_void_p.from_address(image + DATA).value
        row = ctypes.c_int.from_address(image + BYTES_PER_LINE).value
        seen = ctypes.string_at(dots, row * (bottom - top))
        self._x.XDestroyImage(ctypes.c_void_p(image))
        return seen

    def picture(self, seen: bytes, place: Place) -> Image.Image:
        """Make a picture of what ``look`` saw there."""
        left, top, right, bottom = place
        size = (right - left, bottom - top)
        return Image.frombuffer("RGB", size, seen, "raw", "BGRX", len(seen) // size[1], 1)

    def title(self, window: str) -> str:
        """Return what the title bar of a window says, empty where the window is gone."""
        kind, size, text = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_void_p()
        count, left = ctypes.c_ulong(), ctypes.c_ulong()
        self._x.XGetWindowProperty(
            self._display,
            ctypes.c_ulong(int(window)),
            self._title,
            ctypes.c_long(0),
            ctypes.c_long(LONGEST_TITLE),
            ctypes.c_int(0),
            ANY_TYPE,
            ctypes.byref(kind),
            ctypes.byref(size),
            ctypes.byref(count),
            ctypes.byref(left),
            ctypes.byref(text),
        )
        if not text.value:
            return ""
        said = ctypes.string_at(text.value, count.value).decode()
        self._x.XFree(text)
        return said
