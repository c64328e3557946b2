"""Section 8: snapshot."""

from typing import Any

import msgspec
from answers import HALL

from app.domain.feed import table_digest
from app.domain.ticket import HORIZON_MS
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
        cursor, tables = bare_kit.replica.digest(theirs.since)
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
