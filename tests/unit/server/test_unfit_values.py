"""Whatever a counter signs, its push is answered: what no column takes is parked and blocks nothing behind it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.operation import Actor
from app.domain.record import names
from sync.server.storage.cases import MirroredCase

TAPE = json.loads((Path(__file__).parents[1] / "protocol" / "first_client.json").read_text("utf-8"))
RECORD = next(
    op["payload"] for each in TAPE for op in (each["body"] or {}).get("ops", ()) if op["kind"] == "case.accepted"
)
SAID: list[tuple[str, str, dict[str, Any]]] = [
    ("day.opened", "window", {"business_date": "2026-11-23"}),
    ("ticket.presented", "ticket", {"number": "A001", "window": "A01", "ticket_id": None}),
    (
        "ticket.walked_in",
        "ticket",
        {"number": "W01-001", "window": "A01", "business_date": "2026-11-23", "served_ms": 1},
    ),
    ("ticket.held", "ticket", {"number": "A001", "window": "A01", "reason": "other"}),
    ("ticket.transferred", "ticket", {"number": "A001", "window": "A01", "to_window": "A02"}),
    ("help.asked", "help", {"window": "A01", "asked_ms": 1}),
    ("device.fault", "device", {"device": "printer", "state": "fault", "reason": "paper_out"}),
    ("window.paused", "window", {"reason": "meal", "since_ms": 1, "until_ms": 2}),
    ("contact.taken_over", "contact", {"number": "A001", "window": "A01", "taken_ms": 1}),
    ("case.accepted", "case", RECORD),
]
BAD = {"nul": "x\0y", "long": "长" * 300, "large": 1 << 62, "negative": -1, "list": ["\0"], "map": {"\0": "\0"}}


@pytest.mark.parametrize("bad", BAD)
def test_a_push_is_answered_whatever_its_payload_says(hall: Any, bad: str) -> None:
    counter = hall.counter("A01")
    hall.issue()
    operations = [
        counter.operation(kind, entity, payload.get("case_id", "id-1"), {**payload, name: BAD[bad]})
        for kind, entity, payload in SAID
        for name in payload
        if entity != "case" or name in names(MirroredCase)
    ]
    operations.append(counter.accepted(case_id="case-9", sequence=9))
    answer = counter.push(*operations)
    assert answer.acked_seq == operations[-1].seq
    assert answer.results[-1].status == "applied"
    assert {each.status for each in answer.results} <= {"applied", "rejected", "conflict"}


@pytest.mark.parametrize("name", ["clerk", "post", "department", "window", "acting_for"])
@pytest.mark.parametrize("bad", ["nul", "long"])
def test_a_push_is_answered_whoever_it_says_acted(hall: Any, name: str, bad: str) -> None:
    counter = hall.counter("A01")
    named = {"clerk": "0301", "acting_for": None, "post": "clerk", "department": "D-SJ", "window": "A01"}
    value = str(BAD[bad])[:256]
    actor = Actor(**{**named, name: value})
    operations = [
        counter.operation(kind, entity, "id-1", payload, actor=actor, op_id=f"{value}{n}"[-256:])
        for n, (kind, entity, payload) in enumerate(SAID[:-1])
    ]
    operations.append(counter.accepted())
    answer = counter.push(*operations)
    assert (answer.acked_seq, answer.results[-1].status) == (operations[-1].seq, "applied")
