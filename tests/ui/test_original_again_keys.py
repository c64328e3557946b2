"""A sealed original printed again from F7, and what leaves the list 待出正本 with its case: real keys, real thread."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ending_hands import CARD, accept, outcome
from living_counter import Key, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_original_keys import Desk, opened

from app.domain.clerk import Clerk
from app.domain.original import OriginalState
from ui.screens.search.detail import Step

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any, tmp_path: Path
) -> Iterator[Desk]:
    """Window A01."""
    authority = queue(ticket("A012"), ticket("A013"), ticket("A014"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority) as counter:
        yield from opened(counter, tmp_path)


def find(desk: Desk, number: str) -> None:
    """F7 to the marked case."""
    counter = desk.counter
    counter.press(Key.Key_F7)
    counter.write(number)
    counter.until(lambda: counter.state.over.looked is not None)


def button(desk: Desk) -> QWidget:
    pane = desk.counter.window.findChild(QWidget, "search_original")
    assert pane is not None
    return pane


def test_a_sealed_original_is_printed_again_marked_and_sealed_again(desk: Desk, screens: Screens) -> None:
    counter = desk.counter
    number = accept(counter)
    desk.turn()
    counter.press(Key.Key_1)
    desk.stands(OriginalState.PRINTED)
    counter.press(Key.Key_2)
    desk.stands(OriginalState.SEALED)
    counter.press(Key.Key_F12)
    assert counter.state.originals.owed == ()
    find(desk, number)
    counter.press(Key.Key_Return)
    counter.window.resize(1093, 614)
    counter.whole()
    assert button(desk).isVisible()
    screens.keep(counter.window, "search-original-XS.png")
    counter.window.resize(1920, 1080)
    counter.whole()
    counter.keys = 0
    counter.press(Key.Key_2, modifier=CTRL)
    counter.until(lambda: counter.state.over.message == "original_reprint_queued")
    assert counter.keys == 1
    counter.until(lambda: len(desk.files()) == 2)
    assert desk.files()[1].endswith("-补打1.pdf")
    said = counter.kit.operations()[-1]
    assert (said.kind, said.payload["reprint"], said.payload["copies"]) == ("document.printed", 1, 2)
    counter.until(lambda: [each.state for each in counter.state.originals.owed] == [OriginalState.PRINTED])
    counter.until(lambda: not button(desk).isVisible())
    counter.press(Key.Key_2, modifier=CTRL)
    assert len(counter.state.originals.owed) == 1
    counter.press(Key.Key_Escape, Key.Key_Escape)
    desk.turn()
    counter.press(Key.Key_2)
    counter.until(lambda: counter.state.originals.owed == ())
    find(desk, number)
    counter.whole()
    screens.keep(counter.window, "search-original-XL.png")
    steps = counter.window.findChild(QWidget, "search_detail_timeline").findChildren(Step)
    named = [each.accessibleName().split()[:3] for each in steps if each.accessibleName().startswith("正本")]
    assert [each[0] for each in named] == ["正本已盖章", "正本补打"]
    assert named[1][:3] == ["正本补打", "1", "已盖章"]


@pytest.mark.parametrize("way", ["withdrawn", "voided"])
def test_what_the_citizen_takes_back_or_the_clerk_voids_is_owed_no_longer(desk: Desk, way: str) -> None:
    counter = desk.counter
    number = accept(counter)
    assert [each.state for each in counter.state.originals.owed] == [OriginalState.OWED]
    if way == "voided":
        counter.press(Key.Key_E, modifier=CTRL)
        counter.press(Key.Key_2, Key.Key_3)
    else:
        counter.press(Key.Key_F2)
        counter.lay(CARD)
        counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
        counter.press(Key.Key_F12, Key.Key_5)
        counter.write(number)
        counter.press(Key.Key_Return)
    counter.until(lambda: outcome(counter) == way)
    assert counter.state.originals.owed == ()
