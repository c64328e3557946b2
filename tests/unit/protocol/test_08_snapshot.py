"""Section 8: snapshot."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from answers import HALL, acked

from app.domain.case import CaseState
from app.domain.feed import table_digest
from app.domain.ticket import HORIZON_MS
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from sync.client.requests import PullPage, TakeSnapshot
from sync.client.session import Session
from sync.protocol.interface import Refused
from sync.protocol.messages import MOST_NAMED, Named, Snapshot
from sync.server.storage import cases
from sync.server.storage.tables import metadata


def test_applying_the_feed_gives_the_snapshot(hall: Any) -> None:
    """8.1 A snapshot is what applying the whole feed gives."""
    counter = hall.counter("A01")
    hall.issue()
    ticket = hall.call("A01")
    counter.push(counter.ticket_op("ticket.served", ticket), counter.accepted())
    tables: dict[str, dict[str, Any]] = {"ticket": {}, "case": {}, "catalogue": {}, "calendar": {}}
    for event in counter.server.pull(HALL, 0, 500).events:
        tables[event.entity][event.entity_id] = event.data
    snapshot, digest = counter.server.snapshot(HALL), counter.server.digest(HALL)
    keys = {"ticket": "ticket_id", "case": "case_id", "catalogue": "version", "calendar": "year"}
    for name, key in keys.items():
        expected = (digest.tables[name].count, digest.tables[name].hash)
        assert table_digest(tables[name].values(), key) == table_digest(snapshot.tables[name], key) == expected
    assert snapshot.cursor == digest.cursor == counter.server.pull(HALL, 0, 500).head


def test_of_a_number_that_nobody_may_call_any_more_only_a_live_one_is_told(hall: Any, bare_kit: Any) -> None:
    """8.2 Of a number that nobody may call any more only a live one is told."""
    for _ in range(3):
        hall.issue()
    server, counter = hall.server("A01"), hall.counter("A01")
    called = hall.call("A01")
    counter.push(counter.ticket_op("ticket.served", called), counter.ticket_op("ticket.held", called, reason="photo"))
    events = server.pull(HALL, 0, 500)
    bare_kit.replica.apply(0, [msgspec.to_builtins(each) for each in events.events], events.next)

    def numbers() -> list[str]:
        return [each["number"] for each in server.snapshot(HALL).tables["ticket"]]

    def agrees() -> bool:
        theirs = server.digest(HALL)
        cursor, tables = bare_kit.replica.digest(theirs.since, theirs.kept_from)
        return (cursor, tables) == (theirs.cursor, {n: (each.count, each.hash) for n, each in theirs.tables.items()})

    assert (numbers(), agrees()) == (["A001", "A002", "A003"], True)
    hall.clock.now += HORIZON_MS + 86_400_000
    assert (numbers(), agrees()) == ([called.number], True), "the mirror still has all three"


def test_no_personal_data_lies_in_clear(hall: Any) -> None:
    """8.3 No personal data lies in clear."""
    counter = hall.counter("A01")
    counter.push(counter.accepted())
    dump = hall.storage.read(
        lambda connection: repr([row for table in metadata.sorted_tables for row in connection.execute(table.select())])
    )
    assert "case-1" in dump
    assert "990101199001010018" not in dump
    assert "张三" not in dump
    assert b"990101199001010018".hex().upper() not in dump.upper()


A_DAY_MS = 86_400_000
MONTH_MS = 32 * A_DAY_MS
"""At nine numbers of the day before may still be called, and thirty days count from that."""


def numbers_of(snapshot: Snapshot) -> list[str]:
    return sorted(each["case_id"] for each in snapshot.tables["case"])


def ended(hall: Any, case_id: str) -> None:
    """The case is handed out."""

    def work(connection: Any) -> None:
        held, sealed = cases.whole(connection, HALL, case_id)
        cases.replace(connection, replace(held, state=CaseState.DELIVERED), sealed)

    hall.storage.write(work)


@pytest.fixture
def a_month_later(hall: Any) -> Any:
    """One case that goes on and one that was handed out, both taken in a month ago; returns their window."""
    counter = hall.counter("A01")
    counter.push(counter.accepted(), counter.accepted(case_id="case-2", sequence=2, query_code="654321"))
    ended(hall, "case-2")
    assert numbers_of(counter.server.snapshot(HALL)) == ["case-1", "case-2"]
    hall.clock.now += MONTH_MS
    return counter


def test_what_is_over_counts_for_thirty_days_more(hall: Any, a_month_later: Any) -> None:
    """8.4 A case that goes on is told however old it is, one that is over for thirty days."""
    assert numbers_of(a_month_later.server.snapshot(HALL)) == ["case-1"]
    hall.clock.now -= A_DAY_MS
    assert numbers_of(a_month_later.server.snapshot(HALL)) == ["case-1", "case-2"], "the thirtieth day"


def test_what_a_counter_names_is_told_whatever_became_of_it(a_month_later: Any) -> None:
    """8.5 Who names a case is told of it, once, and nothing of one that there is not."""
    named = Named(case=["case-2", "case-1", "nobody"])
    assert numbers_of(a_month_later.server.snapshot(HALL, named)) == ["case-1", "case-2"]


def test_no_more_than_ten_thousand_are_named(lone_hall: Any) -> None:
    """8.5 More are refused as malformed, and an answer is still there for as many as a counter names."""
    server = lone_hall.server("A01")
    assert server.snapshot(HALL, Named(case=[f"case-{n:031}" for n in range(MOST_NAMED)])).tables["case"] == []
    with pytest.raises(Refused, match="malformed"):
        server.snapshot(HALL, Named(case=["case"] * (MOST_NAMED + 1)))


def test_an_older_counter_is_told_of_all_there_is(hall: Any, a_month_later: Any) -> None:
    """8.6 An older counter asks for no part."""
    answer = hall.http.get("/v1/sync/snapshot", params={"hall": HALL}, headers={"Authorization": "Bearer token-A01"})
    assert numbers_of(msgspec.json.decode(answer.content, type=Snapshot)) == ["case-1", "case-2"]


def test_a_counter_names_what_it_has_records_of(kit: Any, clerk: Any, ready_card: Any) -> None:
    """8.5 A counter that takes everything anew names its own cases."""
    open_day(kit.store, kit.clock, clerk)
    walk_in(kit.store, kit.clock, clerk)
    case = accept_case(kit.store, kit.clock, load_templates(), ready_card("ITM-02"), clerk).case
    session = Session(kit.replica, kit.clock, "ab" * 32)
    session.refused(PullPage(HALL, 0), Refused("cursor_gone", 410))
    session.answered(session.next(), acked(kit.replica.outbox()[1]))
    assert session.next() == TakeSnapshot(HALL, Named(case=[case.case_id]))
