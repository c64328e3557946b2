"""Runs the reviewer's window as a program."""

from collections.abc import Callable
from functools import partial

from app.ports.clock import Clock
from ui.screens.counter.bridge import Bridge
from ui.screens.program import Screen, run_screen
from ui.screens.review.parts import ReviewParts
from ui.screens.review.presenter import ReviewPresenter
from ui.screens.review.view import ReviewWindow

Open = Callable[[Bridge], ReviewParts]


def run_review(open_review: Open, close_review: Callable[[], None], clock: Clock) -> int:
    """Show the window until it is closed; the exit status is Qt's.

    ``open_review`` runs off the GUI thread and is tried again while it raises ``ScreenNotOpen``.
    """

    def make() -> Screen[ReviewParts]:
        bridge, window = Bridge(), ReviewWindow(clock)
        presenter = ReviewPresenter(window, bridge, clock)

        def close() -> None:
            presenter.close()
            close_review()

        return Screen(window, presenter, partial(open_review, bridge), close, bridge.broken.emit)

    return run_screen(make, clock)
