"""What the authority does out of turn: priorities by rule, chosen numbers, revived ones, and the paper of a number."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.paper.fill import fill
from app.domain.rights import Role
from app.storage.slip_files import load_templates
from sync.protocol.interface import Refused
from sync.protocol.messages import CallChosen, IssueTicket, TicketRevived
from sync.server.service import provision
from sync.server.service.number_slip import number_slip
from sync.server.service.revive_ticket import revive_ticket
from sync.server.storage import catalogue, queue_ledger, tickets
from sync.server.storage.catalogue import Version

HALL = "9901"
MINUTE = 60_000


def rule(hall: Any, **rules: Any) -> None:
    """Publish the same hall with rules for its line."""
    document = {
        "windows": [{"numbers": ["A01", "A02", "A03"], "zone": "一楼东区"}],
        "businesses": [{"code": "A", "name": "市场准入", "windows": ["A01", "A02", "A03"]}],
        "priorities": [{"code": "elderly", "name": "老年人"}, {"code": "military", "name": "军人军属"}],
        "center": {"name": "示范县政务服务中心", "hall_tel": "0000-8000000"},
        "queue": rules,
    }
    version = Version(2, document, "2000-01-01", submitted_by="0903", approved_by=None)

    def publish(connection: Any) -> None:
        catalogue.add(connection, HALL, version, 0)
        catalogue.approve(connection, HALL, 2, "0904", 0)

    hall.storage.write(publish)


def chosen(hall: Any, window: str, number: str, reason: str = "urgent", key: str | None = None) -> Any:
    hall.clock.now += 1000
    request = CallChosen(number=number, reason=reason)
    return hall.server(window).call_chosen(HALL, window, request, key or f"chosen-{hall.clock.now}")


def revive(hall: Any, number: str, device: str = "manager") -> TicketRevived:
    caller = hall.service.authenticate(f"token-{device}")
    return revive_ticket(hall.service.context, caller, HALL, number, f"revive-{number}-{hall.clock.now}")


def miss(hall: Any, window: str = "A01") -> str:
    """Call the next to the window, and let nobody come."""
    missed = hall.call(window)
    hall.call(window)
    return str(missed.number)


def state_of(hall: Any, number: str) -> dict[str, Any]:
    rows = hall.server("A01").snapshot(HALL).tables["ticket"]
    return next(row for row in rows if row["number"] == number)


def ledger(hall: Any) -> list[tuple[str, str, str]]:
    found = hall.storage.read(lambda connection: queue_ledger.every(connection, HALL))
    return [(each.event, each.actor, each.reason) for each in found]


def test_the_answer_says_why(hall: Any) -> None:
    rule(hall, ordinary_after=1, ageing_minutes=30)
    for priority in (None, None, "elderly", "military"):
        hall.issue(priority=priority)
    calls = [hall.call(window) for window in ("A01", "A02", "A03")]
    assert [(each.number, each.reason) for each in calls] == [
        ("A003", "老年人优先"),
        ("A001", "轮到普通号"),
        ("A004", "军人军属优先"),
    ]


def test_age_counts_from_the_minutes_the_hall_published(hall: Any) -> None:
    rule(hall, ageing_minutes=30)
    hall.issue()
    hall.clock.now += 31 * MINUTE
    hall.issue(priority="elderly")
    assert hall.call("A01").reason == "等了 31 分，先请"


def test_weights_rank_priorities_and_one_of_an_older_catalogue_is_not_forgotten(hall: Any) -> None:
    hall.issue(priority="elderly")
    rule(hall, weights={"military": 3}, ageing_minutes=60)
    hall.issue(priority="military")
    assert [hall.call(window).number for window in ("A01", "A02")] == ["A002", "A001"]


def test_a_kiosk_gives_no_priority_and_what_is_given_is_on_record(hall: Any) -> None:
    with pytest.raises(Refused, match="forbidden"):
        hall.server("kiosk").issue_ticket(HALL, IssueTicket(business="A", priority="elderly"), "k")
    provision.add_device(hall.storage, HALL, "guide", Role.GUIDE, token="token-guide")
    hall.server("guide").issue_ticket(HALL, IssueTicket(business="A", priority="elderly"), "g")
    assert ledger(hall) == [("priority", "device:guide", "elderly")]


def test_a_chosen_number_is_called_out_of_turn_and_the_reason_stays(hall: Any) -> None:
    hall.issue()
    hall.issue()
    called = chosen(hall, "A01", "A002", "manager")
    assert (called.number, called.window) == ("A002", "A01")
    assert state_of(hall, "A002")["state"] == "called"
    assert ledger(hall) == [("chosen", "device:A01", "manager")]


def test_the_same_key_chooses_once(hall: Any) -> None:
    hall.issue()
    assert chosen(hall, "A01", "A001", key="k") == chosen(hall, "A01", "A001", key="k")
    assert len(ledger(hall)) == 1


def test_choosing_passes_over_whom_the_window_called_before(hall: Any) -> None:
    hall.issue()
    hall.issue()
    hall.call("A01")
    chosen(hall, "A01", "A002")
    assert state_of(hall, "A001")["state"] == "missed"


def test_choosing_whom_the_window_called_already_is_no_miss(hall: Any) -> None:
    hall.issue()
    hall.call("A01")
    chosen(hall, "A01", "A001")
    assert (state_of(hall, "A001")["state"], state_of(hall, "A001")["misses"]) == ("called", 0)


def test_a_number_that_cannot_be_called_says_why_and_nothing_changes(hall: Any) -> None:
    hall.issue()
    hall.issue("B")
    hall.issue()
    hall.call("A02")
    before = hall.server("A01").digest(HALL)
    for number, code in (("A009", "unknown_ticket"), ("B001", "not_at_this_window"), ("A001", "taken_elsewhere")):
        with pytest.raises(Refused, match=code):
            chosen(hall, "A01", number)
    with pytest.raises(Refused, match="malformed"):
        chosen(hall, "A01", "A002", reason="because")
    assert hall.server("A01").digest(HALL) == before
    assert ledger(hall) == []


def test_a_window_in_service_chooses_nobody(hall: Any) -> None:
    counter = hall.counter("A01")
    hall.issue()
    hall.issue()
    ticket = hall.call("A01")
    counter.push(counter.ticket_op("ticket.served", ticket))
    with pytest.raises(Refused, match="window_busy"):
        chosen(hall, "A01", "A002")


def test_a_missed_number_is_chosen_within_the_hour(hall: Any) -> None:
    hall.issue()
    number = miss(hall)
    assert chosen(hall, "A01", number).number == number
    assert state_of(hall, number)["misses"] == 1


def test_a_missed_number_comes_back_three_places_behind(hall: Any) -> None:
    for _ in range(6):
        hall.issue()
    first = hall.call("A01").number
    hall.call("A01")
    assert revive(hall, first).ahead == 3
    assert [hall.call(window).number for window in ("A02", "A03", "A01", "A02")][-1] == first


@pytest.mark.parametrize(("minutes", "code"), [(59, None), (62, "miss_expired")])
def test_after_an_hour_a_missed_number_is_gone(hall: Any, minutes: int, code: str | None) -> None:
    hall.issue()
    number = miss(hall)
    hall.clock.now += minutes * MINUTE
    if code is None:
        assert revive(hall, number).ahead == 0
        assert hall.call("A02").number == number
    else:
        with pytest.raises(Refused, match=code):
            revive(hall, number)
        with pytest.raises(Refused, match="not_waiting"):
            chosen(hall, "A01", number)


def test_the_third_miss_voids_for_good(hall: Any) -> None:
    hall.issue()
    for again in range(3):
        number = miss(hall)
        if again < 2:
            revive(hall, number)
    assert state_of(hall, "A001")["state"] == "void"
    with pytest.raises(Refused, match="not_missed"):
        revive(hall, "A001")


def test_a_kiosk_revives_nobody(hall: Any) -> None:
    hall.issue()
    number = miss(hall)
    with pytest.raises(Refused, match="forbidden"):
        revive(hall, number, "kiosk")
    assert revive(hall, number, "A01").number == number


def test_the_paper_of_a_number_fills_its_template(hall: Any) -> None:
    rule(hall)
    hall.issue()
    hall.issue(priority="elderly")
    caller = hall.service.authenticate("token-kiosk")
    fields = json.loads(msgspec.json.encode(number_slip(hall.service.context, caller, HALL, "A001")))
    assert fields == {
        "hall": "示范县政务服务中心",
        "ticket_no": "A001",
        "biz": "市场准入",
        "zone": "一楼东区",
        "windows": "A01、A02、A03",
        "issued_at": "2026-11-23 09:00",
        "miss_place": "导办台",
        "miss_n": 3,
        "hall_tel": "0000-8000000",
        "ahead": 1,
        "qr": "ZW1N:9901-20261123-A001",
    }
    assert fill(load_templates()["SL-01"], fields)
    priority = json.loads(msgspec.json.encode(number_slip(hall.service.context, caller, HALL, "A002")))
    assert (priority["priority"], priority["ahead"]) == ("老年人", 0)


def test_a_series_is_of_its_business_day_whatever_the_hour(hall: Any) -> None:
    hall.clock.now += 15 * 3_600_000 - 2_000 - 1
    assert hall.issue() == "A001"
    assert hall.clock.now % 86_400_000 == 16 * 3_600_000 - 1_001
    assert hall.issue() == "A002"
    assert hall.issue() == "A001", "it is midnight in China"
    days = {(row["business_date"], row["number"]) for row in hall.server("A01").snapshot(HALL).tables["ticket"]}
    assert days == {("2026-11-23", "A001"), ("2026-11-23", "A002"), ("2026-11-24", "A001")}
    assert [hall.call(window).number for window in ("A01", "A02", "A03")] == ["A001", "A002", "A001"]


def test_fifty_kiosks_at_once_give_out_fifty_numbers(make_hall: Any, crowded: Any) -> None:
    kiosk = make_hall(crowded).server("kiosk")
    with ThreadPoolExecutor(50) as pool:
        numbers = list(
            pool.map(lambda n: kiosk.issue_ticket(HALL, IssueTicket(business="A"), f"k{n}").number, range(50))
        )
    assert sorted(numbers) == [f"A{n:03}" for n in range(1, 51)]


def test_the_database_itself_keeps_a_number_from_being_given_twice(hall: Any) -> None:
    number = hall.issue()
    row = hall.storage.read(lambda connection: tickets.by_number(connection, HALL, "2026-11-23", number))
    with pytest.raises(IntegrityError):
        hall.storage.write(lambda connection: tickets.add(connection, replace(row, ticket_id="another")))


class PowerCutError(Exception):
    """The machine goes down."""


def test_nobody_hears_of_a_call_that_was_not_committed(hall: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint, the state and the feed tell of a call only after its commit, whatever happens in between."""
    hall.issue()
    hall.changed.clear()
    manager = hall.server("manager")
    before = manager.hall_state(HALL)
    seen: list[Any] = []
    write = hall.storage._write_once

    def crashing(work: Any) -> Any:
        def dying(connection: Any) -> Any:
            seen.append(work(connection))
            raise PowerCutError

        return write(dying)

    monkeypatch.setattr(hall.storage, "_write_once", crashing)
    with pytest.raises(PowerCutError):
        hall.call("A01", key="k")
    monkeypatch.undo()
    [([called], _)] = seen
    assert called.number == "A001"
    assert hall.changed == []
    after = manager.hall_state(HALL)
    assert (after.head, after.windows) == (before.head, before.windows)
    assert hall.call("A01", key="k").number == "A001"
    assert hall.changed == [HALL]
    assert manager.hall_state(HALL).windows[0].ticket == "A001"
