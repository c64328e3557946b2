"""Tickets that are handed on, come back, or are revived; and which window a clerk means."""

from dataclasses import replace

import pytest

from app.domain.clock_skew import LIMIT_MS
from app.domain.revival import PLACES_BACK, revivable, revived
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import WindowLine, declined, entered_line, handed_over, suggested, taken
from app.domain.transitions import IllegalTransition
from app.domain.window_number import AmbiguousWindow, NoSuchWindow, window_meant

MINUTE = 60_000
SERVED = Ticket("t", "9901", "A001", "A", TicketState.SERVING, 3, 0, window="A01", called_ms=1, first_clerk="0301")
WINDOWS = ("A01", "A02", "A12", "B01", "B02", "C07")


def waiting(*places: int, priority: str | None = None) -> list[Ticket]:
    return [Ticket(f"t{each}", "9901", f"A{each:03}", "A", TicketState.WAITING, 1, each, priority) for each in places]


def test_there_and_back() -> None:
    handed = handed_over(SERVED, "A02", 10)
    assert (handed.state, handed.window, handed.to_window, handed.rev) == (TicketState.TRANSFERRING, "A01", "A02", 4)
    back = declined(handed, 20, "busy")
    assert (back.state, back.window, back.to_window, back.note) == (TicketState.RETURNED, "A02", "A01", "busy")
    again = taken(back, "A01", 30)
    assert (again.state, again.window, again.to_window, again.offered_ms) == (TicketState.CALLED, "A01", None, None)
    assert {handed.first_clerk, back.first_clerk, again.first_clerk} == {"0301"}


def test_what_is_not_on_its_way_is_neither_taken_nor_sent_back() -> None:
    with pytest.raises(IllegalTransition):
        taken(SERVED, "A02", 1)
    with pytest.raises(IllegalTransition):
        declined(SERVED, 1)
    with pytest.raises(IllegalTransition):
        handed_over(replace(SERVED, state=TicketState.WAITING), "A02", 1)


@pytest.mark.parametrize(("after_ms", "entered"), [(0, False), (MINUTE - 1, False), (MINUTE, True)])
def test_silence_for_a_minute_is_a_place_in_line(after_ms: int, entered: bool) -> None:  # noqa: FBT001 - a column
    handed = handed_over(SERVED, "A02", 1000)
    assert entered_line(handed, 1000 + after_ms) is entered
    assert entered_line(declined(handed, 1000), 1000)
    assert not entered_line(SERVED, 1 << 50)


def test_an_offer_made_before_the_clock_was_set_back_waits_for_no_minute() -> None:
    handed = handed_over(SERVED, "A02", 7_200_000)
    assert not entered_line(handed, 7_200_000 - LIMIT_MS)
    assert entered_line(handed, 7_200_000 - LIMIT_MS - 1)


def test_the_open_window_of_the_business_with_the_shortest_line_is_suggested() -> None:
    lines = [
        WindowLine("A01", ("A",), 0, open=True),
        WindowLine("A02", ("A",), 2, open=True),
        WindowLine("A03", ("A", "B"), 1, open=True),
        WindowLine("A04", ("A",), 0, open=False),
        WindowLine("B01", ("B",), 0, open=True),
        WindowLine("A05", ("A",), 1, open=True),
    ]
    best = suggested(lines, "A01", "A")
    assert best is not None
    assert best.window == "A03"
    assert suggested(lines[:1], "A01", "A") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2", "A02"), ("02", "A02"), ("12", "A12"), ("b2", "B02"), ("Ｂ０２", "B02"), ("7", "C07"), ("a01", "A01")],
)
def test_digits_mean_the_own_row_first(typed: str, meant: str) -> None:
    assert window_meant(typed, WINDOWS, "A01") == meant


@pytest.mark.parametrize("typed", ["", "99", "Z01", "A", "2A", "-1"])
def test_what_names_no_window(typed: str) -> None:
    with pytest.raises(NoSuchWindow):
        window_meant(typed, WINDOWS, "A01")


def test_digits_of_several_rows_are_not_enough() -> None:
    with pytest.raises(AmbiguousWindow) as several:
        window_meant("1", WINDOWS, "D01")
    assert several.value.windows == ("A01", "B01")


def test_a_revived_ticket_stands_behind_three_of_its_line() -> None:
    missed = replace(SERVED, state=TicketState.MISSED, missed_ms=100)
    others = waiting(10, 20, 30, 40, priority="elderly")
    line = waiting(11, 22, 33, 44)
    again = revived(missed, [*others, *line])
    assert sum(each.place_ms < again.place_ms for each in line) == PLACES_BACK
    assert (again.state, again.window, again.issued_ms) == (TicketState.WAITING, None, SERVED.issued_ms)
    assert revived(missed, line[:1]).place_ms == 12
    assert revived(missed, others).place_ms == missed.issued_ms


def test_revival_never_brings_a_ticket_forward() -> None:
    late = replace(SERVED, state=TicketState.MISSED, issued_ms=90)
    assert revived(late, waiting(1, 2, 3, 4)).place_ms == 90


@pytest.mark.parametrize(("missed_ms", "now_ms", "may"), [(0, 60 * MINUTE, True), (1, 60 * MINUTE + 2, False)])
def test_an_hour_is_the_limit(missed_ms: int, now_ms: int, may: bool) -> None:  # noqa: FBT001 - a column
    missed = replace(SERVED, state=TicketState.MISSED, missed_ms=missed_ms or None, called_ms=None)
    assert revivable(missed, now_ms) is may
    assert not revivable(SERVED, now_ms)
