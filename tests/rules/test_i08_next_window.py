"""I08 下一个窗口: after one step the citizen is sent on with a number already taken there, to a window that works."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hall_windows import HallWindow, fill, hall_window, look, serving
from living_counter import Key, Living
from published_hall import HALL, Hall
from queue_hands import CARD

from app.usecases.open_day import open_day


@pytest.fixture
def windows(hall_of_clocks: Hall) -> Iterator[tuple[HallWindow, ...]]:
    """A01, and the tax windows to which its citizens go next, open."""
    made = tuple(hall_window(hall_of_clocks, each) for each in ("A01", "B07", "B08"))
    for each in made:
        open_day(each.kit.store, each.kit.clock, each.clerk)
        each.sync()
    yield made
    for each in made:
        each.kit.database.close()


def set_up_a_business(counter: Living) -> None:
    """A citizen sits down and registers a business: done on the spot, and next comes the tax window."""
    counter.lay(CARD)
    counter.until(lambda: serving(counter) and counter.state.card.applicant is not None)
    counter.press(Key.Key_1, Key.Key_Return, Key.Key_Plus)
    fill(counter)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    counter.printed()


def send_on(counter: Living) -> tuple[str, str]:
    """F6; returns the words on the paper and the number that was taken."""
    counter.press(Key.Key_F6)
    counter.until(lambda: counter.state.message == "referral_done")
    visit = counter.state.visit
    with counter.kit.store.read() as view:
        (job,) = view.print_jobs_of(f"referral/{visit.visit_id}")
    told = counter.kit.replica.pending(1000)[-1]
    assert told.kind == "ticket.referred"
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    return json.dumps(job.document, ensure_ascii=False), told.payload["to_number"]


def status(hall: Hall, window: str) -> str:
    """Return how a window stands for everybody."""
    windows = hall.ask("GET", f"/v1/halls/{HALL}/floor", "0901").json()["windows"]
    return str(next(each["status"] for each in windows if each["window"] == window))


def test_i08_a_number_waits_there_and_a_suspended_window_gives_way_to_another(
    qtbot: Any, hall_of_clocks: Hall, windows: tuple[HallWindow, ...]
) -> None:
    """I08: citizen arrives with a number already in the target queue; kiosk is not needed; if the target window is
    suspended the alternative is printed.
    """
    first, published, another = windows
    with first.open(qtbot) as counter:
        set_up_a_business(counter)
        words, number = send_on(counter)
        assert "B07窗口" in words
        assert number in words
        first.sync()
    published.sync()
    with published.open(qtbot) as counter:
        look(counter)
        counter.press(Key.Key_F2)
        counter.until(lambda: counter.state.visit is not None)
        assert counter.state.visit.number == number, "the number was in the line before the citizen was"
        counter.press(Key.Key_Return)
        counter.until(lambda: serving(counter))
        counter.press(Key.Key_F12, Key.Key_1, Key.Key_2)
        counter.until(lambda: counter.state.visit is None)
        counter.press(Key.Key_Pause, Key.Key_1, Key.Key_Return)
        counter.until(lambda: counter.state.pausing is not None)
        published.sync()
    assert (status(hall_of_clocks, "B07"), status(hall_of_clocks, "B08")) == ("paused", "idle")
    with first.open(qtbot) as counter:
        set_up_a_business(counter)
        words, second = send_on(counter)
    assert "B08窗口" in words
    assert "B07" not in words
    assert second in words
    assert second != number
    first.sync()
    another.sync()
    with another.open(qtbot) as counter:
        look(counter)
        counter.press(Key.Key_F2)
        counter.until(lambda: counter.state.visit is not None)
        assert counter.state.visit.number == second
