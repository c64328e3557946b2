"""Runs the guide desk's window as a program."""

from collections.abc import Callable
from functools import partial

from app.ports.clock import Clock
from ui.screens.guide.bridge import GuideBridge
from ui.screens.guide.parts import GuideParts
from ui.screens.guide.presenter import GuidePresenter
from ui.screens.guide.view import GuideWindow
from ui.screens.program import Screen, run_screen

Open = Callable[[GuideBridge], GuideParts]


def run_guide(open_guide: Open, close_guide: Callable[[], None], clock: Clock) -> int:
    """Show the window until it is closed; the exit status is Qt's.

    ``open_guide`` runs off the GUI thread and is tried again while it raises ``ScreenNotOpen``.
    """

    def make() -> Screen[GuideParts]:
        bridge, window = GuideBridge(), GuideWindow(clock)
        presenter = GuidePresenter(window, bridge, clock)

        def close() -> None:
            presenter.close()
            close_guide()

        return Screen(window, presenter, partial(open_guide, bridge), close, bridge.broken.emit)

    return run_screen(make, clock)
