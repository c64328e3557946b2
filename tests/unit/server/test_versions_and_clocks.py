"""Versions of kinds, wrong clocks, closed days, a server that has had enough: sync.md sections 1 and 3."""

import asyncio
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from app.domain import disk_room
from app.domain.clock_skew import LIMIT_MS, OFFSET
from app.domain.rights import Act
from app.domain.supervision import ClosedAs
from sync.protocol.interface import Refused
from sync.server.http.application import application
from sync.server.http.gate import Gate
from sync.server.http.hints import Hints
from sync.server.service import apply_ops, case_ops, prune
from sync.server.service.retry_unknown import retry_unknown
from sync.server.service.rounds import PRUNE_MS, Rounds
from sync.server.service.upcasts import UPCASTS, newest
from sync.server.storage import cards, day_closes
from sync.server.storage.disk import DiskWatch
from sync.server.storage.waiting_operations import of_status

HALL = "9901"


def cards_of(hall: Any, rule: str) -> list[Any]:
    return [each for each in hall.storage.read(lambda connection: cards.every(connection, HALL)) if each.rule == rule]


def day_closed(counter: Any, upto: int | None, **changes: Any) -> Any:
    payload = {
        "business_date": "2026-11-23",
        "first": upto and 1,
        "last": upto,
        "count": upto or 0,
        "head": counter.head,
        **changes,
    }
    return counter.operation("day.closed", "window", counter.window, payload)


def test_every_old_version_of_a_kind_leads_to_one_the_server_applies() -> None:
    for kind, version in UPCASTS:
        while (kind, version) in UPCASTS:
            version += 1  # noqa: PLW2901 - the chain
        assert (kind, version) in apply_ops.KINDS


@pytest.mark.parametrize("payload", [{}, {"number": None}, {"epoch": "x", "number": ["A001"]}])
def test_an_upcast_takes_any_payload_and_leaves_the_signed_operation_alone(hall: Any, payload: dict[str, Any]) -> None:
    counter = hall.counter("A01")
    for kind, version in UPCASTS:
        signed = counter.operation(kind, "ticket", "t", payload, kind_version=version)
        assert newest(signed).kind_version > version
        assert (signed.kind_version, signed.payload) == (version, payload)


def test_a_call_told_by_an_old_counter_is_taken(hall: Any) -> None:
    hall.issue()
    called = hall.call("A01")
    counter = hall.counter("A01")
    told = counter.ticket_op("ticket.called", called, called_ms=called.called_ms)
    assert told.kind_version == 1
    assert [each.status for each in counter.push(told).results] == ["applied"]


