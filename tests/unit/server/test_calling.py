"""The queue: who is next, what becomes of a ticket nobody answered to, and that nothing is ever called twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sync.protocol.interface import Refused
from sync.protocol.messages import IssueTicket
from sync.server.storage import catalogue
from sync.server.storage.catalogue import Version

HALL = "9901"


def test_numbers_count_up_per_business_and_start_anew_every_day(hall: Any) -> None:
    assert [hall.issue("A"), hall.issue("A"), hall.issue("B")] == ["A001", "A002", "B001"]
    hall.clock.now += 24 * 3_600_000
    assert hall.issue("A") == "A001"


def test_the_oldest_is_called_first_but_a_priority_before_all(hall: Any) -> None:
    hall.issue()
    hall.issue()
    hall.issue(priority="elderly")
    assert [hall.call(w).number for w in ("A01", "A02", "A03")] == ["A003", "A001", "A002"]


def test_nobody_waiting_is_no_ticket(hall: Any) -> None:
    assert hall.call("A01") is None


def test_a_window_without_business_calls_nobody(hall: Any) -> None:
    hall.issue()
    assert hall.call("D01") is None


def test_the_same_key_gets_the_same_ticket(hall: Any) -> None:
    hall.issue()
    hall.issue()
    first = hall.call("A01", key="k")
    assert hall.call("A01", key="k") == first


def test_the_same_key_gets_the_same_nobody(hall: Any) -> None:
    assert hall.call("A01", key="k") is None
    hall.issue()
    assert hall.call("A01", key="k") is None


def test_a_key_is_not_for_another_request(hall: Any) -> None:
    kiosk = hall.server("kiosk")
    kiosk.issue_ticket(HALL, IssueTicket(business="A"), "k")
    with pytest.raises(Refused, match="key_reused"):
        kiosk.issue_ticket(HALL, IssueTicket(business="B"), "k")


def test_two_callers_may_use_one_key(hall: Any) -> None:
    hall.issue()
    hall.issue()
    assert hall.call("A01", key="k") != hall.call("A02", key="k")


def test_an_unanswered_call_is_missed_and_stays_out_of_the_queue(hall: Any) -> None:
    hall.issue()
    missed = hall.call("A01")
    assert hall.call("A01") is None
    hall.clock.now += 8 * 3_600_000
    assert hall.call("A02") is None
    rows = {row["number"]: row for row in hall.server("A01").snapshot(HALL).tables["ticket"]}
    assert (rows[missed.number]["state"], rows[missed.number]["misses"]) == ("missed", 1)


def test_a_called_ticket_never_returns_by_timeout(hall: Any) -> None:
    hall.issue()
    hall.call("A01")
    hall.clock.now += 3 * 3_600_000
    assert hall.call("A02") is None


def test_a_window_with_a_citizen_in_service_is_busy(hall: Any) -> None:
    counter = hall.counter("A01")
    hall.issue()
    hall.issue()
    ticket = hall.call("A01")
    counter.push(counter.ticket_op("ticket.called", ticket, called_ms=1), counter.ticket_op("ticket.served", ticket))
    with pytest.raises(Refused, match="window_busy") as refused:
        hall.call("A01")
    assert refused.value.status == 409
    counter.push(counter.ticket_op("ticket.finished", ticket, outcome="accepted", case_id=None))
    assert hall.call("A01").number == "A002"


def test_yesterdays_ticket_is_not_called_today(hall: Any) -> None:
    hall.issue()
    hall.clock.now += 16 * 3_600_000
    assert hall.call("A01") is None


def test_ahead_counts_only_those_who_come_first(hall: Any) -> None:
    kiosk = hall.server("kiosk")
    for n in range(3):
        kiosk.issue_ticket(HALL, IssueTicket(business="A"), f"k{n}")
    manager = hall.server("manager")
    assert manager.issue_ticket(HALL, IssueTicket(business="A", priority="elderly"), "p").ahead == 0
    assert kiosk.issue_ticket(HALL, IssueTicket(business="A"), "last").ahead == 4


def test_a_waiting_time_is_promised_once_five_tickets_were_closed(hall: Any) -> None:
    counter = hall.counter("A01")
    day = counter.operation("day.opened", "window", "A01", {"business_date": "2026-11-23"})
    counter.push(day)
    for n in range(5):
        assert hall.server("kiosk").issue_ticket(HALL, IssueTicket(business="A"), f"k{n}").eta_minutes is None
        ticket = hall.call("A01")
        served = counter.ticket_op("ticket.served", ticket)
        hall.clock.now += 10 * 60_000
        counter.push(served, counter.ticket_op("ticket.finished", ticket, outcome="accepted", case_id=None))
    hall.issue()
    assert hall.server("kiosk").issue_ticket(HALL, IssueTicket(business="A"), "last").eta_minutes == 10


@pytest.mark.parametrize(
    ("device", "window", "code"),
    [("A01", "A02", "forbidden"), ("A01", "Z99", "unknown_window"), ("kiosk", "A01", "forbidden")],
)
def test_only_the_window_itself_calls(hall: Any, device: str, window: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        hall.server(device).call_next(HALL, window, "k")


def test_another_hall_does_not_exist(hall: Any) -> None:
    with pytest.raises(Refused, match="unknown_hall"):
        hall.server("A01").call_next("9902", "A01", "k")


@pytest.mark.parametrize(("business", "priority", "code"), [("Z", None, "unknown_business"), ("A", "vip", "malformed")])
def test_what_the_catalogue_does_not_name_gets_no_number(
    hall: Any, business: str, priority: str | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        hall.server("manager").issue_ticket(HALL, IssueTicket(business=business, priority=priority), "k")


def test_windows_calling_at_once_share_no_ticket(make_hall: Any, crowded: Any) -> None:
    hall = make_hall(crowded)
    issued = {hall.issue() for _ in range(60)}

    def call(n: int) -> str:
        window = f"A0{1 + n % 3}"
        return str(hall.server(window).call_next(HALL, window, f"key-{n}").number)

    with ThreadPoolExecutor(12) as pool:
        numbers = list(pool.map(call, range(60)))
        again = list(pool.map(call, range(60)))
    assert len(set(numbers)) == 60
    assert set(numbers) == issued
    assert again == numbers


def test_one_key_from_many_threads_takes_one_number(make_hall: Any, crowded: Any) -> None:
    kiosk = make_hall(crowded).server("kiosk")
    with ThreadPoolExecutor(8) as pool:
        issued = set(pool.map(lambda _: kiosk.issue_ticket(HALL, IssueTicket(business="A"), "k").number, range(16)))
    assert issued == {"A001"}


def test_a_published_catalogue_rules_the_queue_only_from_its_day_on(hall: Any) -> None:
    later = {
        "windows": [{"numbers": ["A01"]}],
        "businesses": [{"code": "C", "name": "新业务", "windows": ["A01"]}],
        "priorities": [],
    }
    version = Version(2, later, "2026-11-24", submitted_by="0903", approved_by=None)

    def publish(connection: Any) -> None:
        catalogue.add(connection, HALL, version, 0)
        catalogue.approve(connection, HALL, 2, "0904", 0)

    hall.storage.write(publish)
    assert hall.issue("A") == "A001"
    hall.clock.now += 24 * 3_600_000
    assert hall.issue("C") == "C001"
