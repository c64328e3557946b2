"""Brings what device, printer and sync threads tell onto the GUI thread."""

from PySide6.QtCore import QObject, Signal


class Bridge(QObject):
    """Signals may be emitted from any thread; Qt queues them for the window's."""

    reader = Signal(object)
    """An ``app.ports.card_reader.ReaderEvent``."""
    scanner = Signal(object)
    """An ``app.ports.scanner.ScannerEvent``."""
    camera = Signal(object)
    """An ``app.ports.camera.CameraEvent``."""
    wedge = Signal(object, object)
    """A scanner may type like a keyboard: its ``app.domain.wedge.Pace``, and the clock."""
    display = Signal(object)
    """An ``app.ports.window_display.DisplayEvent``."""
    evaluator = Signal(object)
    """An ``app.ports.evaluator.EvaluatorEvent``."""
    printer = Signal(object)
    """A ``printing.delivery.WayEvent``."""
    link = Signal(object)
    """An ``app.domain.link.LinkStatus``."""
    broken = Signal(str, str)
    """The name of a thread in which an error was met that nobody expects, and the incident number of its log entry."""
    damaged = Signal()
    """Work met a damaged place of the store: nothing can be relied on before it is made anew."""
    left = Signal()
    """Who signed in works in another window than this one."""
    far_cases = Signal(object)
    """An ``app.ports.far_cases.FarFound`` or ``FarSeen``."""
    changed = Signal()
    """The hall's server sent something that the store now holds."""
