"""Lets a scanner that types like a keyboard be heard at the counter's window, as one on a line is."""

from typing import TYPE_CHECKING

from app.domain.wedge import Pace
from app.ports.clock import Clock
from app.ports.scanner import Scanned
from ui.screens.counter import scans
from ui.screens.counter.view import CounterWindow
from ui.wedge.listening import listening

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def listen(presenter: "CounterPresenter", window: CounterWindow, pace: Pace, clock: Clock) -> None:
    """Look at every key of the window from now on; told once, when the counter opens behind its first paint."""

    def scanned(text: str) -> None:
        scans.heard(presenter, Scanned(text))

    listening(window, pace, clock, scanned)
