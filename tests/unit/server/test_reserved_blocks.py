"""The reserved block of a window: who grants it, who calls from it, and how it ends (sync.md section 2, rules 3-5)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.domain.rights import RIGHTS, Act, Role
from sync.protocol.block_messages import ReserveBlock, ReservedBlock
from sync.protocol.floor_messages import AssignWindow, FenceWindow, GivePriority, RehomeTickets
from sync.protocol.interface import Refused
from sync.protocol.messages import CallChosen, IssueTicket
from sync.server.service.board_state import board_state
from sync.server.service.fence_window import fence_window
from sync.server.service.find_ticket import find_ticket
from sync.server.service.floor_state import floor_state
from sync.server.service.number_slip import number_slip
from sync.server.service.order_window import assign_window, open_window
from sync.server.service.put_first import put_first
from sync.server.service.rehome import rehome_tickets
from sync.server.storage import catalogue
from sync.server.storage.catalogue import Version

HALL = "9901"


class Hands:
    """The manager, and the counters of the hall."""

    def __init__(self, hall: Any) -> None:
        self.hall = hall
        self.manager = (hall.service.context, hall.service.authenticate("token-manager"))
        self.counters = {window: self.opened(window) for window in ("A01", "A02")}

    def opened(self, window: str) -> Any:
        counter = self.hall.counter(window, incarnation=f"store-{window}")
        counter.push(counter.operation("day.opened", "window", window, {"business_date": "2026-11-23"}))
        return counter

    def issue(self, count: int, priority: str | None = None) -> list[str]:
        return [self.hall.issue("A", priority) for _ in range(count)]

    def block(self, window: str, count: int, by: str | None = None, key: str = "") -> ReservedBlock:
        self.hall.clock.now += 1000
        server = self.hall.server(by or window)
        granted: ReservedBlock = server.reserve_block(
            HALL, window, ReserveBlock(count=count), key or f"block-{self.hall.clock.now}"
        )
        return granted

    def fence(self, window: str, epoch: int, *called: str, key: str = "") -> Any:
        self.hall.clock.now += 1000
        request = FenceWindow(called=list(called), epoch=epoch)
        return fence_window(*self.manager, HALL, window, request, key=key or f"fence-{self.hall.clock.now}")

    def row(self, number: str) -> dict[str, Any]:
        tickets = self.hall.server("A01").snapshot(HALL).tables["ticket"]
        return next(dict(each) for each in tickets if each["number"] == number)

    def stands(self, number: str) -> tuple[str, str | None]:
        row = self.row(number)
        return row["state"], row["window"]

    def tell(self, window: str, kind: str, number: str, **more: Any) -> tuple[str, str | None]:
        """Push what the window says of the number; returns status and reason."""
        counter, version = self.counters[window], more.pop("kind_version", 1)
        payload = {"number": number, "window": window, **more}
        said = counter.operation(kind, "ticket", self.row(number)["ticket_id"], payload, kind_version=version)
        (result,) = counter.push(said).results
        return result.status, result.reason

    def called(self, window: str, number: str, epoch: int | None) -> tuple[str, str | None]:
        at_ms = self.hall.clock.now
        return self.tell(window, "ticket.called", number, called_ms=at_ms, epoch=epoch, kind_version=2)

    def released(self, window: str, number: str, epoch: int) -> tuple[str, str | None]:
        return self.tell(window, "ticket.released", number, epoch=epoch)

    def window(self, number: str) -> Any:
        return next(each for each in floor_state(*self.manager, HALL).windows if each.window == number)


@pytest.fixture
def hands(hall: Any) -> Hands:
    return Hands(hall)


APPLIED = ("applied", None)
TAKEN = ("conflict", "taken_elsewhere")


def test_a_block_is_what_the_window_would_have_called_next_and_is_topped_up(hands: Hands) -> None:
    plain = hands.issue(3)
    elder = hands.hall.issue("A", "elderly")
    first = hands.block("A01", 2)
    assert (first.window, first.granted, first.epoch) == ("A01", [elder, plain[0]], 2)
    assert [(each.number, each.epoch) for each in first.tickets] == [(elder, 1), (plain[0], 2)]
    more = hands.block("A01", 3)
    assert ([each.number for each in more.tickets], more.granted) == ([elder, plain[0], plain[1]], [plain[1]])
    assert hands.block("A01", 1).granted == [], "nothing is taken out of a block by asking for less"
    row = hands.row(plain[0])
    assert (row["state"], row["window"], row["epoch"], row["called_ms"]) == ("reserved", "A01", 2, None)


def test_the_block_takes_its_part_in_the_turns_of_priority_and_ordinary(hands: Hands) -> None:
    document = {
        "windows": [{"numbers": ["A01", "A02", "A03"]}],
        "businesses": [{"code": "A", "name": "市场准入", "windows": ["A01", "A02", "A03"]}],
        "priorities": [{"code": "elderly", "name": "老年人"}],
        "queue": {"ordinary_after": 2},
    }

    def publish(connection: Any) -> None:
        catalogue.add(connection, HALL, Version(2, document, "2000-01-01", submitted_by="1", approved_by=None), 0)
        catalogue.approve(connection, HALL, 2, "2", 0)

    hands.hall.storage.write(publish)
    plain, elder = hands.issue(2), hands.issue(4, "elderly")
    assert hands.block("A01", 1).granted == elder[:1]
    assert hands.block("A01", 5).granted == [elder[1], plain[0], elder[2], elder[3]]


def test_where_fewer_wait_the_block_is_smaller_and_the_same_key_gets_the_same_answer(hands: Hands) -> None:
    assert hands.block("A01", 2, key="none").tickets == []
    (number,) = hands.issue(1)
    assert hands.block("A01", 2, key="none").tickets == [], "the answer that was given"
    assert hands.block("A01", 2).granted == [number]
    with pytest.raises(Refused, match="key_reused"):
        hands.block("A01", 3, key="none")


def test_a_reserved_number_still_waits_for_everybody_who_counts(hands: Hands) -> None:
    first, second, third = hands.issue(3)
    hands.block("A01", 2)
    kiosk, context = hands.hall.server("kiosk"), hands.hall.service.context
    assert kiosk.issue_ticket(HALL, IssueTicket(business="A"), "k").ahead == 3
    (line,) = [each for each in kiosk.hall_state(HALL).businesses if each.code == "A"]
    assert line.waiting == 4
    (board,) = [each for each in board_state(context, HALL).businesses if each.code == "A"]
    assert (board.waiting, board_state(context, HALL).calls) == (4, [])
    (queue,) = [each for each in floor_state(*hands.manager, HALL).queues if each.code == "A"]
    assert (queue.waiting, queue.first) == (4, first)
    assert number_slip(context, hands.hall.service.authenticate("token-kiosk"), HALL, third).ahead == 2
    (window,) = [each for each in kiosk.hall_state(HALL).windows if each.window == "A01"]
    assert (window.ticket, window.status) == (None, "idle")
    assert find_ticket(*hands.manager, HALL, second).state == "reserved"


def test_online_the_window_calls_its_block_first_and_others_never_get_it(hands: Hands) -> None:
    first, second, third = hands.issue(3)
    hands.block("A01", 2)
    assert hands.hall.call("A02").number == third
    assert hands.hall.call("A02", "nobody") is None
    called = hands.hall.call("A01")
    assert (called.number, called.reason) == (first, "留给本窗口的号")
    assert hands.hall.call("A01").number == second


def test_a_number_reserved_elsewhere_is_neither_chosen_nor_put_first(hands: Hands) -> None:
    first, second = hands.issue(2)
    hands.block("A01", 2)
    choice = CallChosen(number=second, reason="urgent")
    with pytest.raises(Refused, match="reserved_elsewhere"):
        hands.hall.server("A02").call_chosen(HALL, "A02", choice, "c")
    with pytest.raises(Refused, match="reserved_elsewhere"):
        put_first(*hands.manager, HALL, second, GivePriority(priority="elderly"), key="p")
    assert hands.hall.server("A01").call_chosen(HALL, "A01", choice, "c").number == second, "its own it may choose"
    assert hands.stands(first) == ("reserved", "A01")


@pytest.mark.parametrize(
    ("by", "window", "code"), [("A02", "A01", "forbidden"), ("kiosk", "A01", "forbidden"), ("A01", "Z9", "unknown")]
)
def test_who_may_not_reserve_is_refused(hands: Hands, by: str, window: str, code: str) -> None:
    (number,) = hands.issue(1)
    with pytest.raises(Refused, match=code):
        hands.block(window, 1, by)
    assert hands.stands(number) == ("waiting", None)


def test_the_roles_of_blocks_and_fences() -> None:
    assert RIGHTS[Act.RESERVE_BLOCK] == {Role.COUNTER, Role.FLOOR_MANAGER}
    assert RIGHTS[Act.FENCE_WINDOW] == {Role.FLOOR_MANAGER}


def test_the_manager_lets_a_window_prepare_and_it_is_in_his_book(hands: Hands) -> None:
    numbers = hands.issue(2)
    assert hands.block("A01", 5, by="manager").granted == numbers
    (act,) = floor_state(*hands.manager, HALL).acts
    assert (act.act, act.detail) == ("reserve_block", {"window": "A01", "count": 5, "granted": numbers})


def test_a_citizen_at_the_desk_does_not_stand_against_a_block(hands: Hands) -> None:
    first, second = hands.issue(2)
    assert hands.hall.call("A01").number == first
    hands.tell("A01", "ticket.served", first)
    assert hands.block("A01", 1).granted == [second]


def test_a_closed_window_gets_no_block_and_closing_says_that_one_is_there(hands: Hands) -> None:
    numbers = hands.issue(2)
    hands.block("A01", 2)
    assigned = assign_window(*hands.manager, HALL, "A01", AssignWindow(businesses=None), key="assign")
    closed = open_window(*hands.manager, HALL, "A01", "close", on=False)
    assert [each.reserved for each in (assigned, closed)] == [tuple(numbers)] * 2
    assert (closed.held, closed.serving) == ((), None)
    rehome_tickets(*hands.manager, HALL, "A01", RehomeTickets(numbers=numbers), key="home")
    assert [hands.stands(each) for each in numbers] == [("reserved", "A01")] * 2, "nothing is voided silently"
    with pytest.raises(Refused, match="window_closed"):
        hands.block("A01", 3)


def test_what_the_window_called_from_its_block_is_a_fact_when_it_arrives(hands: Hands) -> None:
    first, second = hands.issue(2)
    hands.block("A01", 2)
    assert hands.called("A01", first, 1) == APPLIED
    row = hands.row(first)
    assert (row["state"], row["window"], row["calls"]) == ("called", "A01", 1)
    assert hands.tell("A01", "ticket.served", first) == APPLIED
    assert hands.stands(second) == ("reserved", "A01")


def test_an_old_counter_may_still_say_that_it_called(hands: Hands) -> None:
    (number,) = hands.issue(1)
    hands.block("A01", 1)
    assert hands.tell("A01", "ticket.called", number, called_ms=hands.hall.clock.now) == APPLIED
    assert hands.stands(number) == ("called", "A01")


@pytest.mark.parametrize("epoch", [0, "1"])
def test_an_epoch_nobody_can_have_is_malformed(hands: Hands, epoch: Any) -> None:
    (number,) = hands.issue(1)
    hands.block("A01", 1)
    assert hands.called("A01", number, epoch) == ("rejected", "malformed_payload")
    assert hands.released("A01", number, epoch) == ("rejected", "malformed_payload")
    assert hands.stands(number) == ("reserved", "A01")


def test_the_skewed_clock_of_a_window_makes_no_call_of_the_future_or_before_the_ticket(hands: Hands) -> None:
    first, second = hands.issue(2)
    hands.block("A01", 2)
    hands.hall.clock.now += 60_000
    issued = hands.row(second)["issued_ms"]
    for number, said in ((first, hands.hall.clock.now + 10**7), (second, 5)):
        hands.tell("A01", "ticket.called", number, called_ms=said, epoch=1, kind_version=2)
    assert [hands.row(each)["called_ms"] for each in (first, second)] == [hands.hall.clock.now, issued]


def test_the_paper_in_the_hand_wins_whosever_block_it_is(hands: Hands) -> None:
    first, second = hands.issue(2)
    hands.block("A01", 2)
    shown = hands.counters["A02"].presented(first)
    assert [each.status for each in hands.counters["A02"].push(shown).results] == ["applied"]
    assert hands.stands(first) == ("serving", "A02")
    assert hands.called("A01", first, 1) == TAKEN
    assert hands.released("A01", first, 1) == APPLIED
    assert hands.stands(first) == ("serving", "A02")
    assert [each.status for each in hands.counters["A01"].push(hands.counters["A01"].presented(second)).results] == [
        "applied"
    ]


def test_what_the_window_gives_back_waits_at_its_old_place(hands: Hands) -> None:
    first, second, third = hands.issue(3)
    hands.block("A01", 2)
    assert hands.released("A01", first, 1) == APPLIED
    row = hands.row(first)
    assert (row["state"], row["window"], row["epoch"], row["line_ms"]) == ("waiting", None, 1, None)
    assert [hands.hall.call("A02", key).number for key in "xy"] == [first, third]
    assert hands.stands(second) == ("reserved", "A01")


def test_another_window_cannot_give_it_back(hands: Hands) -> None:
    (number,) = hands.issue(1)
    hands.block("A01", 1)
    assert hands.released("A02", number, 1) == APPLIED
    assert hands.stands(number) == ("reserved", "A01")


def test_nothing_comes_back_by_time(hands: Hands) -> None:
    (number,) = hands.issue(1)
    hands.block("A01", 1)
    hands.hall.clock.now += 8 * 3_600_000
    assert hands.hall.call("A02") is None
    assert hands.stands(number) == ("reserved", "A01")
    hands.hall.clock.now += 4 * 3_600_000
    assert hands.hall.call("A01") is None, "it is of another working day by now, like any number that waits"


def test_the_fence_calls_what_the_manager_saw_and_sends_the_rest_back(hands: Hands) -> None:
    first, second, third = hands.issue(3)
    epoch = hands.block("A01", 2).epoch
    done = hands.fence("A01", epoch, second)
    assert (done.returned, done.reserved) == ((first,), ())
    assert (hands.stands(first), hands.stands(second)) == (("waiting", None), ("called", "A01"))
    assert hands.hall.call("A02").number == first, "before who came later"
    (act,) = floor_state(*hands.manager, HALL).acts
    assert (act.act, act.detail) == ("fence_window", {"window": "A01", "called": [second], "epoch": 2})
    assert hands.stands(third) == ("waiting", None)


def test_a_fence_said_again_changes_nothing(hands: Hands) -> None:
    first, second = hands.issue(2)
    epoch = hands.block("A01", 2).epoch
    done = hands.fence("A01", epoch, first, key="same")
    assert hands.fence("A01", epoch, first, key="same") == done
    assert hands.block("A01", 1).granted == [second]
    again = hands.fence("A01", epoch, first, key="other")
    assert (again.returned, again.reserved) == ((), (second,)), "what was granted after he looked stays"
    assert (hands.stands(first), hands.stands(second)) == (("called", "A01"), ("reserved", "A01"))


def test_a_fence_of_an_unknown_epoch_or_number_is_refused_whole(hands: Hands) -> None:
    first, second = hands.issue(2)
    hands.block("A01", 1)
    for epoch, called, code in ((2, (), "malformed"), (1, (second,), "not_in_block"), (1, ("A999",), "unknown_ticket")):
        with pytest.raises(Refused, match=code):
            hands.fence("A01", epoch, *called)
    with pytest.raises(Refused, match="unknown_window"):
        hands.fence("Z9", 1)
    assert hands.stands(first) == ("reserved", "A01")
    caller = hands.hall.service.authenticate("token-A01")
    with pytest.raises(Refused, match="forbidden"):
        fence_window(hands.manager[0], caller, HALL, "A01", FenceWindow(called=[], epoch=1), key="k")


def test_after_the_fence_a_late_release_takes_no_newer_reservation_away(hands: Hands) -> None:
    first, second = hands.issue(2)
    assert hands.block("A01", 2).epoch == 2
    hands.fence("A01", 2)
    assert hands.block("A01", 2).epoch == 4, "both again, under new epochs"
    assert [hands.released("A01", each, n) for each, n in ((first, 1), (second, 2))] == [APPLIED] * 2
    assert [hands.stands(each) for each in (first, second)] == [("reserved", "A01")] * 2
    assert hands.released("A01", first, 3) == APPLIED
    assert hands.stands(first) == ("waiting", None)


def test_after_two_fences_the_oldest_release_is_as_stale_as_the_newest(hands: Hands) -> None:
    (number,) = hands.issue(1)
    for epoch in (1, 2):
        assert hands.block("A01", 1).epoch == epoch
        hands.fence("A01", epoch)
    assert hands.block("A01", 1).epoch == 3
    hands.fence("A01", 1)
    for epoch in (1, 2):
        assert hands.released("A01", number, epoch) == APPLIED
        assert hands.stands(number) == ("reserved", "A01")


def test_a_late_call_of_a_number_that_waits_again_is_a_call(hands: Hands) -> None:
    (number,) = hands.issue(1)
    hands.block("A01", 1)
    hands.fence("A01", 1)
    assert hands.called("A01", number, 1) == APPLIED
    assert hands.stands(number) == ("called", "A01")


def test_a_late_call_of_a_number_another_window_has_waits_for_a_person(hands: Hands) -> None:
    called, held = hands.issue(2)
    hands.block("A01", 2)
    hands.fence("A01", 2)
    assert hands.hall.call("A02").number == called
    assert hands.block("A02", 1).granted == [held]
    assert [hands.called("A01", each, n) for each, n in ((called, 1), (held, 2))] == [TAKEN] * 2
    assert (hands.stands(called), hands.stands(held)) == (("called", "A02"), ("reserved", "A02"))


def test_a_late_call_of_a_number_the_manager_named_is_the_same_call(hands: Hands) -> None:
    (number,) = hands.issue(1)
    hands.block("A01", 1)
    hands.fence("A01", 1, number)
    rev = hands.row(number)["rev"]
    assert hands.called("A01", number, 1) == APPLIED
    assert hands.released("A01", number, 1) == APPLIED
    assert (hands.stands(number), hands.row(number)["rev"]) == (("called", "A01"), rev)
    assert hands.tell("A01", "ticket.served", number) == APPLIED


def test_a_fence_may_come_after_the_window_told_by_itself(hands: Hands) -> None:
    first, second = hands.issue(2)
    hands.block("A01", 2)
    hands.called("A01", first, 1)
    hands.tell("A01", "ticket.served", first)
    assert hands.fence("A01", 2, first).returned == (second,)
    assert hands.stands(first) == ("serving", "A01")


def test_the_floor_sees_the_block_and_when_the_window_was_cut_off(hands: Hands) -> None:
    numbers = hands.issue(2)
    hands.block("A01", 2)
    seen = hands.window("A01")
    assert (seen.reserved, seen.block_epoch, seen.cut_off_since_ms) == (numbers, 2, None)
    hands.hall.clock.now += 20_000
    hands.hall.server("A01").pull(HALL, 0, 1)
    heard = hands.hall.clock.now
    hands.hall.clock.now += 60_000
    assert hands.window("A01").cut_off_since_ms is None
    hands.hall.clock.now += 1
    assert hands.window("A01").cut_off_since_ms == heard
    (alarm,) = [each for each in floor_state(*hands.manager, HALL).alarms if each.kind == "stranded"]
    assert (alarm.window, alarm.count, alarm.note, alarm.remedy.verb) == ("A01", 2, " ".join(numbers), "fence")
    hands.hall.server("A01").pull(HALL, 0, 1)
    assert hands.window("A01").cut_off_since_ms is None
    assert hands.window("B01").cut_off_since_ms is None, "it never said a word: it was never there"


def test_only_the_counter_of_a_window_is_a_word_of_it(hands: Hands) -> None:
    hands.hall.clock.now += 90_000
    hands.hall.server("kiosk").hall_state(HALL)
    hands.hall.server("A02").pull(HALL, 0, 1)
    assert hands.window("A01").cut_off_since_ms is not None
    hands.counters["A01"].push(hands.counters["A01"].operation("day.opened", "window", "A01", {"business_date": "x"}))
    assert hands.window("A01").cut_off_since_ms is None, "whatever it pushed"


def test_blocks_and_calls_at_once_share_no_ticket(make_hall: Any, crowded: Any) -> None:
    hall = make_hall(crowded)
    issued = {hall.issue() for _ in range(40)}
    windows = ("A01", "A02", "A03")

    def ask(n: int) -> set[str]:
        window = windows[n % 3]
        server = hall.server(window if n % 4 else "manager")
        if n % 2:
            return {hall.server(window).call_next(HALL, window, f"call-{n}").number}
        return set(server.reserve_block(HALL, window, ReserveBlock(count=1 + n % 5), f"block-{n}").granted)

    with ThreadPoolExecutor(6) as pool:
        took = [each for each in pool.map(ask, range(24)) if each]
    rows = hall.server("A01").snapshot(HALL).tables["ticket"]
    in_block = [(each["window"], each["epoch"]) for each in rows if each["state"] == "reserved"]
    assert len(in_block) == len(set(in_block)), "an epoch is given once"
    assert all(sum(window == own for own, _ in in_block) <= 5 for window in windows)
    called = {each["number"] for each in rows if each["state"] in {"called", "missed"}}
    assert len(called) == 12, "every call called somebody else"
    assert set().union(*took) <= issued
    assert {each["number"] for each in rows} == issued
