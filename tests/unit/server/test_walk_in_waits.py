"""A number of a window's own series that comes to wait after all stands in a line that somebody calls."""

from typing import Any

import pytest

from app.domain.ticket import Ticket, TicketState
from app.domain.walk_in import lined_up
from sync.server.service.revive_ticket import revive_ticket

HALL, NUMBER = "9901", "W01-001"


@pytest.fixture
def taken(hall: Any) -> Any:
    """Who walked in at A01 was handed to A02, which called them; returned is what A02 says of them next."""
    sender, receiver = hall.counter("A01"), hall.counter("A02")

    def said(counter: Any, kind: str, **more: Any) -> None:
        window = {"number": NUMBER, "window": counter.window}
        (result,) = counter.push(counter.operation(kind, "ticket", "walk-1", {**window, **more})).results
        assert result.status == "applied", result

    said(sender, "ticket.walked_in", business_date="2026-11-23", served_ms=hall.clock.now)
    said(sender, "ticket.transferred", to_window="A02")
    said(receiver, "ticket.taken")
    return lambda kind, **more: said(receiver, kind, **more)


def row(hall: Any) -> dict[str, Any]:
    return next(each for each in hall.server("A01").snapshot(HALL).tables["ticket"] if each["number"] == NUMBER)


def test_missed_after_a_transfer_and_revived_it_is_called_like_any_other(hall: Any, taken: Any) -> None:
    taken("ticket.missed")
    assert (row(hall)["state"], row(hall)["business"]) == ("missed", "")
    waits = [hall.issue() for _ in range(4)]
    answer = revive_ticket(hall.service.context, hall.service.authenticate("token-A02"), HALL, NUMBER, "r")
    assert answer.ahead == 3
    assert (row(hall)["state"], row(hall)["business"]) == ("waiting", "A")
    called = [hall.call(window).number for window in ("A01", "A02", "A03")]
    assert [*called, hall.call("A01").number, hall.call("A02").number] == [*waits[:3], NUMBER, waits[3]]


def test_a_call_of_it_that_was_withdrawn_waits_in_the_windows_line(hall: Any, taken: Any) -> None:
    taken("ticket.withdrawn")
    assert (row(hall)["state"], row(hall)["business"], row(hall)["window"]) == ("waiting", "A", None)
    assert hall.call("A03").number == NUMBER


def test_at_a_window_that_calls_no_line_it_is_served_when_presented() -> None:
    missed = Ticket("t", HALL, NUMBER, "", TicketState.MISSED, 3, 1, window="D09")
    assert lined_up(missed, {"D09": (), "A01": ("A",)}) == missed
    assert lined_up(missed, {}) == missed
