"""Ctrl+J 接办 in the living window: the question, its digit, what the pane and the line above the keys say."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from living_counter import Living, living
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk
from app.domain.rehome import Home, rehomed
from app.domain.takeover import Contact
from app.domain.ticket import Ticket, TicketState
from app.domain.visit import VisitState
from ui.screens.counter.build import build
from ui.widgets.slip_views import SideView
from ui.widgets.views import Tone

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
MINUTE = 60_000


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> Iterator[Living]:
    with living(qtbot, clock, kit, clerk, authority=queue()) as counter:
        yield counter


def registered(counter: Living, minutes: int = 3, **changes: Any) -> Contact:
    handed_ms = counter.kit.clock.now_ms() - minutes * MINUTE
    number = "SW20261123-0007-0002"
    made = Contact("contact-1", "9901", number, None, "0311", "0311", "B02", "A01", handed_ms, due="2026-11-24")
    return replace(made, **changes)


def hear(counter: Living, *rows: Contact | Ticket) -> None:
    """The hall's feed tells of these, and the window looks."""
    counter.kit.hear(*rows)
    counter.presenter.look()


def last(counter: Living) -> tuple[str, str]:
    operation = counter.kit.operations()[-1]
    return operation.kind, operation.entity_id


def notices(counter: Living) -> list[tuple[str, Tone]]:
    right = build(counter.state).right
    assert isinstance(right, SideView)
    return [(each.title, each.tone) for each in right.notices]


def test_a_first_contact_is_taken_over_with_two_keys(counter: Living, screens: Any) -> None:
    hear(counter, registered(counter))
    counter.until(lambda: bool(counter.state.line.contacts))
    assert notices(counter) == [("首问等您接办 3 分", Tone.WARN)]
    counter.press(Key.Key_J, modifier=CTRL)
    assert counter.state.ask is not None
    counter.whole()
    screens.keep(counter.window, "take-over-asked.png")
    counter.press(Key.Key_1)
    counter.until(lambda: counter.state.message == "takeover_done")
    assert counter.keys == 2
    assert last(counter) == ("contact.taken_over", "contact-1")
    assert notices(counter) == [], "it asks no more before the feed says so"


def test_without_any_the_key_does_nothing_and_escape_puts_the_question_away(counter: Living) -> None:
    counter.press(Key.Key_J, modifier=CTRL)
    assert counter.state.ask is None
    hear(counter, registered(counter))
    counter.until(lambda: bool(counter.state.line.contacts))
    counter.press(Key.Key_J, Key.Key_Escape, modifier=CTRL)
    counter.press(Key.Key_Escape)
    assert counter.state.ask is None
    assert last(counter)[0] != "contact.taken_over"


def test_what_nobody_took_over_is_red_at_the_first_window_and_may_be_taken_back(counter: Living, screens: Any) -> None:
    own = registered(counter, 10, clerk="0301", owner="0301", owner_window="A01", to_window="B02")
    hear(counter, own)
    counter.until(lambda: bool(counter.state.line.contacts))
    assert notices(counter) == [("首问没人接办", Tone.ERR)]
    counter.whole()
    screens.keep(counter.window, "take-over-red.png")
    counter.press(Key.Key_J, modifier=CTRL)
    assert counter.state.ask is not None
    assert counter.state.ask.view.options[0].title.endswith("收回，自己办")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.message == "takeover_done")


def test_a_citizen_called_from_the_line_is_taken_over_while_they_sit_there(
    counter: Living, ticket: Any, screens: Any
) -> None:
    called = ticket("A012", TicketState.CALLED, window="A01", first_clerk="0302", rev=5)
    now = counter.kit.clock.now_ms()
    asked = Contact(called.ticket_id, "9901", "A012", called.ticket_id, "0302", "0302", "A03", "A01", now)
    hear(counter, called, asked)
    counter.parts.authority.waiting.append(called)
    counter.press(Key.Key_F2, Key.Key_Return)
    assert counter.state.visit is not None
    assert counter.state.visit.state is VisitState.SERVING
    assert build(counter.state).message == "A012 首问在 A03 窗口 0302 号，按 Ctrl+J 接办，由您负责到底"
    counter.keys = 0
    counter.press(Key.Key_J, modifier=CTRL)
    counter.whole()
    screens.keep(counter.window, "take-over-serving.png")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.message == "takeover_done")
    assert counter.keys == 2
    assert last(counter) == ("contact.taken_over", called.ticket_id)


def test_what_the_manager_sent_here_is_taken_or_waits_and_is_not_sent_back(counter: Living, ticket: Any) -> None:
    held = ticket("W02-001", TicketState.HELD, business="", window="A03", first_clerk="0302", rev=5)
    hear(counter, rehomed(Home(held, "A01"), counter.kit.clock.now_ms()))
    counter.until(lambda: counter.state.ask is not None)
    assert counter.state.ask is not None
    assert counter.state.ask.view.title == "值班长转来 W02-001"
    counter.press(Key.Key_2)
    assert counter.state.ask is None
    assert last(counter)[0] != "ticket.declined"
    assert [each.number for each in counter.state.line.offers] == ["W02-001"], "it is the first in the line here"
