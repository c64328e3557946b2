"""接办 at the authority: who answers for what was handed on, and what the floor manager hears when nobody does."""

from typing import Any

import pytest

from app.domain.takeover import window_named
from sync.protocol.floor_messages import FloorState
from sync.protocol.messages import PushResult, TicketCalled
from sync.server.service import provision
from sync.server.service.floor_state import floor_state
from sync.server.storage.clerks import Profile

HALL = "9901"
MINUTE = 60_000


def see(hall: Any) -> FloorState:
    return floor_state(hall.service.context, hall.service.authenticate("token-manager"), HALL)


def contact(hall: Any) -> dict[str, Any]:
    (only,) = hall.server("A01").snapshot(HALL).tables["contact"]
    return dict(only)


def status(result: PushResult) -> list[tuple[str, str | None]]:
    return [(each.status, each.reason) for each in result.results]


@pytest.fixture
def counters(hall: Any) -> dict[str, Any]:
    """A01 with clerk 0301, A02 with clerk 0302, A03 with clerk 0303."""
    made = {}
    for window, clerk in (("A01", "0301"), ("A02", "0302"), ("A03", "0303")):
        profile = Profile(clerk, "王某", "D-SJ", ("clerk",), (window,), ("ITM-01",))
        provision.add_clerk(hall.storage, profile, HALL, password=None)
        counter = made[window] = hall.counter(window, clerk=clerk, incarnation=f"store-{window}")
        counter.push(counter.operation("day.opened", "window", window, {"business_date": "2026-11-23"}))
    return made


@pytest.fixture
def handed(hall: Any, counters: dict[str, Any]) -> TicketCalled:
    """A001 was served at A01 by 0301 and handed to A02."""
    hall.issue()
    ticket: TicketCalled = hall.call("A01")
    sender = counters["A01"]
    said = (sender.ticket_op("ticket.served", ticket), sender.ticket_op("ticket.transferred", ticket, to_window="A02"))
    assert status(sender.push(*said)) == [("applied", None)] * 2
    return ticket


def take_over(counter: Any, contact_id: str, number: str, **changes: Any) -> Any:
    payload = {"number": number, "window": counter.window, "taken_ms": counter.clock.now_ms(), **changes}
    return status(counter.push(counter.operation("contact.taken_over", "contact", contact_id, payload)))


def register(counter: Any, owner: str, **changes: Any) -> Any:
    payload = {
        "contact_id": "contact-1",
        "no": "SW20261123-0001-0001",
        "topic": "农村宅基地上建房怎么报批",
        "action": "passed_on",
        "owner": owner,
        "due": "2026-11-24",
        "clerk": counter.clerk,
        "window": counter.window,
        **changes,
    }
    return status(counter.push(counter.operation("contact.registered", "contact", "contact-1", payload)))


def test_a_ticket_that_moves_leaves_the_responsibility_where_it_was(hall: Any, counters: Any, handed: Any) -> None:
    hall.clock.now += MINUTE
    assert hall.call("A02").number == handed.number, "after its minute it is called from the line"
    counters["A02"].push(counters["A02"].ticket_op("ticket.served", handed))
    held = contact(hall)
    assert (held["clerk"], held["owner"], held["owner_window"], held["state"]) == ("0301", "0301", "A01", "handed")

    assert take_over(counters["A02"], handed.id, handed.number) == [("applied", None)]
    held = contact(hall)
    assert (held["clerk"], held["owner"], held["owner_window"], held["state"]) == ("0301", "0302", "A02", "taken")
    assert see(hall).contacts == []


def test_ten_minutes_without_it_are_red_and_name_who_is_responsible(hall: Any, handed: TicketCalled) -> None:
    seen = see(hall)
    assert [(each.number, each.minutes, each.level) for each in seen.contacts] == [(handed.number, 0, None)]
    assert [each for each in seen.alarms if each.kind == "contact"] == []
    for minutes, level in ((5, "yellow"), (9, "yellow"), (10, "red")):
        hall.clock.now = contact(hall)["handed_ms"] + minutes * MINUTE
        (alarm,) = [each for each in see(hall).alarms if each.kind == "contact"]
        assert (alarm.level, alarm.minutes) == (level, minutes)
    assert (alarm.ticket, alarm.window, alarm.subject) == (handed.number, "A02", "A01 0301")
    assert (alarm.remedy.verb, alarm.remedy.window) == ("remind", "A02")


