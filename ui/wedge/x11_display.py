"""The three calls on an X11 display that Qt does not offer: which letter a key is, and a key given back to a window."""

import ctypes
from typing import Final

from typing_extensions import override

PRESS: Final = 2
RELEASE: Final = 3
SENT: Final = 0x80
"""Set in the type of an event that a program sent, not a keyboard."""
EVENT_BYTES: Final = 32
_LETTERS: Final = 8


class NoX11(Exception):  # noqa: N818 - the state of a machine, not a fault of the program
    """There is no X11 display, or none of its libraries."""


class XcbKey(ctypes.Structure):
    """A key as the display sends it (``xcb_key_press_event_t``); ``time`` in ms of the display, 32 bits."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("detail", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
        ("root", ctypes.c_uint32),
        ("event", ctypes.c_uint32),
        ("child", ctypes.c_uint32),
        ("root_x", ctypes.c_int16),
        ("root_y", ctypes.c_int16),
        ("event_x", ctypes.c_int16),
        ("event_y", ctypes.c_int16),
        ("state", ctypes.c_uint16),
        ("same_screen", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
    )


class _XlibKey(ctypes.Structure):
    """The same as ``XKeyEvent`` of Xlib has it."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("root", ctypes.c_ulong),
        ("subwindow", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("x_root", ctypes.c_int),
        ("y_root", ctypes.c_int),
        ("state", ctypes.c_uint),
        ("keycode", ctypes.c_uint),
        ("same_screen", ctypes.c_int),
    )


class X11Display:
    """Two connections of our own: Xlib knows the layout, xcb sends.

    Raises:
        NoX11: there is no display, or a library is missing.
    """

    def __init__(self) -> None:
        try:
            self._xlib, self._xcb = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libxcb.so.1")
        except OSError as error:
            raise NoX11 from error
        self._xlib.XOpenDisplay.restype = ctypes.c_void_p
        self._xlib.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self._xlib.XLookupString.argtypes = [
            ctypes.POINTER(_XlibKey),
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.POINTER(ctypes.c_ulong),
            ctypes.c_void_p,
        ]
        self._xlib.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._xcb.xcb_connect.restype = ctypes.c_void_p
        self._xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
        self._xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
        self._xcb.xcb_send_event.argtypes = [
            ctypes.c_void_p,
            ctypes.c_uint8,
            ctypes.c_uint32,
            ctypes.c_uint32,
            ctypes.c_char_p,
        ]
        self._xcb.xcb_flush.argtypes = [ctypes.c_void_p]
        self._xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
        self._layout = self._xlib.XOpenDisplay(None)
        if not self._layout:
            raise NoX11
        self._sender = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._sender):
            self._xcb.xcb_disconnect(self._sender)
            self._xlib.XCloseDisplay(self._layout)
            raise NoX11

    def letter(self, key: XcbKey) -> tuple[str, int]:
        """Return the text a pressed key stands for, empty where it is none, and its keysym."""
        asked = _XlibKey(type=PRESS, display=self._layout, state=key.state, keycode=key.detail, same_screen=1)
        said, symbol = ctypes.create_string_buffer(_LETTERS), ctypes.c_ulong()
        length = self._xlib.XLookupString(ctypes.byref(asked), said, _LETTERS, ctypes.byref(symbol), None)
        return said.raw[:length].decode("latin-1"), symbol.value

    def give_back(self, key: XcbKey) -> None:
        """Send a key to the window it was pressed in; it comes with ``SENT`` in its type, behind what was sent before.

        A window that is gone is no error: nobody wants the key then.
        """
        self._xcb.xcb_send_event(self._sender, 0, key.event, 0, bytes(key))
        self._xcb.xcb_flush(self._sender)

    def close(self) -> None:
        """Close both connections."""
        self._xcb.xcb_disconnect(self._sender)
        self._xlib.XCloseDisplay(self._layout)

    @override
    def __repr__(self) -> str:
        return "X11Display()"
