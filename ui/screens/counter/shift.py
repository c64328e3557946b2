"""Who works at this window: the gate a clerk comes in by, the moment of the last key, and work without a clerk."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.background import Background
from ui.screens.counter import sign_in
from ui.screens.counter.acts import attempt
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.preview import Preview
from ui.screens.sign_in.state import Gate

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


class Shift:
    """Lives with the presenter, on the GUI thread. ``touched_ms`` is UTC milliseconds of the last key or click."""

    def __init__(self, presenter: "CounterPresenter", background: Background) -> None:
        self._presenter = presenter
        self._background = background
        self._preview: Preview | None = None
        self.gate: Gate | None = None
        self.touched_ms = 0

    def open(self, gate: Gate, preview: Preview) -> None:
        """The counter is open: whom a file named is in already, anybody else signs in."""
        self.gate, self._preview = gate, preview
        if gate.first is not None:
            if self._presenter.state.clerk is not None:  # opened again: the store was made anew
                self._presenter.update(message="")
            self.start(gate.first)
        else:
            sign_in.begin(self._presenter, gate)

    def start(self, parts: CounterParts) -> None:
        """The clerk is known: the window works."""
        if self._preview is not None:
            self._presenter.begin(parts, self._preview)

    def beside(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do something off the GUI thread that needs no clerk; ``done`` takes its value, or None after an incident."""

        def failed(incident: str) -> None:
            self._presenter.update(incident=incident)
            done(None)

        self._background.run(partial(attempt, work), done, failed)
