"""Citizens without a ticket, and a second matter on the same one, in the living window (design.md decision 14)."""

from collections.abc import Iterator
from typing import Any

import pytest
from living_counter import Living, living, person_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from queue_hands import CARD, at_window, kinds, serve

from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.link import Link, LinkStatus
from app.domain.visit import Admission
from ui.screens.counter import acts
from ui.widgets.slip_views import SlipView
from ui.widgets.ticket_number import TicketNumber

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def waiting(queue: Any, ticket: Any) -> Any:
    """A012 to A014 wait."""
    return queue(*(ticket(f"A01{n}") for n in (2, 3, 4)))


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, waiting: Any) -> Iterator[Living]:
    """The living window A01."""
    with living(qtbot, clock, kit, clerk, authority=waiting) as counter:
        yield counter


@pytest.mark.parametrize("offline", [False, True])
def test_a_card_laid_while_nobody_is_here_opens_a_page_of_its_own(counter: Living, offline: Any) -> None:
    if offline:
        counter.bridge.link.emit(LinkStatus(Link.OFFLINE))
        counter.until(lambda: counter.state.offline)
    counter.lay(CARD)
    counter.until(lambda: person_of(counter) is not None)
    visit = counter.state.visit
    assert (visit.number, visit.admission, counter.keys) == ("W03-001", Admission.WALKED_IN, 0)
    assert person_of(counter).number == CARD.number
    assert len(counter.state.card.candidates) > 1
    assert kinds(counter)[-1] == "ticket.walked_in"


def test_a_card_laid_while_a_number_is_typed_waits_for_the_number(counter: Living) -> None:
    counter.press(Key.Key_F2, modifier=SHIFT)
    counter.lay(CARD)
    assert (counter.state.visit, counter.state.message) == (None, "card_before_call")


def test_a_second_matter_is_one_key_and_the_person_stays(counter: Living, ready_card: Any) -> None:
    serve(counter)
    counter.presenter.act(lambda parts: acts.decide(parts, ready_card("ITM-02"), Authority.ACCEPT))
    counter.until(lambda: counter.state.job is not None)
    counter.press(Key.Key_N, modifier=CONTROL)
    assert counter.state.issued is not None, "not before the paper is out"
    counter.printed()
    right = counter.window._view.right
    assert isinstance(right, SlipView)
    assert any("Ctrl N" in each.text for each in right.after.lines)
    counter.keys = 0
    counter.press(Key.Key_N, modifier=CONTROL)
    assert (counter.keys, counter.state.issued, at_window(counter)) == (1, None, "A012")
    assert counter.window.property("currentSection") == 1
    assert person_of(counter).number == ready_card("ITM-02").applicant.number


def test_f8_opens_a_page_whose_number_is_shown_whole_on_the_smallest_window(counter: Living) -> None:
    counter.window.resize(1092, 614)
    counter.press(Key.Key_F8)
    number = counter.window.findChild(TicketNumber, "rail_now_ticket")
    card = counter.window.findChild(QWidget, "rail_now_card")
    assert number is not None
    assert card is not None
    assert number.mapTo(card, number.rect().topRight()).x() < card.width()
    assert number.width() < number.sizeHint().width()
    assert (at_window(counter), counter.state.visit.admission) == ("W03-001", Admission.WALKED_IN)


def test_a_card_laid_before_a_covered_window_opens_nothing(counter: Living) -> None:
    counter.press(Key.Key_L, modifier=CONTROL)
    assert counter.state.covered
    counter.lay(CARD)
    assert counter.state.visit is None
