"""A window closes: what waits for it alone goes back to its line, or to a window of the same class."""

from typing import Any

import pytest

from app.domain.rehome import Home, homes, rehomed, went_on
from app.domain.rights import RIGHTS, Act, Role
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import WindowLine
from app.domain.transitions import IllegalTransition
from sync.protocol.floor_messages import RehomeTickets
from sync.protocol.interface import Refused
from sync.server.service.floor_state import floor_state
from sync.server.service.order_window import open_window
from sync.server.service.rehome import rehome_tickets

HALL = "9901"


class Hands:
    """The manager, and the counters of the hall."""

    def __init__(self, hall: Any) -> None:
        self.hall = hall
        self.manager = (hall.service.context, hall.service.authenticate("token-manager"))
        self.counters = {window: self.opened(window) for window in ("A01", "A02", "B01")}

    def opened(self, window: str) -> Any:
        counter = self.hall.counter(window, incarnation=f"store-{window}")
        counter.push(counter.operation("day.opened", "window", window, {"business_date": "2026-11-23"}))
        return counter

    def hold(self, window: str, business: str = "A") -> str:
        number: str = self.hall.issue(business)
        called, counter = self.hall.call(window), self.counters[window]
        counter.push(
            counter.ticket_op("ticket.served", called), counter.ticket_op("ticket.held", called, reason="photo")
        )
        return number

    def rehome(self, window: str, *numbers: str, key: str = "r") -> Any:
        return rehome_tickets(*self.manager, HALL, window, RehomeTickets(numbers=list(numbers)), key=key)

    def close(self, window: str) -> None:
        open_window(*self.manager, HALL, window, f"close-{window}", on=False)

    def row(self, number: str) -> dict[str, Any]:
        tickets = self.hall.server("A01").snapshot(HALL).tables["ticket"]
        return next(dict(each) for each in tickets if each["number"] == number)

    def held(self, window: str) -> list[str]:
        return next(each.held for each in floor_state(*self.manager, HALL).windows if each.window == window)


@pytest.fixture
def hands(hall: Any) -> Hands:
    return Hands(hall)


def test_held_tickets_stand_in_their_line_again_at_their_places(hall: Any, hands: Hands) -> None:
    first, second = hands.hold("A01"), hands.hold("A01")
    later = hall.issue()
    assert hands.held("A01") == [first, second]
    done = hands.rehome("A01", first, second)
    hands.close("A01")
    assert (done.held, hands.held("A01")) == ((), [])
    row = hands.row(first)
    assert (row["state"], row["window"], row["called_ms"], row["first_clerk"]) == ("waiting", None, None, "0301")
    assert hall.call("A02").number == first, "its age is its place, before who came later"
    (act,) = [each for each in floor_state(*hands.manager, HALL).acts if each.act == "rehome_tickets"]
    assert act.detail == {"window": "A01", "numbers": [first, second]}
    assert later not in act.detail["numbers"]


def test_what_no_other_window_calls_goes_to_a_window_of_the_same_class_or_stays(hall: Any, hands: Hands) -> None:
    walked = hands.counters["A01"].operation(
        "ticket.walked_in",
        "ticket",
        "walk-1",
        {"number": "W01-001", "window": "A01", "business_date": "2026-11-23", "served_ms": hall.clock.now},
    )
    held = hands.counters["A01"].operation(
        "ticket.held", "ticket", "walk-1", {"number": "W01-001", "window": "A01", "reason": "photo"}
    )
    hands.counters["A01"].push(walked, held)
    only = hands.hold("B01", "B")
    assert hands.rehome("B01", only, key="b").held == (only,), "nobody else calls that line"
    assert hands.row(only)["state"] == "held"
    assert hands.rehome("A01", "W01-001").held == ()
    row = hands.row("W01-001")
    assert (row["state"], row["to_window"]) == ("transferring", "A02")


def test_what_was_handed_to_the_window_goes_on_too(hall: Any, hands: Hands) -> None:
    number = hall.issue()
    called, sender = hall.call("A02"), hands.counters["A02"]
    said = (sender.ticket_op("ticket.served", called), sender.ticket_op("ticket.transferred", called, to_window="A01"))
    sender.push(*said)
    assert hands.held("A01") == [number]
    hands.rehome("A01", number)
    assert (hands.row(number)["state"], hands.held("A01")) == ("waiting", [])


def test_only_what_was_listed_and_still_waits_there_moves_and_once(hall: Any, hands: Hands) -> None:
    listed, new = hands.hold("A01"), hands.hold("A01")
    done = hands.rehome("A01", listed, "A999")
    assert hands.rehome("A01", listed, "A999") == done
    assert hands.held("A01") == [new]
    assert hall.call("A02").number == listed
    hands.rehome("A01", listed, key="again")
    assert (hands.row(listed)["state"], hands.row(listed)["window"]) == ("called", "A02")
    with pytest.raises(Refused, match="unknown_window"):
        hands.rehome("Z99", listed, key="z")
    assert RIGHTS[Act.REHOME_TICKETS] == {Role.FLOOR_MANAGER}


def ticket(state: TicketState, **changes: Any) -> Ticket:
    known = {"ticket_id": "t", "hall": HALL, "number": "A001", "business": "A", "rev": 3, "issued_ms": 1}
    return Ticket(**{**known, "state": state, **changes})


def test_the_shortest_open_line_of_the_same_class_gets_what_has_no_line() -> None:
    lines = [
        WindowLine("A01", ("A",), 0, open=True),
        WindowLine("A02", ("A",), 5, open=True),
        WindowLine("A03", ("A",), 2, open=True),
        WindowLine("A04", ("A",), 0, open=False),
        WindowLine("B01", ("B",), 0, open=True),
    ]
    own, common, other = (ticket(TicketState.HELD, window="A01", business=code) for code in ("", "A", "C"))
    assert homes([own, common, other], "A01", lines) == (Home(own, "A03"), Home(common, None), Home(other, "A03"))
    assert homes([own], "B01", lines) == (Home(own, None, there=False),)


def test_a_counter_knows_what_went_on_without_it() -> None:
    held = ticket(TicketState.HELD, window="A01")
    assert not went_on(held, "A01")
    assert went_on(rehomed(Home(held, None), 9), "A01")
    moved = rehomed(Home(held, "A02"), 9)
    assert went_on(moved, "A01")
    assert not went_on(moved, "A02")
    with pytest.raises(IllegalTransition):
        rehomed(Home(ticket(TicketState.SERVING, window="A01"), None), 9)
