"""Runs the manager's window as a program."""

from collections.abc import Callable
from functools import partial

from app.ports.clock import Clock
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.parts import FloorParts
from ui.screens.floor.presenter import FloorPresenter
from ui.screens.floor.view import FloorWindow
from ui.screens.program import Screen, run_screen

Open = Callable[[FloorBridge], FloorParts]


def run_floor(open_floor: Open, close_floor: Callable[[], None], clock: Clock) -> int:
    """Show the window until it is closed; the exit status is Qt's.

    ``open_floor`` runs off the GUI thread and is tried again while it raises ``ScreenNotOpen``.
    """

    def make() -> Screen[FloorParts]:
        bridge, window = FloorBridge(), FloorWindow(clock)
        presenter = FloorPresenter(window, bridge, clock.now_ms())
        return Screen(window, presenter, partial(open_floor, bridge), close_floor, bridge.broken.emit)

    return run_screen(make, clock)
