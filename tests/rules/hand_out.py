"""The hand-out window by keys: somebody comes without a number, lays the card, and says the code."""

from types import SimpleNamespace
from typing import Any

from living_counter import Living, living
from office import Place
from PySide6.QtCore import Qt

from app.domain.person import Person
from app.domain.visit import VisitState
from ui.screens.counter.view_model import IdleView

Key = Qt.Key


class LatchClock:
    """The hall's clock, with the time that keys are told apart by."""

    ms = 0

    def __init__(self, place: Place) -> None:
        self._place = place

    def now_ms(self) -> int:
        return self._place.clock.now_ms()

    def monotonic_ms(self) -> int:
        return self.ms

    def random_bytes(self, count: int) -> bytes:
        return self._place.clock.random_bytes(count)


def at_window(place: Place, qtbot: Any) -> Any:
    """Open the counter window of a place until the end of the block."""
    kit = SimpleNamespace(store=place.store, clock=place.clock, database=place.database)
    return living(qtbot, LatchClock(place), kit, place.clerk, authority=None, number=place.window)


def handed_out(place: Place, citizen: Person, code: str, qtbot: Any) -> str:
    """F8, the card, F12 4, the code, Enter; returns what the window says."""
    with at_window(place, qtbot) as counter:
        sit_down(counter, citizen)
        counter.press(Key.Key_F12, Key.Key_4)
        counter.write(code)
        counter.press(Key.Key_Return)
        return counter.state.message


def sit_down(counter: Living, citizen: Person) -> None:
    """A citizen without a number sits down and is seated by what their card says."""
    counter.press(Key.Key_F8)
    counter.until(lambda: counter.state.visit is not None and counter.state.visit.state is VisitState.SERVING)
    counter.presenter.change_card(lambda card: card.seat(citizen))
    counter.until(lambda: not counter.state.busy and counter.state.card is not None)


def tags(counter: Living) -> str:
    """Return what is counted beside the clerk's own cases."""
    view = counter.window._view
    assert view is not None
    assert isinstance(view.centre, IdleView)
    return " ".join(each.text for each in view.centre.tags)
