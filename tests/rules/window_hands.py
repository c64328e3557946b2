"""A clerk's hands at a window of the hall, from the citizen who walks in to the paper in their hand."""

from living_counter import Key, Living

from app.domain.case import Case
from devices.sam.demo_cards import demo_card


def come(counter: Living, person: str = "P1") -> None:
    """F8: a citizen without a number sits down and lays the card."""
    counter.press(Key.Key_F8)
    counter.until(lambda: counter.state.card is not None)
    counter.lay(demo_card(person))
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)


def choose(counter: Living, item: str) -> None:
    """The item by its place in the list, and the usual answers."""
    card = counter.state.card
    assert card is not None
    if card.item is None or card.item.id != item:
        counter.press(Key(int(Key.Key_1) + [each.id for each in card.candidates].index(item)))
    counter.press(Key.Key_Return)
    card = counter.state.card
    assert card is not None
    assert card.item is not None
    assert card.item.id == item
    assert all(each.key in card.answers for each in card.item.situations)


MOST_FIELDS = 100
"""So many times Enter leads through every field of the longest form, and round again."""


def fill(counter: Living) -> None:
    """All papers are there, and the form says what only the citizen knows."""
    counter.press(Key.Key_Plus)
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for each in card.form.to_fill():
        for _ in range(MOST_FIELDS):
            if counter.focus.endswith(f"__{each.name}"):
                break
            counter.press(Key.Key_Return)
        assert counter.focus.endswith(f"__{each.name}"), (each.name, counter.focus)
        counter.write("15400000001" if each.name == "phone" else "5" if each.pattern else "某某经营")
        counter.press(Key.Key_Return)


def end(counter: Living) -> Case:
    """F10, the paper comes out, F12; returns the case."""
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    case = counter.state.issued
    assert case is not None
    leave(counter)
    return case


def leave(counter: Living) -> None:
    """The paper comes out and the citizen goes with it."""
    counter.printed()
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
