"""转窗 at the authority: one window hands a ticket on, the other takes it, sends it back, or lets its minute pass."""

from typing import Any

import pytest

from sync.client.authority import HallAuthority
from sync.protocol.interface import Refused
from sync.protocol.messages import CallChosen, PushResult, TicketCalled
from sync.server.storage import clerks
from sync.server.storage.clerks import Profile

HALL = "9901"
SECOND = 1000


def row(hall: Any, number: str = "A001") -> dict[str, Any]:
    return next(each for each in hall.server("A01").snapshot(HALL).tables["ticket"] if each["number"] == number)


def waiting(hall: Any) -> int:
    return next(each.waiting for each in hall.server("manager").hall_state(HALL).businesses if each.code == "A")


def status(result: PushResult) -> list[tuple[str, str | None]]:
    return [(each.status, each.reason) for each in result.results]


def send(counter: Any, ticket: TicketCalled, kind: str, **more: Any) -> tuple[str, str | None]:
    [only] = status(counter.push(counter.ticket_op(kind, ticket, **more)))
    return only


@pytest.fixture
def sender(hall: Any) -> Any:
    return hall.counter("A01")


@pytest.fixture
def receiver(hall: Any) -> Any:
    return hall.counter("A02")


@pytest.fixture
def handed(hall: Any, sender: Any, receiver: Any) -> TicketCalled:
    """A001 was served at A01 and handed to A02; A002 waits."""
    hall.issue()
    hall.issue()
    ticket: TicketCalled = hall.call("A01")
    assert send(sender, ticket, "ticket.served") == ("applied", None)
    assert send(sender, ticket, "ticket.transferred", to_window="A02") == ("applied", None)
    return ticket


def test_the_sender_is_free_and_nobody_else_may_call_it(hall: Any, handed: TicketCalled) -> None:
    assert (row(hall)["state"], row(hall)["to_window"]) == ("transferring", "A02")
    assert hall.call("A01").number == "A002"
    assert hall.call("A03") is None
    with pytest.raises(Refused, match="taken_elsewhere"):
        hall.server("A03").call_chosen(HALL, "A03", CallChosen(number=handed.number, reason="other"), "k")


def test_the_other_window_takes_it_and_serves(hall: Any, receiver: Any, handed: TicketCalled) -> None:
    assert send(receiver, handed, "ticket.taken") == ("applied", None)
    assert (row(hall)["state"], row(hall)["window"], row(hall)["to_window"]) == ("called", "A02", None)
    assert send(receiver, handed, "ticket.served") == ("applied", None)
    assert send(receiver, handed, "ticket.finished", outcome="accepted", case_id=None) == ("applied", None)
    assert row(hall)["state"] == "done"


def test_the_first_clerk_stays_the_first(hall: Any, receiver: Any, handed: TicketCalled) -> None:
    assert row(hall)["first_clerk"] == "0301"
    receiver.clerk = "0302"
    hall.storage.write(_another_clerk)
    send(receiver, handed, "ticket.taken")
    assert send(receiver, handed, "ticket.served") == ("applied", None)
    assert row(hall)["first_clerk"] == "0301"


def _another_clerk(connection: Any) -> None:
    clerks.put(connection, HALL, Profile("0302", "李某", "D-SJ", ("clerk",), ("A02",), ("ITM-01",)))


def test_within_its_minute_it_waits_for_the_answer(hall: Any, handed: TicketCalled) -> None:
    hall.clock.now += 57 * SECOND
    assert waiting(hall) == 1
    assert hall.call("A02").number == "A002"


def test_after_its_minute_it_is_the_first_in_line_there(hall: Any, receiver: Any, handed: TicketCalled) -> None:
    hall.clock.now += 60 * SECOND
    assert waiting(hall) == 2
    called = hall.call("A02")
    assert (called.number, called.reason) == ("A001", "转来的，先请")
    assert send(receiver, handed, "ticket.taken") == ("applied", None)
    assert (row(hall)["state"], row(hall)["rev"]) == ("called", called.rev)


