"""The database and the rule of both ends say the same of what counts, in every state, before the day and after it."""

from dataclasses import replace
from itertools import product
from typing import Any

from sqlalchemy import event

from app.domain.case import CaseState
from app.domain.feed import ordered_digest, table_digest
from app.domain.standing import KEPT_DAYS, from_ms, kept_from, standing
from app.domain.supervision import Card, CardLevel, CardRule
from app.domain.takeover import Contact, ContactState
from app.domain.ticket import Ticket, TicketState
from sync.protocol.messages import Named
from sync.server.service.mirror import KEYS, named_rows, standing_rows
from sync.server.storage import cards, cases, first_contacts, help_calls, tickets
from sync.server.storage.cases import MirroredCase
from sync.server.storage.engine import Storage
from sync.server.storage.help_calls import HelpCall
from sync.server.storage.mirrored import AT_A_TIME

HALL, SINCE = "9901", "2026-11-23"
KEPT = kept_from(SINCE)
FIRST_MS = from_ms(KEPT)
DAYS = ("2020-01-01", "2026-10-23", KEPT, "2026-11-22", SINCE)
MOMENTS = (0, FIRST_MS - 1, FIRST_MS, FIRST_MS + 1)


def every_case() -> list[MirroredCase]:
    at: dict[str, Any] = {"hall": HALL, "window": "A01", "counter": "0001", "promised_due": None, "statutory_due": None}
    what: dict[str, Any] = {
        "item_id": "ITM-01",
        "department": "D-SJ",
        "provisional": False,
        "doc_no": None,
        "rev": 1,
        **at,
    }
    return [
        MirroredCase(case_id=f"case-{n}", case_no=f"no-{n}", state=state, accepted_on=day, **what)
        for n, (state, day) in enumerate(product(CaseState, DAYS))
    ]


def every_ticket() -> list[Ticket]:
    return [
        Ticket(f"ticket-{n}", HALL, f"A{n:03}", "A", state, 1, n, None, business_date=day)
        for n, (state, day) in enumerate(product(TicketState, DAYS))
    ]


def every_contact() -> list[Contact]:
    return [
        Contact(f"c{n}", HALL, f"A{n:03}", None, "0301", "0301", "A01", "A02", at_ms, state)
        for n, (state, at_ms) in enumerate(product(ContactState, MOMENTS))
    ]


def every_help() -> list[HelpCall]:
    ends = (None, *MOMENTS)
    return [
        HelpCall(f"h{n}", HALL, "A01", "0301", at_ms, answered)
        for n, (at_ms, answered) in enumerate(product(MOMENTS, ends))
    ]


def every_card() -> list[Card]:
    blank = Card("", HALL, "", CardRule.PARKED, CardLevel.RED, "SW-1", "A01", "0301", (), None, FIRST_MS - 9)
    return [
        replace(blank, card_id=f"k{n}", cause=f"cause-{n}", rule=rule, closed_ms=closed)
        for n, (rule, closed) in enumerate(product((CardRule.PARKED, CardRule.OVERDUE), (None, *MOMENTS)))
    ]


def fill(connection: Any) -> None:
    cases.add_all(connection, [(each, b"sealed") for each in every_case()])
    for ticket in every_ticket():
        tickets.add(connection, ticket)
    for contact in every_contact():
        first_contacts.put(connection, contact)
    for call in every_help():
        help_calls.add(connection, call)
    for card in every_card():
        cards.put(connection, card)


def rows(storage: Storage, since: str, kept: str) -> dict[str, dict[Any, dict[str, Any]]]:
    def work(connection: Any) -> Any:
        return {
            name: {row[KEYS[name]]: row for row in found}
            for name, found in standing_rows(connection, HALL, since, kept)
        }

    return storage.read(work)


