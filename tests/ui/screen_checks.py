"""What every screen is asked: is there one window, is every text whole, does anything lie over anything."""

from PySide6.QtWidgets import QApplication, QWidget


def other_windows(window: QWidget) -> list[str]:
    """Whatever is on the screen beside the window, a dialog, a menu, an open list; but for the citizen's window."""
    beside = (each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window)
    return [repr(each) for each in beside if each.objectName() != "evaluator"]
