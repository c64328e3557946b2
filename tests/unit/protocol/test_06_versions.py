"""Section 6: kinds and versions.

A new recording of the present counter, when the wire has changed: ``RECORD_CLIENT=tests/unit/protocol/third_client.json
.venv/bin/python -m pytest tests/unit/protocol/test_06_versions.py -k present``; then name it in ``TAPES``.
"""

import json
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import tapes
from answers import HALL, acked, cards_of, page, statuses, ticket_event

from app.domain.link import Link
from app.domain.rights import Act
from app.domain.supervision import ClosedAs
from sync.client.backoff import LONGEST_MS
from sync.client.requests import PullPage, PushOperations
from sync.client.session import POLL_MS, Session
from sync.protocol.messages import Event
from sync.server.service import apply_ops, case_ops, provision
from sync.server.service.retry_unknown import retry_unknown
from sync.server.service.upcasts import UPCASTS, newest
from sync.server.storage import clerks
from sync.server.storage.waiting_operations import of_status


def test_every_old_version_of_a_kind_leads_to_one_the_server_applies() -> None:
    """6.1 Every old version leads to one the server applies."""
    for kind, version in UPCASTS:
        while (kind, version) in UPCASTS:
            version += 1  # noqa: PLW2901 - the chain
        assert (kind, version) in apply_ops.KINDS


@pytest.mark.parametrize("payload", [{}, {"number": None}, {"epoch": "x", "number": ["A001"]}])
def test_an_upcast_takes_any_payload_and_leaves_the_signed_operation_alone(
    lone_hall: Any, payload: dict[str, Any]
) -> None:
    """6.1 What was signed is left as it was."""
    counter = lone_hall.counter("A01")
    for kind, version in UPCASTS:
        signed = counter.operation(kind, "ticket", "t", payload, kind_version=version)
        assert newest(signed).kind_version > version
        assert (signed.kind_version, signed.payload) == (version, payload)


def test_a_call_told_by_an_old_counter_is_taken(lone_hall: Any) -> None:
    """6.1 A call told by an old counter is taken."""
    lone_hall.issue()
    called = lone_hall.call("A01")
    counter = lone_hall.counter("A01")
    told = counter.ticket_op("ticket.called", called, called_ms=called.called_ms)
    assert told.kind_version == 1
    assert [each.status for each in counter.push(told).results] == ["applied"]


TAPES = ("first_client.json", "second_client.json", "third_client.json")
RECORD = "RECORD_CLIENT"


@pytest.mark.parametrize("name", TAPES)
def test_every_word_of_an_old_client_is_answered_as_it_was_and_done(hall: Any, name: str) -> None:
    """6.2 Every recording is replayed."""
    understood(hall, tapes.tape(name))


def test_the_present_client_is_recorded_and_understood(lone_hall: Any, bare_kit: Any, clerk: Any, citizen: Any) -> None:
    """6.2 The next recording is made by this."""
    tapes.publish_demo(lone_hall)
    with closing(tapes.Day(lone_hall, bare_kit, clerk)) as day:
        said = day.run(citizen)
    kinds = {each["kind"] for entry in said for each in (entry["body"] or {}).get("ops", ())}
    assert kinds >= {
        "ticket.released",
        "conflict.resolved",
        "rating.given",
        "window.paused",
        "case.accepted",
        "day.closed",
    }
    if RECORD in os.environ:
        Path(os.environ[RECORD]).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


