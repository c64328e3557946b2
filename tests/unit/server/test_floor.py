"""The floor manager's view and acts: what it is shown, what windows then may call, what stays in the audit."""

from typing import Any

import pytest

from app.domain.rights import RIGHTS, Act, Role
from sync.protocol.floor_messages import AssignWindow, FloorState, GivePriority, HallNotice, HandleAlarm, TellWindow
from sync.protocol.interface import Refused
from sync.server.service.answer_help import answer_help
from sync.server.service.floor_state import floor_state
from sync.server.service.hall_notice import set_notice
from sync.server.service.hall_state import hall_state
from sync.server.service.handle_alarm import handle_alarm
from sync.server.service.order_window import assign_window, open_window, tell_window
from sync.server.service.put_first import put_first
from sync.server.storage import pauses, ratings
from sync.server.storage.pauses import WindowPaused

HALL = "9901"
MINUTE = 60_000


class Manager:
    """The manager's device token at the service."""

    def __init__(self, hall: Any, device: str = "manager") -> None:
        self.hall = hall
        self.with_caller = (hall.service.context, hall.service.authenticate(f"token-{device}"))

    def see(self) -> FloorState:
        return floor_state(*self.with_caller, HALL)

    def open(self, window: str, key: str = "o", *, on: bool) -> Any:
        return open_window(*self.with_caller, HALL, window, key, on=on)

    def assign(self, window: str, *codes: str, key: str = "a") -> Any:
        return assign_window(*self.with_caller, HALL, window, AssignWindow(businesses=list(codes) or None), key=key)

    def window(self, number: str) -> Any:
        return next(each for each in self.see().windows if each.window == number)


@pytest.fixture
def manager(hall: Any) -> Manager:
    return Manager(hall)


def opened(hall: Any, window: str) -> Any:
    counter = hall.counter(window, incarnation=f"store-{window}")
    counter.push(counter.operation("day.opened", "window", window, {"business_date": "2026-11-23"}))
    return counter


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_windows_lines_and_figures_are_what_the_hall_does(hall: Any, manager: Manager) -> None:
    counter = opened(hall, "A01")
    first, second = hall.issue("A"), hall.issue("A")
    hall.issue("B")
    called = hall.call("A01")
    seen = manager.see()

    a01 = manager.window("A01")
    assert (a01.status, a01.ticket, a01.business, a01.opened) == ("calling", first, "A", True)
    assert manager.window("A02").status == "closed"
    assert [(each.code, each.waiting, each.first) for each in seen.queues] == [("A", 1, second), ("B", 1, "B001")]
    assert seen.figures.waiting == 2
    assert (seen.figures.issued, seen.figures.done) == (3, 0)

    hall.clock.now += 4 * MINUTE
    counter.push(counter.ticket_op("ticket.served", called))
    assert manager.window("A01").status == "serving"
    hall.clock.now += 6 * MINUTE
    payload = {"number": first, "window": "A01", "outcome": "accepted", "case_id": None}
    counter.push(counter.operation("ticket.finished", "ticket", called.id, payload), counter.accepted())
    after = manager.see()
    assert (after.figures.done, after.figures.accepted) == (1, 1)
    assert after.figures.mean_serve_ms == 10 * MINUTE
    assert manager.window("A01").status == "idle"
    assert manager.window("A01").since_ms == hall.clock.now


def test_a_closed_window_ends_its_case_and_calls_nobody_until_it_is_opened(hall: Any, manager: Manager) -> None:
    counter = opened(hall, "A01")
    hall.issue("A")
    called = hall.call("A01")
    counter.push(counter.ticket_op("ticket.served", called))
    hall.issue("A")

    done = manager.open("A01", "k1", on=False)
    assert done.serving == called.number
    assert manager.window("A01").status == "serving", "closing never interrupts"
    payload = {"number": called.number, "window": "A01", "outcome": "accepted", "case_id": None}
    counter.push(counter.operation("ticket.finished", "ticket", called.id, payload))

    assert (manager.window("A01").status, manager.window("A01").closed) == ("closed", True)
    with pytest.raises(Refused) as refused:
        hall.call("A01")
    assert code_of(refused) == "window_closed"
    manager.open("A01", "k2", on=True)
    again = hall.call("A01")
    assert again is not None
    assert again.number == "A002"


def test_an_assigned_window_calls_the_other_line_and_only_where_it_may(hall: Any, manager: Manager) -> None:
    opened(hall, "D01")
    number = hall.issue("B")
    assert hall.call("D01") is None
    with pytest.raises(Refused) as refused:
        manager.assign("D01", "B")
    assert code_of(refused) == "window_unqualified"
    with pytest.raises(Refused) as refused:
        manager.assign("A01", "Z")
    assert code_of(refused) == "unknown_business"

    manager.assign("A01", "A", key="x")
    assert manager.window("A01").businesses == ["A"]
    assert hall.call("A01") is None, "B is not its line"
    assert hall.call("B01").number == number
    manager.assign("A01", key="back")
    assert manager.window("A01").businesses == ["A"]


def test_the_same_key_is_one_act_and_every_act_is_kept(hall: Any, manager: Manager) -> None:
    first = manager.open("A01", "same", on=False)
    assert manager.open("A01", "same", on=False) == first
    with pytest.raises(Refused) as refused:
        manager.open("A01", "same", on=True)
    assert code_of(refused) == "key_reused"
    (only,) = manager.see().acts
    assert (only.act, only.clerk, only.detail) == ("open_window", "device:manager", {"window": "A01", "open": False})


