"""I18 不得不受理、拖延、推诿: whoever was called leaves with an outcome, and who left without one is counted."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hall_windows import HallWindow, hall_window, serving
from living_counter import Key, Living
from published_hall import HALL, Hall
from queue_hands import CARD

from app.domain.operation import OperationDraft
from app.domain.visit import VisitState
from sync.client.floor import FloorNews
from sync.protocol.floor_messages import FloorState, FloorWindow
from ui.screens.floor.build.ledger_lines import lines
from ui.screens.floor.state import FloorViewState

KEYS_THAT_MOVE_ON = (Key.Key_F2, Key.Key_Return, Key.Key_Escape, Key.Key_F12, Key.Key_Escape, Key.Key_F12)


@pytest.fixture
def window(hall_of_clocks: Hall, request: pytest.FixtureRequest) -> Iterator[HallWindow]:
    """A window nobody else works at in this hall: what ended there today was ended by this test."""
    made = hall_window(hall_of_clocks, request.param)
    yield made
    made.kit.database.close()


def come(counter: Living) -> str:
    """Somebody sits down with a card; returns their number."""
    counter.lay(CARD)
    counter.until(lambda: serving(counter))
    return counter.state.visit.number


def leave(counter: Living) -> None:
    """F12, 3 群众离开, 2 改天再来."""
    counter.press(Key.Key_F12, Key.Key_3, Key.Key_2)
    counter.until(lambda: counter.state.visit is None)


def seen(window: HallWindow) -> FloorWindow:
    """Return the window as the floor manager is shown it."""
    return next(FloorWindow(**each) for each in floor_of(window)["windows"] if each["window"] == window.window)


def floor_of(window: HallWindow) -> dict[str, Any]:
    """Return the whole hall as the floor manager is sent it."""
    answer = window.hall.ask("GET", f"/v1/halls/{HALL}/floor", "0901")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def finish_without(window: HallWindow, outcome: str | None) -> list[Any]:
    """A changed client says that the visit is over; returns what the server made of it."""
    kit = window.kit
    with kit.store.begin() as work:
        visit = work.open_visit()
        payload = {"number": visit.number, "window": window.window, "outcome": outcome, "case_id": None}
        draft = OperationDraft("ticket.finished", "ticket", visit.ticket_id, payload, window.clerk.at(window.window))
        work.append(draft)
    return window.desk.push()


@pytest.mark.parametrize("window", ["A05"], indirect=True)
def test_i18_closing_without_an_outcome_is_impossible(qtbot: Any, window: HallWindow) -> None:
    """I18: closing a called ticket with no outcome is impossible, by key and by a changed client."""
    with window.open(qtbot) as counter:
        come(counter)
        window.sync()
        counter.press(*KEYS_THAT_MOVE_ON)
        assert counter.state.visit is not None
        assert (counter.state.visit.state, counter.state.visit.outcome) == (VisitState.SERVING, None)
        assert seen(window).status == "serving"
        for outcome in (None, "", "left", "missed", "transferred"):
            assert finish_without(window, outcome) == [("rejected", "malformed_payload")]
        assert (seen(window).status, seen(window).ended) == ("serving", 0)
        counter.press(Key.Key_Escape)
        leave(counter)
        window.sync()
    assert seen(window).status == "idle"


@pytest.mark.parametrize("window", ["A06"], indirect=True)
def test_i18_the_share_without_a_result_is_on_the_managers_screen(qtbot: Any, window: HallWindow) -> None:
    """I18: “无结果” share per window is on the dashboard: who left without a case or a paper, of all who came."""
    with window.open(qtbot) as counter:
        come(counter)
        leave(counter)
        come(counter)
        counter.press(Key.Key_F12, Key.Key_1, Key.Key_2)
        counter.until(lambda: counter.state.visit is None)
        come(counter)
        counter.press(Key.Key_2, Key.Key_Return, Key.Key_F9)
        counter.until(lambda: counter.state.visit.state is VisitState.ISSUED)
        counter.printed()
        counter.press(Key.Key_F12)
        counter.until(lambda: counter.state.visit is None)
        window.sync()
    shown = seen(window)
    assert (shown.ended, shown.nothing) == (3, 1)
    whole = msgspec.convert(floor_of(window), FloorState)
    page = lines(FloorViewState(now_ms=window.hall.clock.now, news=FloorNews(whole, offline=False)))
    (line,) = [each for each in page if each.name == "无结果"]
    assert "A06 1/3 33%" in line.words
