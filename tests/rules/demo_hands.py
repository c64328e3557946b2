"""What a clerk's hands do in a demo case: call, read the card, type the company, answer, fill the form."""

from demo_desk import Seat
from living_counter import Key, Living
from published_hall import RESOURCES
from PySide6.QtCore import Qt

from app.domain.case import Case
from app.domain.clock_moves import procedures_of
from app.ports.spool import JobState
from devices.sam.demo_cards import demo_card
from sync.server.catalogue_yaml import read

CASES = {
    each["id"]: each
    for each in read((RESOURCES / "catalogue" / "demo-9901-cases.yaml").read_bytes()).document["demo_cases"]
}
CTRL = Qt.KeyboardModifier.ControlModifier
F5, F6, F12 = Key.Key_F5, Key.Key_F6, Key.Key_F12
ALT = Qt.KeyboardModifier.AltModifier
COMPANIES = {
    "O2": ("示范县某某物流有限公司", "91990101MA0DEM002P"),
    "O3": ("示范县某某置业有限公司", "91990101MA0DEM003T"),
}
VALUES = {"floor_area": "1200", "period_days": "300", "phone": "15400000004"}


def call(counter: Living, person: str, company: str = "") -> None:
    """F2, the card, and by Alt+9 the company that applies."""
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.window.property("uiState") == "calling")
    counter.lay(demo_card(person))
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    if company:
        counter.press(Key.Key_9, modifier=ALT)
        for each in COMPANIES[company]:
            counter.write(each)
            counter.press(Key.Key_Return)


def choose(counter: Living, item: str, *answers: Qt.Key) -> None:
    """The item by its place in the list, or by Enter where the window has one, and the answers to its questions."""
    card = counter.state.card
    assert card is not None
    place = [each.id for each in card.candidates].index(item)
    counter.press(Key(int(Key.Key_1) + place), *answers)
    card = counter.state.card
    assert card is not None
    assert card.item is not None
    assert card.item.id == item


def take_in(counter: Living) -> Case:
    """All papers are there, the form is filled, F10; returns the case."""
    counter.press(Key.Key_Plus)
    fill_form(counter)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    assert counter.state.issued is not None
    return counter.state.issued


def fill_form(counter: Living) -> None:
    """Write what card and answers did not bring in."""
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for each in card.form.to_fill():
        counter.write(VALUES.get(each.name, "示范工程"))
        counter.press(Key.Key_Return)


def given(counter: Living) -> None:
    """The window knows that the paper came out."""
    counter.until(lambda: counter.state.job is not None and counter.state.job.state is JobState.PRINTED)


def leave(counter: Living) -> None:
    """The citizen goes with the paper."""
    given(counter)
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)


def write_down(counter: Living, **values: str) -> None:
    """Tab to each field by its name and write into it."""
    for name, words in values.items():
        for _ in range(8):
            if counter.focus.endswith(f"__{name}"):
                break
            counter.press(Key.Key_Tab)
        assert counter.focus.endswith(f"__{name}")
        counter.write(words)


def number_of(seat: Seat, item_id: str, procedure: str) -> str:
    """Return the digit of a procedure that stops the clock of an item."""
    with seat.store.read() as view:
        catalogue = view.catalogue()
    assert catalogue is not None
    names = [each.name for each in procedures_of(catalogue.items[item_id])]
    return str(1 + names.index(procedure))
