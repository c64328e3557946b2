"""Section 9: digest."""

from typing import Any

import msgspec
from answers import HALL, page

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
    cursor, tables = bare_kit.replica.digest(theirs.since)
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
