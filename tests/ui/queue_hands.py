"""What the tests of the queue do at the living counter."""

from datetime import date

from living_counter import Key, Living

from app.domain.id_card import CardType, IdCard, Sex
from app.domain.visit import VisitState

CARD = IdCard(CardType.RESIDENT, "陈某某", Sex.MALE, date(1990, 3, 7), "990101199003070015", date(2020, 1, 1), None)


def kinds(counter: Living) -> list[str]:
    return [each.kind for each in counter.kit.operations()]


def at_window(counter: Living) -> str:
    return counter.state.visit.number if counter.state.visit else ""


def serve(counter: Living) -> None:
    """Call the next and begin."""
    counter.press(Key.Key_F2, Key.Key_Return)
    assert counter.state.visit is not None
    assert counter.state.visit.state is VisitState.SERVING
