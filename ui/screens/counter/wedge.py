"""Lets a scanner that types like a keyboard be heard at the counter's window, as one on a line is."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from app.domain.wedge import Pace
from app.ports.clock import Clock
from app.ports.scanner import Scanned
from ui.screens.counter import scans
from ui.screens.counter.view import CounterWindow
from ui.wedge.window_keys import WindowKeys
from ui.wedge.x11_display import NoX11, X11Display
from ui.wedge.x11_keys import X11Keys

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

log = logging.getLogger(__name__)
X11 = "xcb"


def listen(presenter: "CounterPresenter", window: CounterWindow, pace: Pace, clock: Clock) -> None:
    """Look at every key of the window from now on; told once, when the counter opens."""

    def scanned(text: str) -> None:
        scans.heard(presenter, Scanned(text))

    if QGuiApplication.platformName() == X11:
        try:
            X11Keys(window, X11Display(), pace, scanned)
        except NoX11:
            log.warning("wedge.no_x11")  # an input method that composes may take what is scanned
        else:
            return
    handle = window.windowHandle()
    assert handle is not None, "the counter opens behind the first paint of its window"
    WindowKeys(handle, pace, clock, scanned)
