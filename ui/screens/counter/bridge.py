"""Brings what device, printer and sync threads tell onto the GUI thread."""

from PySide6.QtCore import QObject, Signal


class Bridge(QObject):
    """Signals may be emitted from any thread; Qt queues them for the window's."""

    reader = Signal(object)
    """An ``app.ports.card_reader.ReaderEvent``."""
    printer = Signal(object)
    """A ``printing.delivery.PrintEvent``."""
    link = Signal(object)
    """An ``app.domain.link.LinkStatus``."""
    changed = Signal()
    """The hall's server sent something that the store now holds."""
