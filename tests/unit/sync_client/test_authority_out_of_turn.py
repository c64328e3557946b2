"""The hall's server as use cases know it: a chosen number, and the windows with their lines."""

from typing import Any

import pytest

from app.domain.chosen import ChosenCall, ChosenReason
from app.domain.ticket import TicketState
from app.domain.transfer import WindowLine
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable, WindowBusy
from sync.client.authority import HallAuthority
from sync.protocol.interface import Refused, Unreachable
from sync.protocol.messages import BusinessState, CallChosen, HallState, TicketCalled, WindowState

CHOICE = ChosenCall("A007", ChosenReason.MANAGER)


class Server:
    """Answers, or raises what it was given."""

    def __init__(self, raises: Exception | None = None) -> None:
        self.raises = raises
        self.asked: list[Any] = []

    def call_chosen(self, hall: str, window: str, request: CallChosen, key: str) -> TicketCalled:
        self.asked.append((hall, window, request, key))
        self._fail()
        return TicketCalled(
            id="t", number="A007", business="A", priority=None, rev=2, issued_ms=1, called_ms=5, window="A01"
        )

    def hall_state(self, hall: str) -> HallState:
        self._fail()
        rest: dict[str, Any] = {"ticket": None, "state": None, "called_ms": None}
        return HallState(
            hall=hall,
            head=1,
            server_time=1,
            business_date="2026-11-23",
            businesses=[
                BusinessState(code="A", name="市场准入", waiting=3, oldest_issued_ms=1),
                BusinessState(code="B", name="社会事务", waiting=2, oldest_issued_ms=1),
            ],
            windows=[
                WindowState(window="A01", businesses=["A"], open=True, **rest),
                WindowState(window="A02", businesses=["A", "B"], open=False, **rest),
                WindowState(window="C01", businesses=[], open=True, **rest),
                WindowState(window="C02", businesses=[], open=True, status="paused", **rest),
            ],
        )

    def _fail(self) -> None:
        if self.raises is not None:
            raise self.raises


def authority(server: Any) -> HallAuthority:
    return HallAuthority(server, "9901")


def test_a_chosen_number_comes_back_as_called() -> None:
    server = Server()
    ticket = authority(server).call_chosen("A01", CHOICE, "k")
    assert (ticket.number, ticket.state, ticket.window, ticket.rev) == ("A007", TicketState.CALLED, "A01", 2)
    assert server.asked == [("9901", "A01", CallChosen(number="A007", reason="manager"), "k")]


def test_the_lines_are_what_waits_for_a_windows_businesses() -> None:
    assert list(authority(Server()).lines()) == [
        WindowLine("A01", ("A",), 3, open=True),
        WindowLine("A02", ("A", "B"), 5, open=False),
        WindowLine("C01", (), 0, open=True),
        WindowLine("C02", (), 0, open=False),
    ]


@pytest.mark.parametrize(
    ("raised", "becomes"),
    [
        (Unreachable(), AuthorityUnreachable),
        (Refused("internal", 500), AuthorityUnreachable),
        (Refused("window_busy", 409), WindowBusy),
        (Refused("taken_elsewhere", 409), AuthorityRefused),
    ],
)
def test_a_no_and_a_silence_are_told_apart(raised: Exception, becomes: type[Exception]) -> None:
    with pytest.raises(becomes):
        authority(Server(raised)).call_chosen("A01", CHOICE, "k")
    with pytest.raises(becomes):
        authority(Server(raised)).lines()