def test_what_is_not_taken_goes_back_with_the_reason_and_is_first_there(
    hall: Any, receiver: Any, handed: TicketCalled
) -> None:
    assert send(receiver, handed, "ticket.declined", reason="busy") == ("applied", None)
    back = row(hall)
    assert (back["state"], back["to_window"], back["window"], back["note"]) == ("returned", "A01", "A02", "busy")
    called = hall.call("A01")
    assert (called.number, called.reason) == ("A001", "转窗没接成，先请")


def test_only_the_window_it_was_handed_to_may_answer(hall: Any, handed: TicketCalled) -> None:
    other = hall.counter("A03")
    assert send(other, handed, "ticket.taken") == ("conflict", "taken_elsewhere")
    assert send(other, handed, "ticket.declined", reason="busy") == ("conflict", "taken_elsewhere")
    assert row(hall)["state"] == "transferring"


@pytest.mark.parametrize("to_window", ["A01", "Z99", 7])
def test_a_window_that_is_none_is_refused(hall: Any, sender: Any, to_window: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    assert send(sender, ticket, "ticket.transferred", to_window=to_window) == ("rejected", "malformed_payload")


def test_a_reason_that_is_none_is_refused(receiver: Any, handed: TicketCalled) -> None:
    assert send(receiver, handed, "ticket.declined", reason="因为") == ("rejected", "malformed_payload")


def test_another_windows_ticket_cannot_be_handed_on(hall: Any, receiver: Any, sender: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    assert send(receiver, ticket, "ticket.transferred", to_window="A03") == ("conflict", "taken_elsewhere")


def test_a_ticket_handed_on_before_the_next_call_was_not_missed(hall: Any, sender: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    transferred = sender.ticket_op("ticket.transferred", ticket, to_window="A02")
    hall.call("A01")
    assert row(hall)["state"] == "missed"
    assert status(sender.push(transferred)) == [("applied", None)]
    assert (row(hall)["state"], row(hall)["misses"]) == ("transferring", 0)


def test_the_citizen_may_show_the_paper_at_any_window(hall: Any, handed: TicketCalled) -> None:
    other = hall.counter("A03")
    assert status(other.push(other.presented(handed.number, handed.id))) == [("applied", None)]
    assert (row(hall)["state"], row(hall)["window"], row(hall)["to_window"]) == ("serving", "A03", None)


GOOD = {"to_window": "B01", "business": "B", "to_number": "B001"}


def test_a_referral_after_the_paper_is_kept_and_moves_nothing(hall: Any, sender: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    send(sender, ticket, "ticket.served")
    assert send(sender, ticket, "ticket.referred", **GOOD) == ("applied", None)
    assert send(sender, ticket, "ticket.referred", **{**GOOD, "business": "", "to_number": None}) == ("applied", None)
    assert row(hall)["state"] == "serving"


@pytest.mark.parametrize(
    "wrong", [{"to_window": "A01"}, {"to_window": "Z99"}, {"business": "Z"}, {"to_number": "B" * 17}]
)
def test_a_referral_to_nowhere_is_refused(hall: Any, sender: Any, wrong: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    assert send(sender, ticket, "ticket.referred", **{**GOOD, **wrong}) == ("rejected", "malformed_payload")


def test_another_windows_citizen_cannot_be_referred(hall: Any, receiver: Any, sender: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    assert send(receiver, ticket, "ticket.referred", **GOOD) == ("conflict", "taken_elsewhere")


def test_a_counter_takes_a_number_for_its_citizen_once(hall: Any) -> None:
    own = HallAuthority(hall.server("A01"), HALL)
    first = own.take_number("B", "referral-v1")
    assert (first.number, first.ahead) == ("B001", 0)
    assert own.take_number("B", "referral-v1") == first
    assert own.take_number("B", "referral-v2").ahead == 1
