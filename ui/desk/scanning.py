"""What the citizen holds out to the clerk's scanner: number tickets, and the codes on the papers that came out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton

from ui.desk.world import TicketPaper

TICKETS_SHOWN = 4

_NAMES = {"ZW1:": "扫办件码", "ZW1R:": "扫评价码", "ZW1N:": "扫号票"}

Scan = Callable[[str], None]


class TicketShelf(QFrame):
    """The number tickets taken last, each with a button that holds it before the scanner."""

    def __init__(self, scan: Scan) -> None:
        super().__init__()
        self._scan = scan
        self._tickets: tuple[TicketPaper, ...] = ()
        self.setObjectName("desk_box")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 10, 12, 12)
        title = QLabel("给柜员扫号票")
        title.setObjectName("desk_box_title")
        self._grid.addWidget(title, 0, 0, 1, 2)
        self._buttons: list[QPushButton] = []
        self.hide()

    def show_tickets(self, tickets: tuple[TicketPaper, ...]) -> None:
        """Show the last ones, newest first; nothing before the first was taken."""
        shown = tickets[: -TICKETS_SHOWN - 1 : -1]
        if shown == self._tickets:
            return
        self._tickets = shown
        for button in self._buttons:
            button.deleteLater()
        self._buttons = [_button(f"扫 {each.number}", self._scan, each.code) for each in shown]
        for n, button in enumerate(self._buttons):
            button.setMinimumWidth(150)
            self._grid.addWidget(button, 1 + n // 2, n % 2)
        self.setVisible(bool(shown))


class PaperCodes(QHBoxLayout):
    """One button for each code on a paper."""

    def __init__(self, codes: tuple[str, ...], scan: Scan) -> None:
        super().__init__()
        for code in codes:
            name = next((name for prefix, name in _NAMES.items() if code.startswith(prefix)), "扫一扫")
            self.addWidget(_button(name, scan, code))
        self.addStretch(1)


def _button(name: str, scan: Scan, code: str) -> QPushButton:
    button = QPushButton(name)
    button.setObjectName(f"desk_scan__{code}")
    button.clicked.connect(partial(_held_out, scan, code))
    return button


def _held_out(scan: Scan, code: str, *_: object) -> None:
    scan(code)
