"""Brings what network and printer tell onto the GUI thread."""

from PySide6.QtCore import QObject, Signal


class GuideBridge(QObject):
    """The signals may be emitted from any thread; Qt queues them for the window's."""

    news = Signal(object)
    """A ``sync.client.guide.GuideNews``."""
    printer = Signal(object)
    """A ``printing.delivery.PrintEvent``."""
    broken = Signal(str, str)
    """The name of a thread in which an error was met that nobody expects, and the incident number of its log entry."""
