"""Rows that are added together are what each would be alone, on both databases, however many there are."""

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.domain.case import CaseState
from app.domain.operation import to_wire
from app.domain.ticket import Ticket, TicketState
from sync.server.storage import cases, feed, halls, tickets
from sync.server.storage.cases import DuplicateNumber, MirroredCase
from sync.server.storage.engine import Storage
from sync.server.storage.feed import Change
from sync.server.storage.rows import FEWEST, Rows
from sync.server.storage.savepoint import Unfit
from sync.server.storage.tables import feed as feed_table
from sync.server.storage.tables import operation

HALL, DAY = "9901", "2026-11-23"
SIGNS = ("", "\\N", "\\", "\t", "a\nb\r", "\x01\x7f", '"', "王某", "𠮷", "\\x41", "x,y")
"""What means something to one way of adding rows or another."""
ROWS = Rows(feed_table, ("hall", "seq", "entity", "entity_id", "rev", "data"))


def case(n: int, **given: Any) -> MirroredCase:
    at = {"accepted_on": DAY, "promised_due": None, "statutory_due": DAY, "provisional": bool(n % 2), "doc_no": None}
    who = {"hall": HALL, "window": "A01", "counter": "0001", "item_id": "ITM-01", "department": "D-SJ"}
    of = {"case_id": f"case-{n}", "case_no": f"no-{n}", "state": CaseState.ACCEPTED, "rev": n}
    return MirroredCase(**{**of, **who, **at, **given})


def ticket(n: int, **given: Any) -> Ticket:
    made = Ticket(f"ticket-{n:02}", HALL, f"W01-{n:03}", "W", TicketState.SERVING, 1, n, None)
    return replace(made, business_date=DAY, **given)


@pytest.mark.parametrize("count", [FEWEST - 1, FEWEST, 3 * FEWEST])
def test_every_sign_comes_back_as_it_was(storage: Storage, count: int) -> None:
    rows = [(HALL, n, SIGNS[n % len(SIGNS)], "id", n, SIGNS[-n % len(SIGNS)] * n) for n in range(count)]
    storage.write(lambda connection: ROWS.add(connection, rows))
    query = select(*(feed_table.c[name] for name in ROWS._names)).order_by(feed_table.c.seq)
    assert [tuple(row) for row in storage.read(lambda connection: connection.execute(query).all())] == rows


@pytest.mark.parametrize("count", [1, 3 * FEWEST])
def test_a_case_keeps_its_clock_its_nulls_and_its_sealed_bytes(storage: Storage, count: int) -> None:
    clocks = (None, {}, {"号": [1, None, True], "\\": "\t"})
    new = [(case(n, clock=clocks[n % 3]), bytes(range(n, 256))) for n in range(count)]
    storage.write(lambda connection: cases.add_all(connection, new))
    for made, sealed in new:
        found = storage.read(lambda connection, of=made.case_id: cases.whole(connection, HALL, of))
        assert found is not None
        assert (found[0], bytes(found[1])) == (made, sealed)


def test_a_key_that_is_taken_takes_all_of_them_back(storage: Storage) -> None:
    storage.write(lambda connection: cases.add_all(connection, [(case(3), b"first")]))
    again = [(case(n, case_id=f"other-{n}"), b"again") for n in range(2 * FEWEST)]
    with pytest.raises(DuplicateNumber):
        storage.write(lambda connection: cases.add_all(connection, again))
    held = storage.read(lambda connection: list(cases.standing(connection, HALL, "")))
    assert [each["case_id"] for each in held] == ["case-3"]

    storage.write(partial(tickets.add, new=ticket(5)))
    more = [(ticket(n, ticket_id=f"other-{n}"), n) for n in range(2 * FEWEST)]

    def taken(connection: Any) -> None:
        if not tickets.add_all_new(connection, more):
            raise LookupError

    with pytest.raises(LookupError):
        storage.write(taken)
    assert storage.read(lambda connection: tickets.get(connection, HALL, "other-0")) is None


def test_a_row_that_is_there_is_told_by_its_own_error(storage: Storage) -> None:
    rows = [(HALL, 1, "ticket", "id", 1, "{}")] * FEWEST
    with pytest.raises(IntegrityError):
        storage.write(lambda connection: ROWS.add(connection, rows))


@pytest.mark.parametrize("bad", [{"rev": 1 << 31}, {"rev": 1 << 70}, {"entity": "长" * 33}, {"entity": "x\0y"}])
def test_what_postgresql_does_not_take_is_told_as_unfit(prepared_postgres: Any, bad: dict[str, Any]) -> None:
    prepared_postgres.hold(furnished=False)
    storage: Storage = prepared_postgres.storage
    changes = [Change("ticket", f"id-{n}", 1, {}) for n in range(FEWEST)] + [
        replace(Change("ticket", "bad", 1, {}), **bad)
    ]

    def work(connection: Any) -> None:
        halls.add(connection, HALL, HALL)
        feed.append(connection, HALL, changes)

    with pytest.raises(Unfit):
        storage.write(work)
    assert storage.read(lambda connection: feed.page(connection, HALL, 0, 9)) == []


def test_the_log_seals_what_was_pushed(hall: Any) -> None:
    counter = hall.counter("A01")
    signed = [counter.accepted(case_id=f"case-{n}", sequence=n) for n in range(1, 2 * FEWEST)]
    assert {each.status for each in counter.push(*signed).results} == {"applied"}
    context = hall.service.context
    query = select(operation.c.seq, operation.c.sealed).order_by(operation.c.seq)
    rows = context.storage.read(lambda connection: connection.execute(query).all())
    place = f"operation/{signed[0].hall}/{signed[0].device}/{signed[0].incarnation}"
    opened = [context.cipher.open(bytes(row.sealed), f"{place}/{row.seq}") for row in rows]
    assert opened == [
        json.dumps(to_wire(each), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() for each in signed
    ]
