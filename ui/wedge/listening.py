"""Which way of hearing a keyboard a platform has, for every window that a scanner may type into."""

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.wedge import Pace
from app.ports.clock import Clock
from ui.wedge.window_keys import WindowKeys
from ui.wedge.x11_display import NoX11, X11Display
from ui.wedge.x11_keys import X11Keys

log = logging.getLogger(__name__)
X11: Final = "xcb"


def listening(window: QWidget, pace: Pace, clock: Clock, scanned: Callable[[str], None]) -> Callable[[], None]:
    """Look at every key of a shown window from now on; returns what ends it."""
    if QGuiApplication.platformName() == X11:
        try:
            x11_keys = X11Keys(window, X11Display(), pace, scanned)
        except NoX11:
            log.warning("wedge.no_x11")  # an input method that composes may take what is scanned
        else:

            def close() -> None:
                x11_keys.close()
                x11_keys.deleteLater()

            return close
    handle = window.windowHandle()
    assert handle is not None, "only a window that was shown has keys"
    return WindowKeys(handle, pace, clock, scanned).deleteLater
