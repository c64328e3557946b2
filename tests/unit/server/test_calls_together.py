"""Calls of several windows in one transaction: each gets what it would get alone, on both databases."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.domain.chosen import ChosenReason
from sync.protocol.messages import CallChosen, TicketCalled
from sync.server.service.call_next import Call, call_together
from sync.server.storage import call_tickets, devices
from sync.server.storage.engine import HeldElsewhere, open_storage

HALL = "9901"
A_WHILE_S = 60


def call(hall: Any, window: str, key: str, device: str | None = None) -> Call:
    return Call(hall.service.authenticate(f"token-{device or window}"), HALL, window, key)


def together(hall: Any, *calls: Call) -> list[Any]:
    return call_together(hall.service.context, calls)


def said(answers: list[Any]) -> list[str | None]:
    """Numbers, codes of refusals, or None where nobody waits."""
    return [getattr(each, "number", None) or getattr(each, "code", None) for each in answers]


def states(hall: Any) -> dict[str, tuple[str, str | None]]:
    return {
        each["number"]: (each["state"], each["window"]) for each in hall.server("A01").snapshot(HALL).tables["ticket"]
    }


def test_windows_that_ask_together_are_called_in_their_order(hall: Any) -> None:
    for priority in (None, None, "elderly"):
        hall.issue(priority=priority)
    hall.issue("B")
    answers = together(hall, *(call(hall, window, f"k-{window}") for window in ("A02", "B01", "A01", "A03", "D01")))
    assert said(answers) == ["A003", "B001", "A001", "A002", None]
    assert states(hall) == {
        "A003": ("called", "A02"),
        "B001": ("called", "B01"),
        "A001": ("called", "A01"),
        "A002": ("called", "A03"),
    }


def test_each_hears_as_it_would_alone(hall: Any) -> None:
    hall.issue()
    [answer] = together(hall, call(hall, "A01", "k"))
    assert isinstance(answer, TicketCalled)
    assert (answer.window, answer.called_ms) == ("A01", hall.clock.now)
    assert answer.reason
    assert hall.server("A01").call_next(HALL, "A01", "k") == answer


def test_the_feed_tells_of_all_in_one_go_and_the_hint_comes_once(hall: Any) -> None:
    for _ in range(3):
        hall.issue()
    before = hall.server("A01").hall_state(HALL).head
    hall.changed.clear()
    together(hall, *(call(hall, window, "k") for window in ("A03", "A01", "A02")))
    told = hall.server("A01").pull(HALL, before, 100).events
    assert [(each.data["number"], each.data["window"]) for each in told] == [
        ("A001", "A03"),
        ("A002", "A01"),
        ("A003", "A02"),
    ]
    assert hall.changed == [HALL]
    assert said(together(hall, call(hall, "A03", "k"))) == ["A001"]
    assert hall.changed == [HALL], "what was answered before moves nothing"


def test_a_refusal_in_a_group_is_for_its_window_alone(hall: Any) -> None:
    hall.issue()
    hall.issue()
    answers = together(
        hall,
        call(hall, "A01", "k", device="A02"),
        call(hall, "A03", ""),
        call(hall, "A02", "k"),
        call(hall, "A01", "k", device="kiosk"),
        call(hall, "Z99", "z", device="A01"),
        call(hall, "B01", "k"),
    )
    assert said(answers) == ["forbidden", "malformed", "A001", "forbidden", "unknown_window", None]


def test_a_window_in_service_is_busy_and_one_that_called_before_passes_over(hall: Any) -> None:
    counter = hall.counter("A01")
    for _ in range(4):
        hall.issue()
    serving, called = hall.call("A01"), hall.call("A02")
    counter.push(counter.ticket_op("ticket.called", serving, called_ms=1), counter.ticket_op("ticket.served", serving))
    answers = together(hall, *(call(hall, window, "again") for window in ("A01", "A02", "A03")))
    assert said(answers) == ["window_busy", "A003", "A004"]
    assert states(hall)[called.number] == ("missed", "A02")


def test_a_key_gets_its_answer_again_in_a_group_and_is_for_no_other_request(hall: Any) -> None:
    for _ in range(3):
        hall.issue()
    first = together(hall, call(hall, "A01", "k"), call(hall, "A02", "k"))
    again = together(hall, call(hall, "A02", "k"), call(hall, "A03", "k"), call(hall, "A01", "k"))
    assert [again[0], again[2]] == [first[1], first[0]]
    assert said(again)[1] == "A003"
    [reused] = together(hall, call(hall, "A01", "k2"))
    assert reused is None


def test_one_window_twice_is_served_one_after_the_other(hall: Any) -> None:
    hall.issue()
    hall.issue()
    once, same, other = together(hall, call(hall, "A01", "k"), call(hall, "A01", "k"), call(hall, "A01", "l"))
    assert once == same
    assert said([once, other]) == ["A001", "A002"]
    assert states(hall) == {"A001": ("missed", "A01"), "A002": ("called", "A01")}


def test_a_failure_leaves_nothing_of_the_whole_group(hall: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.issue()
    hall.issue()
    monkeypatch.setattr("sync.server.storage.feed.append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        together(hall, call(hall, "A01", "k"), call(hall, "A02", "k"))
    monkeypatch.undo()
    assert set(states(hall).values()) == {("waiting", None)}
    assert said(together(hall, call(hall, "A02", "k"))) == ["A001"]


@pytest.fixture
def processes(prepared_postgres: Any, hall_on: Any) -> Iterator[list[Any]]:
    """Two services on one PostgreSQL, as two processes are."""
    prepared_postgres.hold(furnished=True)
    with closing(open_storage(prepared_postgres.url, SystemClock())) as second:
        yield [hall_on(prepared_postgres.storage), hall_on(second)]


def test_nobody_in_a_group_waits_for_a_device_that_is_at_work_elsewhere(processes: list[Any]) -> None:
    one, two = processes
    one.issue()
    one.issue()
    locked, done = threading.Event(), threading.Event()

    def hold(connection: Any) -> None:
        devices.lock(connection, HALL, "A02")
        locked.set()
        assert done.wait(A_WHILE_S)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(two.storage.write, hold)
        assert locked.wait(A_WHILE_S)
        answers = together(one, *(call(one, window, "k") for window in ("A02", "A01")))
        assert isinstance(answers[0], HeldElsewhere)
        assert said(answers)[1] == "A001"
        done.set()
        holding.result(A_WHILE_S)
    assert said(together(one, call(one, "A02", "k"))) == ["A002"]


def test_two_processes_call_nobody_twice_and_the_line_in_its_order(processes: list[Any]) -> None:
    rounds, windows = 6, ("A01", "A02", "A03", "B01")
    for business in "AAAB" * rounds:
        processes[0].issue(business)
    both = threading.Barrier(len(processes))

    def work(of: int) -> list[Any]:
        here, mine = processes[of], windows[of * 2 : of * 2 + 2]
        answers = list[Any]()
        for n in range(rounds):
            both.wait(A_WHILE_S)
            answers += together(here, *(call(here, window, f"k{n}") for window in mine))
        return answers

    with ThreadPoolExecutor(len(processes)) as pool:
        found = [answer for each in pool.map(work, range(len(processes))) for answer in each]
    assert not [each for each in found if isinstance(each, Exception)]
    numbers = [each.number for each in found]
    assert len(set(numbers)) == len(numbers) == rounds * len(windows)
    by_line = {letter: sorted(each for each in numbers if each[0] == letter) for letter in "AB"}
    assert by_line == {
        letter: [f"{letter}{n + 1:03}" for n in range(len(of_line))] for letter, of_line in by_line.items()
    }


def test_a_key_sent_to_two_processes_at_once_is_one_call(processes: list[Any]) -> None:
    for _ in range(8):
        processes[0].issue()
    both = threading.Barrier(2)

    def ask(of: int) -> list[Any]:
        answers = list[Any]()
        for n in range(6):
            both.wait(A_WHILE_S)
            answers.append(processes[of].server("A01").call_next(HALL, "A01", f"k{n}").number)
        return answers

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(ask, range(2))
    assert one == two == [f"A{n + 1:03}" for n in range(6)]


def test_a_ticket_taken_meanwhile_is_nobodys_second_call(processes: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading and writing a push, or a call out of turn, may have taken it: then the group looks again."""
    one, two = processes
    for _ in range(3):
        one.issue()
    honest, taken = call_tickets.find, list[Any]()

    def overtaken(connection: Any, wanted: Any) -> Any:
        found = honest(connection, wanted)
        if not taken:
            asked = CallChosen(number="A001", reason=ChosenReason.URGENT)
            taken.append(two.server("A03").call_chosen(HALL, "A03", asked, "c").number)
        return found

    monkeypatch.setattr(call_tickets, "find", overtaken)
    assert said(together(one, call(one, "A01", "k"), call(one, "A02", "k"))) == ["A002", "A003"]
    assert taken == ["A001"]
