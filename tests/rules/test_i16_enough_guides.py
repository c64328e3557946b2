"""I16 足够的办事指南: a guide is printed when it is wanted, so it never runs out, and every print is counted."""

from collections import Counter as Tally
from collections.abc import Iterator
from typing import Any

import pytest
from living_counter import Living
from pressing import cut_off, pressed
from PySide6.QtCore import Qt

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def test_i16_every_item_of_the_window_prints_without_a_network_and_is_counted(counter: Living) -> None:
    """I16: guide of any published item prints in one action, offline too; count of prints by item."""
    cut_off(counter)
    assert counter.state.catalogue is not None
    items = [each.id for each in counter.state.catalogue.items_at_window("A01")]
    for digit, wanted in ((Key.Key_1, 1), (Key.Key_2, 2), (Key.Key_1, 3)):
        counter.press(Key.Key_F9, modifier=SHIFT)
        counter.press(digit)
        counter.until(lambda wanted=wanted: len(printed(counter)) == wanted)
    assert Tally(printed(counter)) == {items[0]: 2, items[1]: 1}
    assert counter.state.visit is None, "nobody needs a number for a guide"


def printed(counter: Living) -> list[str]:
    """The items of which a guide was printed, in order."""
    return [each.payload["item_id"] for each in counter.kit.operations() if each.kind == "guide.printed"]
