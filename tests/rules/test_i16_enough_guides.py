"""I16 足够的办事指南: a guide is printed when it is wanted, so it never runs out, and every print is counted."""

from collections import Counter as Tally
from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import at_window
from living_counter import Living
from pressing import cut_off, pressed
from PySide6.QtCore import Qt

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
DIGITS = 9


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


def test_i16_every_item_of_a_window_for_all_of_them_is_reached(
    *, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any
) -> None:
    """I16: guide of any published item: where there are more items than digits, the last digit turns the page."""
    at_window(kit, "D02")
    with pressed(qtbot, kit, clerk, queue(ticket("H012")), "D02") as counter:
        assert counter.state.catalogue is not None
        items = counter.state.catalogue.items_at_window("D02")
        names, shown = [each.name for each in items], DIGITS - 1
        assert len(items) > DIGITS
        counter.press(Key.Key_F9, modifier=SHIFT)
        assert offered(counter) == [*names[:shown], "看后面的"]
        counter.press(Key.Key_9)
        assert offered(counter) == [*names[shown:], "看后面的"]
        counter.press(Key(int(Key.Key_1) + len(items) - shown))
        assert offered(counter) == [*names[:shown], "看后面的"], "behind the last page comes the first"
        counter.press(Key.Key_9, Key(int(Key.Key_0) + len(items) - shown))
        counter.until(lambda: printed(counter) == [items[-1].id])


def offered(counter: Living) -> list[str]:
    """The items that are asked about, by their digits."""
    assert counter.state.ask is not None
    return [each.title for each in counter.state.ask.view.options]


def printed(counter: Living) -> list[str]:
    """The items of which a guide was printed, in order."""
    return [each.payload["item_id"] for each in counter.kit.operations() if each.kind == "guide.printed"]