def test_the_database_and_the_rule_of_both_ends_say_the_same(storage: Storage) -> None:
    storage.write(fill)
    everything = rows(storage, "", "")
    assert {name: len(everything[name]) for name in ("ticket", "case", "contact", "help", "card")} == {
        "ticket": len(every_ticket()),
        "case": len(every_case()),
        "contact": len(every_contact()),
        "help": len(every_help()),
        "card": len(every_card()),
    }
    counting = rows(storage, SINCE, KEPT)
    for name, found in everything.items():
        counts = standing(name, SINCE, KEPT)
        assert counting[name] == {key: row for key, row in found.items() if counts(row)}, name
        assert len(counting[name]) < len(found) or not found, f"something of {name} is over for long"


def test_what_goes_on_counts_however_old_and_what_is_over_for_thirty_days(storage: Storage) -> None:
    assert KEPT_DAYS == 30
    storage.write(fill)
    long_ago = {row["state"] for row in rows(storage, SINCE, KEPT)["case"].values() if row["accepted_on"] < KEPT}
    assert long_ago == {
        *("consulting", "received", "supplement_noticed", "accepted", "reviewing", "suspended"),
        *("granted", "denied", "awaiting_pickup"),
    }
    of_late = {row["state"] for row in rows(storage, SINCE, KEPT)["case"].values() if row["accepted_on"] == KEPT}
    assert of_late == {each.value for each in CaseState}


def test_what_is_named_comes_whatever_became_of_it_and_what_is_nowhere_does_not(storage: Storage) -> None:
    storage.write(fill)
    over = next(each for each in every_case() if each.state is CaseState.VOIDED and each.accepted_on < KEPT)
    closed = next(each for each in every_contact() if each.state is ContactState.CLOSED)
    counts = next(each for each in every_case() if each.state is CaseState.ACCEPTED)
    named = Named(case=[over.case_id, "nobody", counts.case_id], contact=[closed.contact_id, "nobody"])

    def work(connection: Any) -> Any:
        return {name: list(found) for name, found in named_rows(connection, HALL, named, KEPT).items()}

    found = storage.read(work)
    assert [row["case_id"] for row in found["case"]] == [over.case_id]
    assert [row["contact_id"] for row in found["contact"]] == [closed.contact_id]
    nothing = storage.read(lambda connection: list(cases.named(connection, HALL, [])))
    assert nothing == []


def test_cases_come_by_the_code_points_of_their_ids(storage: Storage) -> None:
    """As both ends sort them, in a database of any locale; and many more than are held at once."""
    odd = ("", "a-b", "aB", "ab", "a b", "Ab", "_a", "é", "z", "一", "𠮷", "\uffff", "a\\b", "%s")
    ids = [*odd, *(f"{n % 7}-{n}" for n in range(2 * AT_A_TIME))]
    some = every_case()[0]
    new = [replace(some, case_id=each, case_no=f"no-{n}") for n, each in enumerate(ids)]
    storage.write(lambda connection: cases.add_all(connection, [(each, b"sealed") for each in new]))
    held = storage.read(lambda connection: list(cases.standing(connection, HALL, "")))
    assert [row["case_id"] for row in held] == sorted(ids)
    digest = storage.read(lambda connection: ordered_digest(cases.standing(connection, HALL, "")))
    assert digest == table_digest(reversed(held), "case_id")


def test_what_counts_is_found_along_an_index_also_on_sqlite(prepared: Any) -> None:
    """Both halves of each question are; a hall of many years is not walked."""
    prepared.hold(furnished=False)
    storage, asked = prepared.storage, []

    def plan(connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            rows = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            asked.append("; ".join(row[-1] for row in rows))

    event.listen(storage.engine, "before_cursor_execute", plan)
    try:
        storage.read(lambda connection: list(cases.standing(connection, HALL, KEPT)))
        storage.read(lambda connection: list(tickets.standing(connection, HALL, SINCE)))
        storage.read(lambda connection: help_calls.standing(connection, HALL, FIRST_MS))
        storage.read(lambda connection: first_contacts.standing(connection, HALL, FIRST_MS))
    finally:
        event.remove(storage.engine, "before_cursor_execute", plan)
    assert len(asked) == 4
    for each in asked:
        assert each.startswith("MULTI-INDEX OR"), each
        assert each.count("hall=? AND") >= 2, each
