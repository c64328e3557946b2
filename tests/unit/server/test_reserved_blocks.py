"""Reserved blocks and the human fence: no number is called twice, and none comes back by itself (sync.md section 2)."""

from typing import Any

import pytest

from app.domain.reserved_block import fenced
from app.domain.rights import RIGHTS, Act, Role
from sync.protocol.block_messages import ReserveBlock
from sync.protocol.floor_messages import FenceWindow
from sync.protocol.interface import Refused
from sync.protocol.messages import CallChosen
from sync.server.service.fence_window import fence_window
from sync.server.service.floor_state import floor_state
from sync.server.service.reserve_block import prepare_window

HALL = "9901"
MINUTE_MS = 60_000


class Hands:
    """The manager, and two counters that call the same business."""

    def __init__(self, hall: Any) -> None:
        self.hall = hall
        self.manager = (hall.service.context, hall.service.authenticate("token-manager"))
        self.counters = {window: self.opened(window) for window in ("A01", "A02")}
        self.asked = 0

    def opened(self, window: str) -> Any:
        counter = self.hall.counter(window, incarnation=f"store-{window}")
        counter.push(counter.operation("day.opened", "window", window, {"business_date": "2026-11-23"}))
        return counter

    def reserve(self, window: str, count: int, *, by: str = "", key: str = "") -> Any:
        self.asked += 1
        server = self.hall.server(by or window)
        return server.reserve_block(HALL, window, ReserveBlock(count=count), key or f"b{self.asked}")

    def fence(self, window: str, *called: str, epoch: int) -> Any:
        self.asked += 1
        request = FenceWindow(called=list(called), epoch=epoch)
        return fence_window(*self.manager, HALL, window, request, key=f"f{self.asked}")

    def row(self, number: str) -> dict[str, Any]:
        tickets = self.hall.server("A01").snapshot(HALL).tables["ticket"]
        return next(dict(each) for each in tickets if each["number"] == number)

    def states(self, *numbers: str) -> list[tuple[str, str | None]]:
        return [(self.row(each)["state"], self.row(each)["window"]) for each in numbers]

    def say(self, window: str, kind: str, number: str, version: int = 1, **payload: Any) -> tuple[str, str | None]:
        counter, row = self.counters[window], self.row(number)
        told = {"number": number, "window": window, **payload}
        operation = counter.operation(kind, "ticket", row["ticket_id"], told, kind_version=version)
        [result] = counter.push(operation).results
        return result.status, result.reason

    def calls(self, window: str, number: str, epoch: int) -> tuple[str, str | None]:
        return self.say(window, "ticket.called", number, 2, called_ms=self.hall.clock.now, epoch=epoch)

    def gives_back(self, window: str, number: str, epoch: int) -> tuple[str, str | None]:
        return self.say(window, "ticket.released", number, epoch=epoch)


@pytest.fixture
def hands(hall: Any) -> Hands:
    return Hands(hall)


def refused(act: Any) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_block_is_whom_the_window_would_have_called_and_nobody_else_calls_them(hands: Hands) -> None:
    numbers = [hands.hall.issue() for _ in range(4)]
    block = hands.reserve("A01", 2)
    assert [each.number for each in block.tickets] == numbers[:2] == block.granted
    assert [each.epoch for each in block.tickets] == [1, 2]
    assert hands.states(*numbers[:3]) == [("reserved", "A01"), ("reserved", "A01"), ("waiting", None)]
    assert hands.hall.call("A02").number == numbers[2]
    choice = CallChosen(number=numbers[0], reason="urgent")
    taken = refused(lambda: hands.hall.server("A02").call_chosen(HALL, "A02", choice, "c"))
    assert taken in {"reserved_elsewhere", "window_busy"}


def test_a_reserved_citizen_still_waits_for_everybody_who_counts(hands: Hands) -> None:
    for _ in range(3):
        hands.hall.issue()
    hands.reserve("A01", 2)
    state = hands.hall.server("A01").hall_state(HALL)
    assert next(each.waiting for each in state.businesses if each.code == "A") == 3


def test_online_the_window_calls_its_own_block_first(hands: Hands) -> None:
    first, second = hands.hall.issue(), hands.hall.issue()
    hands.reserve("A01", 1)
    assert hands.hall.call("A02").number == second
    assert hands.hall.call("A01").number == first


def test_the_same_key_gets_the_same_block_and_a_full_one_takes_no_more(hands: Hands) -> None:
    for _ in range(5):
        hands.hall.issue()
    once = hands.reserve("A01", 3, key="same")
    assert hands.reserve("A01", 3, key="same") == once
    again = hands.reserve("A01", 3)
    assert (again.tickets, again.granted) == (once.tickets, [])
    assert len(hands.reserve("A01", 5).tickets) == 5


@pytest.mark.parametrize("count", [0, 6, -1])
def test_a_block_has_one_to_five(hands: Hands, count: int) -> None:
    assert refused(lambda: hands.reserve("A01", count)) == "malformed"


