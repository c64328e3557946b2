"""A window with one field, before which every key is looked at; it tells what it sees as lines of JSON.

Its figures are wider than the product's: what is measured here is the way of a key, not the pace of a machine under
test.
"""

import json
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from typing_extensions import override

from app.domain.wedge import Pace
from ui.wedge.x11_display import X11Display
from ui.wedge.x11_keys import X11Keys

TITLE = "wedge"
PACE = Pace(gap_ms=50, hold_ms=100, idle_ms=400)


def tell(**what: str) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Field(QLineEdit):
    """Tells too what an input method composes in it."""

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        tell(composing=event.preeditString())


def main() -> None:
    application = QApplication(sys.argv[:1])
    window, field = QMainWindow(), Field()
    window.setWindowTitle(TITLE)
    window.setCentralWidget(field)
    window.resize(600, 200)
    field.textChanged.connect(lambda text: tell(field=text))
    field.returnPressed.connect(lambda: tell(entered=field.text()))
    X11Keys(window, X11Display(), PACE, lambda text: tell(scanned=text))
    # Who drives this window closes its input to end it.
    ending = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ending.activated.connect(application.quit)
    window.show()
    window.activateWindow()
    field.setFocus()
    application.exec()


if __name__ == "__main__":
    main()
