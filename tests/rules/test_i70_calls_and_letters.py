"""I70 咨询电话、来电来函: who rings or writes is asked first like who comes, and needs to be told nothing twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from hall_windows import HallWindow, fill, hall_window, look, serving
from living_counter import Key, Living, person_of
from papers import paper_of, words_of
from pressing import picture, pressed
from published_hall import HALL, Hall
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from queue_hands import CARD, kinds
from sqlalchemy import select

from app.domain.channel import Channel
from app.domain.person import Slot
from app.domain.work.ending import Receipt, write
from sync.server.storage.contact_tables import contact_record
from ui.screens.counter.build import build
from ui.screens.counter.view_model import ServingView
from ui.widgets.slip_views import SlipView

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
CALLER, PHONE = "陈某某", "15400000001"


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def answer_the_call(counter: Living, *, letter: bool = False) -> None:
    """Somebody rings, or a letter is opened: two keys."""
    counter.press(Key.Key_T, modifier=CTRL)
    counter.press(Key.Key_2 if letter else Key.Key_1)
    counter.until(lambda: serving(counter))


def log_the_call(counter: Living) -> str:
    """A caller asks about the food licence and leaves name and telephone; returns the number they are told."""
    answer_the_call(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_F12, Key.Key_2)
    counter.press(Key.Key_Tab)
    counter.write(f"{CALLER} {PHONE}")
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    assert counter.state.message == "contact_logged", counter.state.message
    return counter.state.place


def type_number(counter: Living, number: str) -> None:
    """Type a number where a ticket's is typed."""
    counter.press(Key.Key_F2, modifier=SHIFT)
    counter.write(number)
    counter.press(Key.Key_Return)


def say(counter: Living) -> str:
    """Return what the clerk is to say."""
    centre = build(counter.state).centre
    assert isinstance(centre, ServingView)
    return "".join(map(str, centre.say))


def test_i70_a_logged_call_becomes_a_case_without_retyping(counter: Living) -> None:
    """I70: phone log with the same first-contact rule; opening prompt “您好”; a logged call becomes a case."""
    number = log_the_call(counter)
    assert kinds(counter)[-3:] == ["ticket.walked_in", "contact.registered", "ticket.finished"]
    with counter.kit.store.read() as view:
        first = view.contact_record(number)
    assert (first.channel, first.topic) == (Channel.PHONE, "食品经营许可（新办）")
    type_number(counter, number.lower())
    counter.until(lambda: serving(counter))
    card = counter.state.card
    assert (card.item.id, set(card.answers)) == ("ITM-02", {each.key for each in card.item.situations})
    assert (card.channel, card.form.values()["phone"]) == (Channel.IN_PERSON, PHONE)
    assert counter.state.message == "contact_continued"
    counter.whole()
    picture(counter, "i70-goes-on")
    counter.press(Key.Key_6, modifier=ALT)
    assert counter.state.person_entry.typed[Slot.APPLICANT] == {"name": CALLER, "phone": PHONE}
    counter.press(Key.Key_Escape)
    counter.lay(CARD)
    counter.until(lambda: person_of(counter) is not None)
    counter.press(Key.Key_Plus)
    fill(counter)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    assert counter.state.issued.form["phone"] == PHONE
    assert kinds(counter)[-2:] == ["case.accepted", "contact.closed"]
    closed = counter.kit.operations()[-1]
    assert (closed.payload["number"], closed.payload["case_id"]) == (number, counter.state.issued.case_id)
    counter.printed()
    counter.press(Key.Key_F12)
    type_number(counter, number)
    assert counter.state.entry_error == "contact_closed", "what it knew is in the case now"


def test_i70_on_the_telephone_nothing_is_accepted_or_handed_out(counter: Living) -> None:
    """I70: F10, F11 and the hand-out need somebody at the window, and say so; the paper is made only if wanted."""
    answer_the_call(counter)
    assert say(counter) == "“您好，示范县政务服务中心A01窗口。请问您咨询什么？”"
    assert kinds(counter)[-1] == "ticket.walked_in"
    assert counter.kit.operations()[-1].payload["channel"] == "phone"
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_Plus)
    counter.press(Key.Key_F10)
    assert (counter.state.issued, counter.window.property("uiState")) == (None, "serving")
    right = build(counter.state).right
    assert isinstance(right, SlipView)
    assert right.foot is not None
    assert "看不到材料原件" in right.foot.text
    counter.press(Key.Key_F11)
    assert counter.state.message == "not_in_person"
    counter.press(Key.Key_F12, Key.Key_4)
    counter.write("990101-0003-20261123-0001")
    counter.press(Key.Key_Return)
    assert counter.state.message == "not_in_person"
    counter.press(Key.Key_Escape, Key.Key_2)
    counter.whole()
    picture(counter, "i70-register")
    counter.presenter.change_card(lambda card: write(card, "receipt", Receipt.YES))
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.job is not None)
    assert "来访方式：来电" in words_of(paper_of(counter))
    counter.printed()
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)