def test_nobody_reserves_for_another_window_but_the_manager(hands: Hands) -> None:
    number = hands.hall.issue()
    assert refused(lambda: hands.reserve("A01", 1, by="A02")) == "forbidden"
    done = prepare_window(*hands.manager, HALL, "A01", ReserveBlock(count=1), key="p")
    assert done.reserved == (number,)
    assert RIGHTS[Act.FENCE_WINDOW] == frozenset({Role.FLOOR_MANAGER})


def test_nothing_comes_back_by_time(hands: Hands) -> None:
    number = hands.hall.issue()
    hands.reserve("A01", 1)
    hands.hall.clock.now += 120 * MINUTE_MS
    assert hands.hall.call("A02") is None
    assert hands.states(number) == [("reserved", "A01")]


def test_what_was_called_from_the_block_while_cut_off_is_called(hands: Hands) -> None:
    number = hands.hall.issue()
    hands.reserve("A01", 1)
    assert hands.calls("A01", number, 1) == ("applied", None)
    assert hands.states(number) == [("called", "A01")]


def test_what_is_given_back_waits_at_its_old_place(hands: Hands) -> None:
    first, second = hands.hall.issue(), hands.hall.issue()
    hands.reserve("A01", 1)
    assert hands.gives_back("A01", first, 1) == ("applied", None)
    assert hands.hall.call("A02").number == first
    assert hands.row(second)["state"] == "waiting"


def test_a_paper_of_the_block_is_served_wherever_it_is_shown(hands: Hands) -> None:
    number = hands.hall.issue()
    hands.reserve("A01", 1)
    counter = hands.counters["A02"]
    assert counter.push(counter.presented(number, hands.row(number)["ticket_id"])).results[0].status == "applied"
    assert hands.states(number) == [("serving", "A02")]
    assert hands.calls("A01", number, 1) == ("conflict", "taken_elsewhere")


def test_a_fence_keeps_what_was_called_and_sends_the_others_back(hands: Hands) -> None:
    called, other = hands.hall.issue(), hands.hall.issue()
    hands.reserve("A01", 2)
    done = hands.fence("A01", called, epoch=2)
    assert (done.returned, done.reserved) == ((other,), ())
    assert hands.states(called, other) == [("called", "A01"), ("waiting", None)]
    again = hands.fence("A01", called, epoch=2)
    assert (again.returned, hands.states(called, other)) == ((), [("called", "A01"), ("waiting", None)])
    assert hands.calls("A01", called, 1) == ("applied", None)


def test_a_word_of_before_the_fence_changes_nothing(hands: Hands) -> None:
    """Two fences, then the release of the first block: an older epoch than the one that stands is as void as it."""
    number = hands.hall.issue()
    hands.reserve("A01", 1)
    hands.fence("A01", epoch=1)
    hands.reserve("A01", 1)
    hands.fence("A01", epoch=2)
    hands.reserve("A01", 1)
    assert hands.states(number) == [("reserved", "A01")]
    assert hands.gives_back("A01", number, 1) == ("applied", None)
    assert hands.states(number) == [("reserved", "A01")], "an old release took a new reservation away"
    assert hands.gives_back("A01", number, 3) == ("applied", None)
    assert hands.states(number) == [("waiting", None)]


def test_a_call_of_before_the_fence_that_another_window_made_too_waits_for_a_person(hands: Hands) -> None:
    number = hands.hall.issue()
    hands.reserve("A01", 1)
    hands.fence("A01", epoch=1)
    assert hands.hall.call("A02").number == number
    assert hands.calls("A01", number, 1) == ("conflict", "taken_elsewhere")


def test_a_fence_names_only_what_the_window_had(hands: Hands) -> None:
    held, waits = hands.hall.issue(), hands.hall.issue()
    hands.reserve("A01", 1)
    assert refused(lambda: hands.fence("A01", waits, epoch=1)) == "not_in_block"
    assert refused(lambda: hands.fence("A01", held, epoch=9)) == "malformed"
    assert hands.states(held) == [("reserved", "A01")]


def test_the_manager_sees_what_is_stranded_after_a_minute(hands: Hands) -> None:
    number = hands.hall.issue()
    hands.reserve("A01", 1)
    for window in ("A01", "A02"):
        hands.hall.server(window).pull(HALL, 0, 100)
    hands.hall.clock.now += 61_000
    hands.hall.server("A02").pull(HALL, 0, 100)
    state = floor_state(*hands.manager, HALL)
    [alarm] = [each for each in state.alarms if each.kind == "stranded"]
    assert (alarm.window, alarm.count, alarm.note, alarm.remedy.verb) == ("A01", 1, number, "fence")
    hands.hall.server("A01").pull(HALL, 0, 100)
    assert [each.kind for each in floor_state(*hands.manager, HALL).alarms if each.kind == "stranded"] == []


def test_the_first_version_of_a_call_is_still_taken(hands: Hands) -> None:
    number = hands.hall.issue()
    called = hands.hall.call("A01")
    assert called.number == number
    told = hands.say("A01", "ticket.called", number, 1, called_ms=called.called_ms)
    assert told == ("applied", None)


@pytest.mark.parametrize(("stored", "received", "over"), [(0, 1, False), (1, 1, True), (4, 3, True), (3, 4, False)])
def test_a_fence_ends_every_reservation_up_to_its_own(stored: int, received: int, *, over: bool) -> None:
    assert fenced(stored, received) is over