def test_a_kind_of_a_newer_counter_waits_and_is_applied_once_the_server_knows_it(
    hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = hall.counter("A01")
    strange = counter.operation("case.imagined", "case", "c", {"slip": "SL-04", "reprint": 1, "reason": "r"})
    behind = counter.accepted()
    results = counter.push(strange, behind).results
    assert [(each.status, each.reason) for each in results] == [("rejected", "unknown_kind"), ("applied", None)]
    assert retry_unknown(hall.service.context) == 0, "it is not known yet"
    monkeypatch.setitem(apply_ops.KINDS, ("case.imagined", 1), (Act.REPRINT_SLIP, case_ops.slip_reprinted))
    assert (retry_unknown(hall.service.context), retry_unknown(hall.service.context)) == (1, 0)
    [card] = cards_of(hall, "parked")
    assert card.closed_as is ClosedAs.ENDED
    assert [each.status for each in counter.push(strange).results] == ["duplicate"]


def test_what_does_not_fit_when_its_kind_is_known_stays_parked_for_that_reason(
    hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = hall.counter("A01")
    counter.push(counter.operation("case.imagined", "case", "c", {"slip": 4}))
    monkeypatch.setitem(apply_ops.KINDS, ("case.imagined", 1), (Act.REPRINT_SLIP, case_ops.slip_reprinted))
    assert retry_unknown(hall.service.context) == 0
    [left] = hall.storage.read(lambda connection: of_status(connection, HALL, "rejected"))
    assert left.reason == "malformed_payload"


def test_operations_count_in_their_order_whatever_their_clocks_say(hall: Any) -> None:
    counter, number = hall.counter("A01"), hall.issue()
    later = hall.clock.now + 60_000
    presented = counter.operation(
        "ticket.presented", "ticket", number, {"number": number, "window": "A01", "ticket_id": None}, wall_ms=later
    )
    payload = {"number": number, "window": "A01", "outcome": "accepted", "case_id": None}
    finished = counter.operation("ticket.finished", "ticket", number, payload)
    assert finished.wall_ms < presented.wall_ms
    assert [each.status for each in counter.push(presented, finished).results] == ["applied", "applied"]


@pytest.mark.parametrize(
    ("wall", "extra", "told"),
    [
        (0, {OFFSET: LIMIT_MS + 1}, ["A01"]),
        (0, {OFFSET: -LIMIT_MS - 1}, ["A01"]),
        (LIMIT_MS + 1, {}, ["A01"]),
        (0, {OFFSET: LIMIT_MS}, []),
        (-7 * 86_400_000, {}, []),
        (-7 * 86_400_000, {OFFSET: 0}, []),
        (0, {OFFSET: "much"}, []),
    ],
)
def test_a_clock_more_than_five_minutes_off_hangs_up_one_card_a_day(
    hall: Any, wall: int, extra: dict[str, Any], told: list[str]
) -> None:
    counter = hall.counter("A01")
    for _ in range(2):
        payload = {"business_date": "2026-11-23"}
        counter.push(
            counter.operation("day.opened", "window", "A01", payload, wall_ms=hall.clock.now + wall, extra=extra)
        )
    assert [each.subject for each in cards_of(hall, "clock_wrong")] == told


def test_a_day_is_closed_with_every_number_in_place(hall: Any) -> None:
    counter = hall.counter("A01")
    taken = [counter.accepted(case_id=f"case-{each}", sequence=each) for each in (1, 2)]
    assert [each.status for each in counter.push(*taken, day_closed(counter, 2)).results] == ["applied"] * 3
    kept = hall.storage.read(lambda connection: day_closes.get(connection, HALL, counter.number, "2026-11-23"))
    assert (kept.first, kept.last, kept.count, kept.missing) == (1, 2, 2, 0)
    assert cards_of(hall, "day_gap") == []


def test_a_number_without_a_case_hangs_up_a_card_that_names_it(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.push(counter.accepted(), day_closed(counter, 3))
    [card] = cards_of(hall, "day_gap")
    assert card.subject.startswith(f"9901-{counter.number}-20261123-0002-")


def test_a_day_without_numbers_is_closed_too_and_none_twice(hall: Any) -> None:
    counter = hall.counter("A01")
    results = counter.push(day_closed(counter, None)).results + counter.push(day_closed(counter, None)).results
    assert [each.reason for each in results] == [None, "illegal_transition"]


@pytest.mark.parametrize("changes", [{"head": "0" * 64}, {"first": 2}, {"count": 9}, {"last": None}, {"last": 10_000}])
def test_a_close_that_no_counter_can_mean_is_parked(hall: Any, changes: dict[str, Any]) -> None:
    counter = hall.counter("A01")
    counter.push(counter.accepted())
    [result] = counter.push(day_closed(counter, 1, **changes)).results
    assert result.reason == "malformed_payload"


def test_the_feed_forgets_by_age_and_by_number_while_the_server_serves(
    hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, server = Rounds(hall.service.context), hall.server("A01")
    hall.issue()
    rounds.run()
    first = server.pull(HALL, 0, 500).head
    hall.clock.now += (prune.FEED_DAYS + 1) * 86_400_000
    hall.issue()
    hall.issue()
    rounds.run()
    with pytest.raises(Refused, match="cursor_gone"):
        server.pull(HALL, first - 1, 500)
    assert server.pull(HALL, first, 500).floor == first
    monkeypatch.setattr(prune, "FEED_EVENTS", 1)
    rounds.run()
    assert server.pull(HALL, first, 500).floor == first, "once an hour is enough"
    hall.clock.now += PRUNE_MS
    rounds.run()
    snapshot = server.snapshot(HALL)
    page = server.pull(HALL, snapshot.cursor, 500)
    assert (page.head - page.floor) <= 2
    assert page.floor > first


def test_the_days_the_feed_is_measured_by_are_forgotten_with_it(hall: Any) -> None:
    rounds = Rounds(hall.service.context)
    start = date.fromisoformat(hall.service.context.today())
    for _ in range(3):
        hall.issue()
        rounds.run()
        hall.clock.now += 30 * 86_400_000
    rounds.run()
    assert date.fromisoformat(hall.service.context.today()) - start == timedelta(days=90)
    assert hall.server("A01").pull(HALL, hall.server("A01").snapshot(HALL).cursor, 1).floor > 0


def test_too_many_that_wait_are_sent_away_before_they_are_read(hall: Any) -> None:
    gate = Gate(DiskWatch(None, hall.clock), most=1)
    scope: Any = {"type": "http", "method": "POST", "path": "/v1/sync/push"}

    async def nothing(*_: Any) -> Any:
        return {"type": "http.request"}

    async def answers(_scope: Any, _receive: Any, send: Any) -> None:
        with pytest.raises(Refused, match="overloaded") as refused:
            await gate.handle(scope, nothing, nothing, nothing)
        assert (refused.value.status, refused.value.retry_after_s) == (503, 2)
        await send({"type": "http.response.start"})
        await gate.handle(scope, nothing, nothing, nothing)  # a stream that goes on counts no more

    async def fails(*_: Any) -> None:
        raise ConnectionResetError

    async def all_of_it() -> None:
        await gate.handle(scope, nothing, nothing, answers)
        with pytest.raises(ConnectionResetError):
            await gate.handle(scope, nothing, nothing, fails)
        await gate.handle(scope, nothing, nothing, nothing)

    asyncio.run(all_of_it())


def test_a_full_disk_takes_nothing_in_and_says_when_to_come_back(
    hall: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Authorization": "Bearer token-kiosk", "Idempotency-Key": "k", "Content-Type": "application/json"}
    body = json.dumps({"business": "A"})
    with TestClient(application(hall.service, Hints(), rounds_here=False, data=tmp_path)) as client:
        monkeypatch.setattr(disk_room, "NO_CASES", 0.0)
        full = client.post(f"/v1/halls/{HALL}/tickets", content=body, headers=headers)
        assert (full.status_code, full.json()["error"], full.headers["Retry-After"]) == (503, "server_full", "60")
        assert client.get(f"/v1/halls/{HALL}/state", headers=headers).status_code == 200
        monkeypatch.undo()
        hall.clock.now += 60_000
        assert client.post(f"/v1/halls/{HALL}/tickets", content=body, headers=headers).status_code == 201