def test_i70_a_contact_is_found_by_f7_and_joined_by_who_was_called(counter: Living) -> None:
    """I70: the number typed in F7 brings the page to the citizen who was called with a ticket of today."""
    number = log_the_call(counter)
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: serving(counter))
    counter.press(Key.Key_F7)
    counter.write(PHONE[-4:])
    counter.until(lambda: counter.window.findChild(QWidget, "search_command__swdj") is not None)
    counter.whole()
    picture(counter, "i70-found")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.card.item is not None and counter.state.visit.contact_id is not None)
    assert (counter.state.visit.number, counter.state.card.item.id) == ("A012", "ITM-02")
    assert counter.state.message == "contact_continued"
    counter.press(Key.Key_F12, Key.Key_1, Key.Key_2)
    counter.until(lambda: counter.state.visit is None)
    assert kinds(counter)[-2:] == ["contact.closed", "ticket.finished"]
    assert counter.kit.operations()[-2].payload == {
        "number": number,
        "window": "A01",
        "outcome": "answered",
        "case_id": None,
        "closed_ms": counter.kit.operations()[-2].payload["closed_ms"],
    }


def sealed(hall: Hall, number: str) -> list[bytes]:
    """Return what the server's table holds of a contact."""
    with hall.storage.engine.connect() as connection:
        found = select(contact_record.c.sealed).where(contact_record.c.number == number)
        return list(connection.execute(found).scalars())


@pytest.fixture
def windows(hall_of_clocks: Hall) -> Iterator[tuple[HallWindow, HallWindow]]:
    made = hall_window(hall_of_clocks, "A01"), hall_window(hall_of_clocks, "A04")
    yield made
    for each in made:
        each.kit.database.close()


def test_i70_the_window_it_was_handed_to_goes_on_with_a_letter(
    qtbot: Any, hall_of_clocks: Hall, windows: tuple[HallWindow, HallWindow]
) -> None:
    """I70: same first-contact rule: the other window has what was written, over HTTP; the first clerk stays first."""
    first, second = windows
    with first.open(qtbot) as counter:
        answer_the_call(counter, letter=True)
        counter.press(Key.Key_2, Key.Key_Return, Key.Key_F12, Key.Key_2, Key.Key_Tab)
        counter.write(f"{CALLER} {PHONE}")
        counter.press(Key.Key_Tab, Key.Key_Tab)
        counter.press(Key.Key_A, modifier=CTRL)
        counter.write("A04窗口")
        counter.press(Key.Key_F12)
        counter.until(lambda: counter.state.message == "contact_logged")
        number = counter.state.place
    first.sync()
    (kept,) = sealed(hall_of_clocks, number)
    assert CALLER.encode() not in kept
    assert PHONE.encode() not in kept
    device = hall_of_clocks.ask("POST", f"/v1/halls/{HALL}/contacts/records", "A04", json={"contact_ids": ["x"]})
    assert device.status_code == 403, "a device is nobody who could answer for the look"
    second.sync()
    assert second.fetch_contacts() == 1
    with second.open(qtbot) as counter:
        type_number(counter, number)
        counter.until(lambda: serving(counter))
        assert (counter.state.card.item.id, counter.state.card.form.values()["phone"]) == ("ITM-02", PHONE)
        counter.lay(CARD)
        counter.until(lambda: person_of(counter) is not None)
        counter.press(Key.Key_Plus)
        fill(counter)
        counter.press(Key.Key_F10)
        counter.until(lambda: counter.state.issued is not None)
        assert (counter.state.issued.clerk, counter.state.issued.first_clerk) == (second.clerk.number, "0301")
    second.sync()
    assert sealed(hall_of_clocks, number) == [], "a closed contact keeps no words"
    first.sync()
    with first.open(qtbot) as counter:
        look(counter)
        assert counter.state.line.contacts == ()
        type_number(counter, number)
        assert counter.state.entry_error == "contact_closed"
    assert first.fetch_contacts() == -1
    with first.kit.store.read() as view:
        assert (view.contact_record(number).page, view.contact_record(number).topic) == (None, "")