def understood(hall: Any, said: list[dict[str, Any]]) -> None:
    """Say a recording again: each push gets the answer it got, and its cases are there; said twice it does nothing."""
    if any("at_ms" in each for each in said):
        tapes.publish_demo(hall)
    else:
        profile = hall.storage.read(lambda connection: clerks.get(connection, HALL, "0301"))
        provision.add_clerk(hall.storage, profile, HALL, "of-the-tape")
    for each, answer in tapes.said_again(hall, said):
        assert answer.status_code == each["status"], (each["path"], answer.text)
        told, now = each["answer"], answer.json()
        if each["path"] == "/v1/sync/push":
            assert [now[name] for name in ("results", "acked_seq")] == [told[name] for name in ("results", "acked_seq")]
        if not each["path"].endswith("call-next"):
            assert set(now) == set(told), "a client that refuses unknown fields must be able to read it"
        assert set(now.get("tables", ())) == set(told.get("tables", ()))
        for name in ("device", "counter", "centre", "hall", "window", "clerk", "roles", "id", "number", "business"):
            assert now.get(name) == told.get(name)
    pushes = [each for each in said if each["path"] == "/v1/sync/push"]
    cases = [op["payload"] for each in pushes for op in each["body"]["ops"] if op["kind"] == "case.accepted"]
    kept = {row["case_no"]: row for row in hall.server("A01").snapshot(HALL).tables["case"]}
    assert {each["case_no"]: each["promised_due"] for each in cases} == {
        number: row["promised_due"] for number, row in kept.items()
    }
    before = hall.server("A01").digest(HALL)
    again = [answer.json() for _, answer in tapes.said_again(hall, [without_hour(each) for each in pushes])]
    results = [result for answer in again for result in answer["results"]]
    assert len(results) == len({(each["seq"]) for each in results}) == sum(len(each["body"]["ops"]) for each in pushes)
    assert {each["status"] for each in results} <= {"duplicate", "conflict"}
    assert hall.server("A01").digest(HALL).tables == before.tables


def without_hour(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "at_ms"}


def test_an_unknown_kind_is_kept_for_a_person(hall: Any) -> None:
    """6.3 A kind the server does not know is parked."""
    counter = hall.counter("A01")
    operation = counter.operation("case.imagined", "case", "c", {})
    assert statuses(counter.push(operation)) == [("rejected", "unknown_kind")]


def test_a_kind_of_a_newer_counter_waits_and_is_applied_once_the_server_knows_it(
    hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """6.3 A newer kind is applied once the server knows it."""
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
    """6.4 What does not fit then stays parked for that reason."""
    counter = hall.counter("A01")
    counter.push(counter.operation("case.imagined", "case", "c", {"slip": 4}))
    monkeypatch.setitem(apply_ops.KINDS, ("case.imagined", 1), (Act.REPRINT_SLIP, case_ops.slip_reprinted))
    assert retry_unknown(hall.service.context) == 0
    [left] = hall.storage.read(lambda connection: of_status(connection, HALL, "rejected"))
    assert left.reason == "malformed_payload"


def test_unknown_fields_of_a_newer_counter_pass(lone_hall: Any) -> None:
    """6.5 Fields the server does not know pass."""
    counter = lone_hall.counter("A01")
    operation = counter.operation(
        "day.opened", "window", "A01", {"business_date": "2026-11-23", "mood": "fine"}, extra={"weather": "rain"}
    )
    assert statuses(counter.push(operation)) == [("applied", None)]


def test_a_feed_this_version_cannot_read_asks_for_a_person(session: Any, kit: Any, ticket: Any) -> None:
    """6.6 A counter that cannot read the feed tells it."""
    kit.clock.advance(POLL_MS)
    event = ticket_event(2, ticket("A001"))
    strange = Event(seq=2, entity="ticket", entity_id="t", rev=1, data={**event.data, "colour": "red"})
    session.answered(session.next(), page(1, [strange]))
    assert (session.trouble, session.status().link) == ("unreadable", Link.ATTENTION)
    assert kit.replica.cursor() == 1


def test_what_cannot_be_read_is_asked_for_ever_more_seldom(session: Any, kit: Any, ticket: Any) -> None:
    """6.6 It asks ever more seldom."""
    event = ticket_event(2, ticket("A001"))
    strange = Event(seq=2, entity="ticket", entity_id="t", rev=1, data={**event.data, "colour": "red"})
    pauses = []
    for _ in range(8):
        while not isinstance(session.next(), PullPage):
            kit.clock.advance(session.next().milliseconds)
        session.answered(session.next(), page(1, [strange]))
        pauses.append(session.next().milliseconds)
    assert LONGEST_MS // 2 < max(pauses) <= LONGEST_MS


def test_an_unreadable_feed_stops_no_push_and_stays_told(session: Session, kit: Any, append: Any) -> None:
    """6.6 It pushes all the same."""
    kit.clock.advance(POLL_MS)
    strange = Event(seq=2, entity="mood", entity_id="m", rev=1, data={"rev": 1})
    session.answered(session.next(), page(1, [strange]))
    for seq in (1, 2, 3):
        append()
        push = session.next()
        assert isinstance(push, PushOperations)
        session.answered(push, acked(seq, server_time=kit.clock.now_ms()))
        assert session.trouble == "unreadable"
    assert kit.replica.outbox()[1] == 0
