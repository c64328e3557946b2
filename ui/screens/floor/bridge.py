"""Brings what the manager's network thread tells onto the GUI thread."""

from PySide6.QtCore import QObject, Signal


class FloorBridge(QObject):
    """The signals may be emitted from any thread; Qt queues them for the window's."""

    news = Signal(object)
    """A ``sync.client.floor.FloorNews``."""
    ledgers = Signal(object)
    """A ``sync.client.ledgers.LedgerAnswer``."""
    broken = Signal(str, str)
    """The name of a thread in which an error was met that nobody expects, and the incident number of its log entry."""
