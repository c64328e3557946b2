"""Section 9: digest."""

from dataclasses import replace
from typing import Any

import msgspec
from answers import HALL, page

from app.domain.ticket import TicketState
from sync.client.requests import CompareDigest, TakeSnapshot, Wait
from sync.client.session import DIGEST_MS
from sync.protocol.messages import Digest, TableDigest


def test_both_ends_count_the_same(hall: Any, bare_kit: Any) -> None:
    """9.1 Count and hash of every mirrored table, the same at both ends."""
    counter = hall.counter("A01")
    hall.issue()
    ticket = hall.call("A01")
    counter.push(counter.ticket_op("ticket.served", ticket), counter.accepted())
    events = counter.server.pull(HALL, 0, 500)
    bare_kit.replica.apply(0, [msgspec.to_builtins(each) for each in events.events], events.next)
    theirs = counter.server.digest(HALL)
    assert theirs.since == "2026-11-22", "yesterday's numbers may still be called"
    assert theirs.kept_from == "2026-10-23", "thirty days before"
    cursor, tables = bare_kit.replica.digest(theirs.since, theirs.kept_from)
    assert (cursor, tables) == (theirs.cursor, {name: (each.count, each.hash) for name, each in theirs.tables.items()})
    assert theirs.tables["case"].count == 1


def digest_of(kit: Any, cursor: int | None = None, **other: Any) -> Any:
    present, tables = kit.replica.digest()
    plain = {name: TableDigest(count=count, hash=value) for name, (count, value) in tables.items()}
    return Digest(cursor=present if cursor is None else cursor, tables={**plain, **other})


def test_a_digest_that_agrees_changes_nothing(session: Any, kit: Any) -> None:
    """9.2 A digest that agrees changes nothing."""
    kit.clock.advance(DIGEST_MS)
    session.answered(session.next(), page())
    request = session.next()
    assert request == CompareDigest("9901")
    session.answered(request, digest_of(kit))
    assert isinstance(session.next(), Wait)


def test_a_digest_that_differs_takes_everything_anew(session: Any, kit: Any) -> None:
    """9.3 One that differs has the counter take a snapshot."""
    kit.clock.advance(DIGEST_MS)
    session.answered(session.next(), page())
    session.answered(session.next(), digest_of(kit, ticket=TableDigest(count=1, hash="0" * 64)))
    assert session.next() == TakeSnapshot("9901")


def test_a_digest_of_another_moment_says_nothing(session: Any, kit: Any) -> None:
    """9.4 A digest of another cursor says nothing."""
    kit.clock.advance(DIGEST_MS)
    session.answered(session.next(), page())
    session.answered(session.next(), digest_of(kit, cursor=99, ticket=TableDigest(count=1, hash="0" * 64)))
    assert isinstance(session.next(), Wait)


def test_a_counter_that_agrees_forgets_what_does_not_count(session: Any, kit: Any, ticket: Any) -> None:
    """9.5 Once both ends agree what does not count goes; before, or without a day to go by, nothing does."""
    old = ticket("A001", business_date="2026-11-20", state=TicketState.DONE)
    kit.hear(old)

    def held() -> int:
        return kit.replica.digest()[1]["ticket"][0]

    def told(kept_from: str, **tables: TableDigest) -> None:
        kit.clock.advance(DIGEST_MS)
        session.answered(session.next(), page(after=kit.replica.cursor()))
        cursor, ours = kit.replica.digest("2026-11-22", kept_from)
        same = {name: TableDigest(count=count, hash=value) for name, (count, value) in ours.items()}
        session.answered(
            CompareDigest(HALL),
            Digest(cursor=cursor, since="2026-11-22", kept_from=kept_from, tables={**same, **tables}),
        )

    told("")
    assert held() == 1
    told("2026-10-23")
    assert held() == 0
    kit.hear(replace(old, rev=2))
    told("2026-10-23", ticket=TableDigest(count=1, hash="0" * 64))
    assert (held(), isinstance(session.next(), TakeSnapshot)) == (1, True)


def test_an_older_counter_compares_all_there_is(hall: Any) -> None:
    """9.6 What an older counter is told is as it always was."""
    counter = hall.counter("A01")
    voided = {**counter.case_payload(state="voided"), "voiding": {"reason": "twice"}}
    counter.push(counter.accepted(), counter.operation("case.voided", "case", "case-1", voided, base_rev=1))
    hall.clock.now += 40 * 86_400_000
    asked = {"params": {"hall": HALL}, "headers": {"Authorization": "Bearer token-A01"}}
    answer = hall.http.get("/v1/sync/digest", **asked)
    assert sorted(answer.json()) == ["cursor", "since", "tables"]
    assert answer.json()["tables"]["case"]["count"] == 1
    assert counter.server.digest(HALL).tables["case"].count == 0
