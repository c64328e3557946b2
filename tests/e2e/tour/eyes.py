"""A small part of the screen, read at once: a picture of all of it takes too long to tell when a figure changed."""

import ctypes
import ctypes.util
from typing import Self

ALL_PLANES = ctypes.c_ulong(0xFFFFFFFF)
Z_PIXMAP = 2
DATA, BYTES_PER_LINE = 16, 44
"""Where an XImage of 64-bit machines has its dots and the length of its rows."""


class Eyes:
    """A connection of its own to an X display, for one thread."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = self._x.XGetImage.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._display.value, f"no X display {display}"
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._x.XCloseDisplay(self._display)

    def look(self, place: tuple[int, int, int, int]) -> bytes:
        """Return the dots of a rectangle: left, top, right, bottom."""
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
