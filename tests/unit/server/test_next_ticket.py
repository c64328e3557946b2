"""The queue policy alone."""

from dataclasses import replace

import pytest

from app.domain.ticket import Ticket, TicketState
from sync.server.service.next_ticket import called, eta_minutes, missed, next_ticket


def ticket(
    number: str, issued_ms: int, state: TicketState = TicketState.WAITING, priority: str | None = None
) -> Ticket:
    return Ticket(number, "9901", number, "A", state, 1, issued_ms, priority)


def test_priority_comes_before_age() -> None:
    assert next_ticket([ticket("A1", 1), ticket("A2", 2, priority="elderly")]) == ticket("A2", 2, priority="elderly")


@pytest.mark.parametrize("state", [state for state in TicketState if state is not TicketState.WAITING])
def test_only_waiting_tickets_are_ever_next(state: TicketState) -> None:
    assert next_ticket([ticket("A1", 1, state)]) is None


def test_the_third_miss_voids() -> None:
    now = ticket("A1", 1)
    states = []
    for _ in range(3):
        now = missed(called(now, "A01", 5))
        states.append(now.state)
        now = ticket_again(now)
    assert states == [TicketState.MISSED, TicketState.MISSED, TicketState.VOID]


def ticket_again(now: Ticket) -> Ticket:
    return replace(now, state=TicketState.WAITING)


def test_an_expected_time_needs_five_closed_tickets() -> None:
    assert eta_minutes(3, [60_000] * 4, 1) is None
    assert eta_minutes(3, [60_000] * 5, 0) == 3
    assert eta_minutes(3, [60_000] * 5, 2) == 2
