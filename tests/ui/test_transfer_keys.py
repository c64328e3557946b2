"""Shift+F2 and F6 in the living window with their counts, and the question at the window a ticket comes to."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from living_counter import Living, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk
from app.domain.link import Link, LinkStatus
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import WindowLine
from app.domain.visit import VisitState
from ui.screens.counter.facts import read_facts

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def authority(queue: Any, ticket: Any, kit: Any, published_tables: Any) -> Any:
    """A012 to A014 wait; the hall has three windows, A03 with the shorter line."""
    hall = queue(*(ticket(f"A01{n}") for n in (2, 3, 4)))
    hall.windows = [
        WindowLine("A01", ("A",), 0, open=True),
        WindowLine("A02", ("A",), 3, open=True),
        WindowLine("A03", ("A",), 1, open=True),
        WindowLine("A04", ("A",), 0, open=False),
        WindowLine("B01", ("B",), 0, open=True),
    ]
    kit.replica.replace({**published_tables, "ticket": [row(each) for each in hall.waiting]}, 0)
    return hall


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, authority: Any) -> Iterator[Living]:
    with living(qtbot, clock, kit, clerk, authority=authority) as counter:
        yield counter


def row(ticket: Ticket) -> dict[str, Any]:
    return {**asdict(ticket), "state": ticket.state.value}


def hear(counter: Living, *tickets: Ticket) -> None:
    """The feed tells of these tickets."""
    cursor = counter.kit.replica.cursor()
    events = [
        {"seq": cursor + n, "entity": "ticket", "entity_id": each.ticket_id, "rev": each.rev, "data": row(each)}
        for n, each in enumerate(tickets, start=1)
    ]
    assert counter.kit.replica.apply(cursor, events, cursor + len(tickets))
    counter.presenter.look()
    held = {(each.ticket_id, each.rev) for each in tickets}
    counter.until(lambda: held <= {(each.ticket_id, each.rev) for each in counter.state.line.offers})


def last(counter: Living) -> tuple[str, dict[str, Any]]:
    operation = counter.kit.operations()[-1]
    return operation.kind, dict(operation.payload)


def number(counter: Living) -> str:
    return counter.state.visit.number if counter.state.visit else ""


def type_number(counter: Living, text: str) -> None:
    counter.letters(text)
    counter.press(Key.Key_Return)


def test_a_chosen_number_is_two_keys_its_digits_and_the_reason(counter: Living) -> None:
    counter.press(Key.Key_F2, modifier=SHIFT)
    type_number(counter, "A014")
    counter.until(lambda: counter.state.ask is not None)
    counter.press(Key.Key_3)
    counter.until(lambda: number(counter) == "A014")
    assert counter.keys == 2 + len("A014") + 1
    assert counter.state.visit.state is VisitState.CALLED
    assert last(counter)[1]["reason"] == "manager"


def test_a_number_that_does_not_wait_is_served_by_its_paper(counter: Living) -> None:
    counter.press(Key.Key_F2, modifier=SHIFT)
    type_number(counter, "A099")
    counter.until(lambda: number(counter) == "A099")
    assert (counter.state.visit.state, last(counter)[0]) == (VisitState.SERVING, "ticket.presented")


def test_without_the_authority_a_waiting_number_is_presented_too(counter: Living) -> None:
    counter.bridge.link.emit(LinkStatus(Link.OFFLINE))
    type_number(counter, "A013")
    counter.until(lambda: number(counter) == "A013")
    assert last(counter)[0] == "ticket.presented"


def test_a_number_taken_elsewhere_meanwhile_says_so(counter: Living, authority: Any) -> None:
    authority.waiting.clear()
    counter.press(Key.Key_F2, modifier=SHIFT)
    type_number(counter, "A014")
    counter.until(lambda: counter.state.ask is not None)
    counter.press(Key.Key_1)
    counter.until(lambda: counter.state.message == "not_waiting")
    assert counter.state.visit is None


def test_a_transfer_to_the_suggested_window_is_two_keys(counter: Living) -> None:
    counter.press(Key.Key_F2)
    counter.keys = 0
    counter.press(Key.Key_F6, Key.Key_Return)
    counter.until(lambda: counter.state.visit is None and not counter.state.busy)
    assert counter.keys == 2
    assert last(counter) == ("ticket.transferred", {"number": "A012", "window": "A01", "to_window": "A03"})
    assert counter.state.message == "transfer_done"


def test_a_transfer_to_a_chosen_window_is_four_keys_and_prints_where_to_go(counter: Living) -> None:
    counter.press(Key.Key_F2, Key.Key_Return)
    assert counter.state.visit.state is VisitState.SERVING
    counter.keys = 0
    counter.press(Key.Key_F6, Key.Key_0, Key.Key_2, Key.Key_Return)
    counter.until(lambda: counter.state.visit is None and not counter.state.busy)
    assert counter.keys == 4
    assert last(counter)[1]["to_window"] == "A02"
    job = counter.kit.spool.next_queued()
    assert job is not None
    assert job.slip == "SL-09"


def test_a_letter_names_a_window_of_another_row(counter: Living) -> None:
    counter.press(Key.Key_F2, Key.Key_F6)
    counter.letters("b1")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.visit is None and not counter.state.busy)
    assert last(counter)[1]["to_window"] == "B01"


def test_an_unknown_window_is_said_and_the_question_stays(counter: Living) -> None:
    counter.press(Key.Key_F2, Key.Key_F6, Key.Key_9, Key.Key_9, Key.Key_Return)
    assert counter.state.message == "no_such_window"
    counter.press(Key.Key_Escape)
    assert (counter.state.ask, number(counter)) == (None, "A012")


def test_without_the_hall_there_is_no_suggestion_but_a_typed_window(counter: Living, authority: Any) -> None:
    counter.press(Key.Key_F2)
    authority.lost_answers = 1
    counter.press(Key.Key_F6, Key.Key_Return)
    counter.until(lambda: counter.state.message == "no_window_to_suggest")
    counter.press(Key.Key_2, Key.Key_Return)
    counter.until(lambda: counter.state.visit is None and not counter.state.busy)
    assert last(counter)[1]["to_window"] == "A02"


def offered(ticket: Any, number: str = "A020", **changes: Any) -> Ticket:
    plain = {"window": "A02", "to_window": "A01", "rev": 4, "offered_ms": 1}
    handed: Ticket = ticket(number, TicketState.TRANSFERRING, **{**plain, **changes})
    return handed


def test_an_offer_is_taken_with_one_key(counter: Living, ticket: Any) -> None:
    hear(counter, offered(ticket))
    counter.until(lambda: counter.state.ask is not None)
    counter.keys = 0
    counter.press(Key.Key_1)
    counter.until(lambda: number(counter) == "A020")
    assert (counter.keys, counter.state.visit.state) == (1, VisitState.CALLED)
    assert last(counter) == ("ticket.taken", {"number": "A020", "window": "A01"})


def test_an_offer_is_sent_back_with_a_reason_and_not_asked_again(counter: Living, ticket: Any) -> None:
    hear(counter, offered(ticket))
    counter.until(lambda: counter.state.ask is not None)
    counter.press(Key.Key_2, Key.Key_2)
    counter.until(lambda: counter.state.message == "transfer_declined")
    assert last(counter)[1] == {"number": "A020", "window": "A01", "reason": "device"}
    facts = read_facts(counter.kit.store, "A01", counter.kit.clock.now_ms())
    assert facts.line.offers == (), "nor after a restart, when nothing but the store remembers"
    another = offered(ticket, "A021", offered_ms=2)
    hear(counter, another)
    counter.until(lambda: counter.state.ask is not None)
    assert counter.state.handing.offer == another, "A020 came first, and is not asked about again"


def test_an_offer_waits_until_the_running_case_is_over(counter: Living, ticket: Any) -> None:
    counter.press(Key.Key_F2)
    hear(counter, offered(ticket))
    assert counter.state.ask is None
    counter.press(Key.Key_F4)
    counter.until(lambda: counter.state.ask is not None)
    assert counter.state.handing.offer.number == "A020"


def test_a_ticket_that_comes_back_brings_its_page(counter: Living, ticket: Any) -> None:
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.press(Key.Key_2)
    chosen = counter.state.card.item
    assert chosen is not None
    counter.press(Key.Key_F6, Key.Key_Return)
    counter.until(lambda: counter.state.visit is None and not counter.state.busy)
    counter.kit.clock.advance(1)
    back = ticket("A012", TicketState.RETURNED, window="A03", to_window="A01", rev=6, offered_ms=2, note="busy")
    hear(counter, back)
    counter.until(lambda: counter.state.ask is not None)
    assert "正在办急件" in counter.state.ask.view.detail
    counter.press(Key.Key_1)
    counter.until(lambda: number(counter) == "A012")
    assert counter.state.card.item == chosen
    with counter.kit.store.read() as view:
        assert view.visit_of(back.ticket_id).outcome is None


def test_the_first_of_the_line_says_why_it_is_next(counter: Living) -> None:
    counter.until(lambda: bool(counter.state.waiting))
    view = counter.window._view
    assert view is not None
    assert [each.tag and each.tag.text for each in view.rail.waiting] == ["先到先办", None, None]
    assert counter.window.findChild(QWidget, "rail_wait_item__A012") is not None


def test_f6_is_off_while_nobody_is_here(counter: Living) -> None:
    cap = counter.window.findChild(QWidget, "key_F6")
    assert cap is not None
    assert cap.property("state") == "disabled"
