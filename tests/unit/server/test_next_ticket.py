"""What a call makes of a ticket."""

from dataclasses import replace

from app.domain.ticket import Ticket, TicketState
from sync.server.service.next_ticket import called, eta_minutes, missed


def ticket(number: str, issued_ms: int) -> Ticket:
    return Ticket(number, "9901", number, "A", TicketState.WAITING, 1, issued_ms)


def test_the_third_miss_voids() -> None:
    now = ticket("A1", 1)
    states = []
    for _ in range(3):
        now = missed(called(now, "A01", 5), 9)
        states.append(now.state)
        now = ticket_again(now)
    assert now.missed_ms == 9
    assert states == [TicketState.MISSED, TicketState.MISSED, TicketState.VOID]


def ticket_again(now: Ticket) -> Ticket:
    return replace(now, state=TicketState.WAITING)


def test_an_expected_time_needs_five_closed_tickets() -> None:
    assert eta_minutes(3, [60_000] * 4, 1) is None
    assert eta_minutes(3, [60_000] * 5, 0) == 3
    assert eta_minutes(3, [60_000] * 5, 2) == 2
