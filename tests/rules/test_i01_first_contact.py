"""I01 首问责任制: who is asked first answers until another clerk presses 接办, however often the citizen is sent on."""

from collections.abc import Iterator
from typing import Any

import pytest
from hall_windows import HallWindow, fill, hall_window, look, serving
from living_counter import Key, Living
from published_hall import HALL, Hall
from PySide6.QtCore import Qt
from queue_hands import CARD

from ui.screens.counter.build import build
from ui.widgets.slip_views import SideView
from ui.widgets.views import Tone

CTRL = Qt.KeyboardModifier.ControlModifier
MINUTE_MS = 60_000


@pytest.fixture
def windows(hall_of_clocks: Hall) -> Iterator[tuple[HallWindow, ...]]:
    made = tuple(hall_window(hall_of_clocks, each) for each in ("A03", "B02", "A02"))
    yield made
    for each in made:
        each.kit.database.close()


def come(counter: Living) -> str:
    """Somebody sits down with a card; returns their number."""
    counter.lay(CARD)
    counter.until(lambda: serving(counter))
    return counter.state.visit.number


def send_to(counter: Living, window: str) -> None:
    """F6 and the window's number."""
    counter.press(Key.Key_F6)
    counter.letters(window.lower())
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.visit is None)


def take_offer(counter: Living) -> None:
    """1: the citizen who was sent here is called, and comes."""
    look(counter)
    counter.until(lambda: counter.state.ask is not None)
    counter.press(Key.Key_1)
    counter.until(lambda: counter.state.visit is not None)
    counter.press(Key.Key_Return)
    counter.until(lambda: serving(counter))


def to_do(counter: Living) -> list[tuple[str, Tone]]:
    """Return what stands beside the work: its notices."""
    right = build(counter.state).right
    assert isinstance(right, SideView)
    return [(each.title, each.tone) for each in right.notices]


def alarms(hall: Hall, number: str) -> list[tuple[str, str, str]]:
    """Return kind, level and who answers, as the floor manager is shown them."""
    answer = hall.ask("GET", f"/v1/halls/{HALL}/floor", "0901")
    assert answer.status_code == 200, answer.text
    found = [each for each in answer.json()["alarms"] if each["ticket"] == number and each["kind"] == "contact"]
    return [(each["kind"], each["level"], each["subject"]) for each in found]


def contact(hall: Hall, number: str) -> dict[str, Any]:
    """Return the first contact as every window of the hall is told it."""
    rows = hall.ask("GET", f"/v1/sync/snapshot?hall={HALL}", "A03").json()["tables"]["contact"]
    found: dict[str, Any] = next(each for each in rows if each["number"] == number)
    return found


def test_i01_unaccepted_for_ten_minutes_is_red_and_the_first_clerk_stays(
    qtbot: Any, hall_of_clocks: Hall, windows: tuple[HallWindow, ...]
) -> None:
    """I01: transfer A03→B02 unaccepted for 10 min shows red on A03's to-do and the dashboard; after any number of
    transfers first_clerk_id is unchanged.
    """
    hall, (first, second, third) = hall_of_clocks, windows
    with first.open(qtbot) as counter:
        number = come(counter)
        send_to(counter, "B02")
        first.sync()
        hall.clock.now += 9 * MINUTE_MS
        look(counter)
        counter.until(lambda: bool(counter.state.line.contacts))
        assert ("首问没人接办", Tone.WARN) in to_do(counter)
        assert [level for _, level, _ in alarms(hall, number)] == ["yellow"]
        hall.clock.now += MINUTE_MS
        counter.until(lambda: ("首问没人接办", Tone.ERR) in to_do(counter))
        assert alarms(hall, number) == [("contact", "red", f"A03 {first.clerk.number}")]
    second.sync()
    with second.open(qtbot) as counter:
        look(counter)
        counter.press(Key.Key_J, modifier=CTRL)
        counter.press(Key.Key_1)
        counter.until(lambda: counter.state.message == "takeover_done")
        second.sync()
        assert alarms(hall, number) == []
        counter.press(Key.Key_F2)
        counter.until(lambda: counter.state.visit is not None)
        assert counter.state.visit.number == number
        counter.press(Key.Key_Return)
        counter.until(lambda: serving(counter))
        send_to(counter, "A02")
        second.sync()
    known = contact(hall, number)
    assert (known["clerk"], known["owner"], known["to_window"]) == (first.clerk.number, second.clerk.number, "A02")
    third.sync()
    with third.open(qtbot) as counter:
        take_offer(counter)
        counter.lay(CARD)
        counter.until(lambda: counter.state.card.applicant is not None)
        counter.press(Key.Key_2, Key.Key_Return, Key.Key_Plus)
        fill(counter)
        counter.press(Key.Key_F10)
        counter.until(lambda: counter.state.issued is not None)
        case = counter.state.issued
    third.sync()
    assert (case.clerk, case.first_clerk) == (third.clerk.number, first.clerk.number)
    known = contact(hall, number)
    assert (known["clerk"], known["owner"]) == (first.clerk.number, third.clerk.number)


def test_i01_a_contact_is_not_closed_without_an_outcome(
    qtbot: Any, hall_of_clocks: Hall, windows: tuple[HallWindow, ...]
) -> None:
    """I01: closing without an outcome is refused: who goes on with it answers, decides, or leaves it open."""
    window = windows[2]
    with window.open(qtbot) as counter:
        come(counter)
        counter.press(Key.Key_2, Key.Key_Return, Key.Key_F12, Key.Key_2, Key.Key_F12)
        counter.until(lambda: counter.state.job is not None)
        with window.kit.store.read() as view:
            (record,) = view.open_contact_records(9)
        assert (record.clerk, record.topic) == (window.clerk.number, "食品经营许可（新办）")
        counter.printed()
        counter.press(Key.Key_F12)
        counter.until(lambda: counter.state.visit is None)
        counter.press(Key.Key_F2, modifier=Qt.KeyboardModifier.ShiftModifier)
        counter.write(record.no)
        counter.press(Key.Key_Return)
        counter.until(lambda: serving(counter))
        counter.press(Key.Key_F12, Key.Key_2, Key.Key_F12)
        assert counter.state.message == "registered_before", "a second register would close nothing"
        counter.press(Key.Key_Escape, Key.Key_3, Key.Key_2)
        counter.until(lambda: counter.state.visit is None)
        assert window.kinds()[-1] == "ticket.left"
        with window.kit.store.read() as view:
            assert view.contact_record(record.no).open, "who left has no answer: it stays open"
        window.sync()
    assert hall_of_clocks.ask("GET", f"/v1/halls/{HALL}/floor", "0901").status_code == 200