def test_a_message_reaches_the_windows_feed_and_a_notice_every_display(hall: Any, manager: Manager) -> None:
    server = hall.server("A01")
    before = server.snapshot(HALL).cursor
    tell_window(*manager.with_caller, HALL, "A01", TellWindow(text="请到导办台来一下"), key="t")
    set_notice(*manager.with_caller, HALL, HallNotice(text="17:30 停止取号"), key="n")
    events = server.pull(HALL, before, 100).events
    assert [(each.entity, each.entity_id) for each in events] == [("window", "A01"), ("window", "*")]
    assert [note["text"] for note in events[0].data["notes"]] == ["请到导办台来一下"]

    state = hall_state(hall.service.context, hall.service.authenticate("token-kiosk"), HALL)
    assert state.notice == "17:30 停止取号"
    set_notice(*manager.with_caller, HALL, HallNotice(text=""), key="n2")
    assert manager.see().notice is None
    tables = server.snapshot(HALL).tables
    assert [row["window"] for row in tables["window"]] == ["*", "A01"]
    with pytest.raises(Refused):
        tell_window(*manager.with_caller, HALL, "A01", TellWindow(text=" \n "), key="t2")


def test_the_manager_puts_a_waiting_ticket_first(hall: Any, manager: Manager) -> None:
    hall.issue("A")
    later = hall.issue("A")
    put_first(*manager.with_caller, HALL, later, GivePriority(priority="elderly"), key="p")
    assert hall.call("A01").number == later
    for number, reason, code in ((later, "elderly", "not_waiting"), ("A999", "elderly", "unknown_ticket")):
        with pytest.raises(Refused) as refused:
            put_first(*manager.with_caller, HALL, number, GivePriority(priority=reason), key=f"p-{number}")
        assert code_of(refused) == code
    with pytest.raises(Refused):
        put_first(*manager.with_caller, HALL, "A001", GivePriority(priority="rich"), key="p-rich")


def test_devices_and_calls_for_help_are_alarms_until_they_end(hall: Any, manager: Manager) -> None:
    counter = opened(hall, "A01")
    payload = {"device": "printer", "state": "fault", "reason": "paper_out"}
    counter.push(counter.operation("device.fault", "device", "A01/printer", payload))
    (alarm,) = manager.see().alarms
    assert (alarm.kind, alarm.window, alarm.subject, alarm.level) == ("device", "A01", "paper_out", "blue")

    handle_alarm(*manager.with_caller, HALL, HandleAlarm(key=alarm.key, words="知道了"), "h")
    assert manager.see().alarms == []
    hall.clock.now += 31 * MINUTE
    assert [each.key for each in manager.see().alarms] == [alarm.key]
    counter.push(counter.operation("device.fault", "device", "A01/printer", {**payload, "state": "ok", "reason": ""}))
    assert manager.see().alarms == []

    bad = counter.operation("device.fault", "device", "A01/printer", {**payload, "state": "odd"})
    assert counter.push(bad).results[0].reason == "malformed_payload"
    with pytest.raises(Refused) as refused:
        answer_help(*manager.with_caller, HALL, "nobody", "x")
    assert code_of(refused) == "not_found"


def test_nobody_but_the_manager_sees_or_does_this(hall: Any) -> None:
    for device in ("A01", "kiosk"):
        other = Manager(hall, device)
        for attempt in (other.see, lambda other=other: other.open("A01", on=False)):
            with pytest.raises(Refused) as refused:
                attempt()
            assert code_of(refused) == "forbidden"
    floor_acts = {Act.SEE_FLOOR, Act.OPEN_WINDOW, Act.ASSIGN_WINDOW, Act.TELL_WINDOW, Act.SET_HALL_NOTICE}
    assert all(RIGHTS[act] == {Role.FLOOR_MANAGER} for act in floor_acts | {Act.ANSWER_HELP, Act.HANDLE_ALARM})


def test_held_tickets_are_listed_before_and_after_the_window_closes(hall: Any, manager: Manager) -> None:
    counter = opened(hall, "A01")
    number = hall.issue("A")
    called = hall.call("A01")
    counter.push(counter.ticket_op("ticket.served", called), counter.ticket_op("ticket.held", called, reason="photo"))
    assert manager.window("A01").held == [number]
    done = manager.open("A01", "close", on=False)
    assert (done.serving, done.held) == (None, (number,))


def test_ratings_are_counted_and_nobody_is_named(hall: Any, manager: Manager) -> None:
    for n, grade in enumerate((5, 3, 2)):
        invitation = ratings.Invitation(HALL, f"{n}" * 64, f"case-{n}", "0301", "A01", "D-SJ", hall.clock.now + MINUTE)
        hall.storage.write(lambda connection, each=invitation: ratings.invite(connection, each))
        given = (f"{n}" * 64, grade, None, hall.clock.now)
        assert hall.storage.write(lambda connection, given=given: ratings.give(connection, *given))
    figures = manager.see().figures
    assert (figures.rated, figures.pleased) == (3, 2)


def test_displays_see_what_a_window_does_and_the_last_calls(hall: Any, manager: Manager) -> None:
    for window in ("A01", "A02", "A03"):
        opened(hall, window)
    number = hall.issue("A")
    hall.call("A01")
    pause = WindowPaused("A02", "materials", hall.clock.now, hall.clock.now + 5 * MINUTE, "0301")
    hall.storage.write(lambda connection: pauses.set(connection, HALL, pause))
    manager.open("A03", on=False)

    state = hall_state(hall.service.context, hall.service.authenticate("token-kiosk"), HALL)
    told = {each.window: each.status for each in state.windows}
    assert told == {"A01": "calling", "A02": "paused", "A03": "closed", "B01": "closed", "D01": "closed"}
    assert [(each.number, each.window) for each in state.calls] == [(number, "A01")]
    assert manager.window("A02").paused_until_ms == hall.clock.now + 5 * MINUTE
