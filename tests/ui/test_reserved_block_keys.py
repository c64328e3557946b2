"""Numbers reserved for a window, by its keys: called while cut off, given back, asked for while the link flaps."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from living_counter import Living, living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from queue_hands import at_window, kinds
from screens_kept import Screens
from test_counter_screens import SIZES

from app.domain.clerk import Clerk
from app.domain.link import Course, Link, LinkStatus
from app.domain.ticket import TicketState
from app.ports.queue_authority import AuthorityUnreachable
from app.usecases.call_reserved import call_reserved
from app.usecases.open_day import open_day
from ui.screens.counter.state import Entry

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
GONE = LinkStatus(Link.OFFLINE, pending=1)


class Authority:
    """Answers nothing while it is away; otherwise reserves up to the newest epoch it is told."""

    def __init__(self) -> None:
        self.away = True
        self.asked: list[tuple[str, int]] = []

    def call_next(self, _window: str, _key: str) -> Any:
        if self.away:
            raise AuthorityUnreachable
        return None

    def reserve_block(self, window: str, count: int, _key: str) -> int:
        if self.away:
            raise AuthorityUnreachable
        self.asked.append((window, count))
        return 7


@pytest.fixture
def authority() -> Authority:
    return Authority()


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, authority: Authority) -> Iterator[Living]:
    with living(qtbot, clock, kit, clerk, authority=authority) as counter:
        counter.presenter._parts = replace(counter.parts, blocks=authority)
        yield counter


@pytest.fixture
def reserve(counter: Living, ticket: Any) -> Any:
    """The hall's feed tells that these are reserved for the window, in this order."""

    def some(*numbers: str) -> None:
        rows = [
            ticket(number, TicketState.RESERVED, window="A01", epoch=epoch, rev=2)
            for epoch, number in enumerate(numbers, 1)
        ]
        counter.kit.hear(*rows)
        counter.presenter.look()
        counter.until(lambda: [each.number for each in counter.state.line.block] == list(numbers))

    return some


def cut_off(counter: Living) -> None:
    counter.bridge.link.emit(GONE)
    counter.until(lambda: counter.state.offline)


def test_cut_off_f2_calls_the_block_in_its_order_and_then_asks_for_papers(counter: Living, reserve: Any) -> None:
    reserve("A013", "A012")
    cut_off(counter)
    for number, epoch in (("A013", 1), ("A012", 2)):
        counter.press(Key.Key_F2)
        counter.until(lambda number=number: at_window(counter) == number)
        [called] = [each for each in counter.kit.operations() if each.kind == "ticket.called"][-1:]
        assert (called.kind_version, called.payload["number"], called.payload["epoch"]) == (2, number, epoch)
        for _ in range(2):
            counter.press(Key.Key_F3)
        counter.press(Key.Key_F4)
        counter.until(lambda: at_window(counter) == "")
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.state.entry is Entry.OPEN)
    assert kinds(counter).count("ticket.called") == 2


def test_a_line_that_is_only_found_dead_calls_out_of_the_block(counter: Living, reserve: Any) -> None:
    reserve("A012")
    assert not counter.state.offline
    counter.press(Key.Key_F2)
    counter.until(lambda: at_window(counter) == "A012")
    assert counter.state.message == "block_called"


def test_the_window_says_which_numbers_are_left_and_is_whole_in_every_size(
    counter: Living, reserve: Any, screens: Screens
) -> None:
    reserve("A012", "A013")
    cut_off(counter)
    for density, size in SIZES.items():
        counter.window.resize(*size)
        QTest.qWait(20)
        counter.whole()
        screens.keep(counter.window, f"block-{density}.png")
    assert counter.window._view.centre.hero.ticket == "A012"
    assert counter.window._view.centre.tags[-1].text.startswith("留号 2")


def test_the_block_is_given_back_with_two_keys_also_while_cut_off(counter: Living, reserve: Any) -> None:
    reserve("A012", "A013")
    cut_off(counter)
    counter.keys = 0
    counter.press(Key.Key_F6, modifier=SHIFT)
    assert counter.state.ask is not None
    counter.press(Key.Key_1)
    counter.until(lambda: not counter.state.line.block)
    assert counter.keys == 2
    back = [each.payload for each in counter.kit.operations() if each.kind == "ticket.released"]
    assert [(each["number"], each["epoch"]) for each in back] == [("A012", 1), ("A013", 2)]
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.state.entry is Entry.OPEN)


def test_a_link_that_flaps_asks_for_two_and_a_steady_one_gives_its_own_back(
    counter: Living, authority: Authority, reserve: Any
) -> None:
    authority.away = False
    counter.bridge.link.emit(LinkStatus(Link.SYNCED, course=Course.FLAPPING))
    counter.presenter._on_tick()
    counter.until(lambda: authority.asked == [("A01", 2)])
    counter.presenter._on_tick()
    assert authority.asked == [("A01", 2)], "asked once in half a minute"
    reserve("A012", "A013")
    counter.bridge.link.emit(LinkStatus(Link.SYNCED, course=Course.STEADY))
    counter.until(lambda: counter.state.line.own_epoch == 7)
    counter.presenter._on_tick()
    counter.until(lambda: kinds(counter).count("ticket.released") == 2)


def test_a_call_that_was_committed_before_the_program_started_is_offered_again_and_is_no_second_call(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, authority: Authority, ticket: Any
) -> None:
    open_day(kit.store, kit.clock, clerk)
    kit.hear(ticket("A012", TicketState.RESERVED, window="A01", epoch=1, rev=2))
    assert call_reserved(kit.store, kit.clock, clerk) is not None
    kit.clock.advance(1000)
    with living(qtbot, clock, kit, clerk, authority=authority) as counter:
        counter.until(lambda: at_window(counter) == "A012")
        assert "再叫一遍" in counter.window._view.centre.hero.caption
        counter.press(Key.Key_F3)
        assert "正在请 A012" in counter.window._view.centre.hero.caption
        assert [each for each in kinds(counter) if each.startswith("ticket")] == ["ticket.called", "ticket.recalled"]


def test_cut_off_the_window_gives_out_numbers_of_its_own_and_calls_them(
    counter: Living, ticket: Any, screens: Screens
) -> None:
    counter.press(Key.Key_F8, modifier=SHIFT)
    cut_off(counter)
    assert "ticket.issued" not in kinds(counter), "online the hall gives numbers out, for every window that calls them"
    screens.keep(counter.window, "cut-off-idle.png")
    assert counter.window._view.centre.hero.second.text == "给要等的发号"
    for count in (1, 2):
        counter.press(Key.Key_F8, modifier=SHIFT)
        counter.until(lambda count=count: len(counter.state.line.block) == count)
    screens.keep(counter.window, "own-numbers.png")
    assert counter.state.message == "number_issued"
    first, second = [each.number for each in counter.state.line.block]
    assert counter.window._view.centre.hero.ticket == first
    for number in (first, second):
        counter.press(Key.Key_F2)
        counter.until(lambda number=number: at_window(counter) == number)
        counter.press(Key.Key_F3, Key.Key_F3, Key.Key_F4)
        counter.until(lambda: at_window(counter) == "")
    assert [each for each in kinds(counter) if each in {"ticket.issued", "ticket.called"}] == [
        "ticket.issued",
        "ticket.issued",
        "ticket.called",
        "ticket.called",
    ]
