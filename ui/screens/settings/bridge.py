"""Brings what other threads tell onto the GUI thread."""

from PySide6.QtCore import QObject, Signal


class SettingsBridge(QObject):
    """The signal may be emitted from any thread; Qt queues it for the window's."""

    broken = Signal(str, str)
    """The name of a thread in which an error was met that nobody expects, and the incident number of its log entry."""