def test_through_any_number_of_windows_the_first_clerk_stays(hall: Any, counters: Any, handed: TicketCalled) -> None:
    second = counters["A02"]
    second.push(second.ticket_op("ticket.taken", handed))
    take_over(second, handed.id, handed.number)
    hall.clock.now += 3 * MINUTE
    second.push(second.ticket_op("ticket.transferred", handed, to_window="A03"))
    held = contact(hall)
    assert (held["clerk"], held["owner"], held["to_window"], held["state"]) == ("0301", "0302", "A03", "handed")
    assert held["handed_ms"] == hall.clock.now, "its minutes begin anew"


def test_what_came_back_or_ended_asks_nobody(hall: Any, counters: Any, handed: TicketCalled) -> None:
    first, second = counters["A01"], counters["A02"]
    second.push(second.ticket_op("ticket.declined", handed, reason="busy"))
    assert see(hall).contacts == []
    first.push(first.ticket_op("ticket.taken", handed), first.ticket_op("ticket.served", handed))
    first.push(first.ticket_op("ticket.transferred", handed, to_window="A03"))
    assert [each.to_window for each in see(hall).contacts] == ["A03"]
    third = counters["A03"]
    third.push(third.ticket_op("ticket.taken", handed), third.ticket_op("ticket.served", handed))
    third.push(third.ticket_op("ticket.finished", handed, outcome="answered", case_id=None))
    assert (see(hall).contacts, contact(hall)["state"]) == ([], "closed")


def test_a_registered_contact_asks_the_window_it_names(hall: Any, counters: Any) -> None:
    assert register(counters["A01"], "请A03窗口 0303号答复") == [("applied", None)]
    held = contact(hall)
    assert (held["number"], held["to_window"], held["due"]) == ("SW20261123-0001-0001", "A03", "2026-11-24")
    assert "宅基地" not in str(held), "the words of a citizen are not mirrored"
    assert take_over(counters["A02"], "contact-1", held["number"]) == [("conflict", "taken_elsewhere")]
    assert take_over(counters["A03"], "contact-1", held["number"]) == [("applied", None)]
    assert take_over(counters["A03"], "contact-1", held["number"]) == [("applied", None)], "twice is once"
    assert contact(hall)["rev"] == 2
    assert take_over(counters["A01"], "contact-1", held["number"]) == [("conflict", "taken_elsewhere")]


def test_who_was_asked_first_may_take_it_back(hall: Any, counters: Any) -> None:
    register(counters["A01"], "A03窗口")
    assert take_over(counters["A01"], "contact-1", "SW20261123-0001-0001") == [("applied", None)]
    assert (contact(hall)["owner"], see(hall).contacts) == ("0301", [])


@pytest.mark.parametrize("owner", ["A01窗口 0301号", "Z99窗口", "市场监管局"])
def test_a_contact_its_own_clerk_answers_asks_nobody(hall: Any, counters: Any, owner: str) -> None:
    assert register(counters["A01"], owner) == [("applied", None)]
    assert hall.server("A01").snapshot(HALL).tables["contact"] == []


def test_what_means_nothing_is_refused(hall: Any, counters: Any, handed: TicketCalled) -> None:
    assert register(counters["A01"], "A02窗口", due="明天") == [("rejected", "malformed_payload")]
    for contact_id, number in (("nobody", handed.number), (handed.id, "A999")):
        assert take_over(counters["A02"], contact_id, number) == [("rejected", "malformed_payload")]
    wrong = take_over(counters["A02"], handed.id, handed.number, window="A03")
    assert wrong == [("rejected", "malformed_payload")]
    assert contact(hall)["state"] == "handed"


def test_the_window_is_the_first_of_the_hall_the_words_name() -> None:
    windows = {"A01", "A03", "B02"}
    assert window_named("b02窗口 0311号", windows, "A01") == "B02"
    assert window_named("A01 转 A03", windows, "A01") == "A03"
    assert window_named("3号窗口", windows, "A01") is None
