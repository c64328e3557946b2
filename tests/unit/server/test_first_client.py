"""What the first counters said over HTTP is understood for ever: an old client may always push (sync.md section 1).

``first_client.json`` was recorded at the wire from the first client against the first server: a citizen called, a case
accepted, then a second one at a window that was cut off. What it signed cannot be written anew, so the tickets of the
tape are put into the queue under the ids they had.
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from app.domain.business_day import business_date
from app.domain.ticket import Ticket, TicketState
from sync.server.http.application import application
from sync.server.http.hints import Hints
from sync.server.service import provision
from sync.server.storage import clerks, tickets

HALL = "9901"
TAPE = json.loads(Path(__file__).with_name("first_client.json").read_text("utf-8"))
CALLED_MS = next(each["answer"]["called_ms"] for each in TAPE if each["path"].endswith("call-next"))
PASSWORD = next(each["body"]["password"] for each in TAPE if each["path"] == "/v1/sessions")


def queued(issued: dict[str, Any]) -> Ticket:
    day = business_date(CALLED_MS).isoformat()
    number = issued["number"]
    return Ticket(issued["id"], HALL, number, number[0], TicketState.WAITING, 1, CALLED_MS - 1000, business_date=day)


@pytest.fixture
def server(hall: Any) -> Iterator[Any]:
    """The server of today, at the hour of the tape."""
    hall.clock.now = CALLED_MS
    profile = hall.storage.read(lambda connection: clerks.get(connection, HALL, "0301"))
    provision.add_clerk(hall.storage, profile, HALL, PASSWORD)
    with TestClient(application(hall.service, Hints(), rounds_here=False)) as client:
        yield client


def replayed(hall: Any, server: Any) -> list[tuple[dict[str, Any], Any]]:
    """Say everything again; return each entry of the tape with the answer of today."""
    answers = []
    for each in TAPE:
        if each["who"] == "kiosk":
            hall.storage.write(partial(tickets.add, new=queued(each["answer"])))
            continue
        headers = {"Authorization": f"Bearer token-{each['who']}", "Content-Type": "application/json"}
        if each["key"] is not None:
            headers["Idempotency-Key"] = each["key"]
        content = None if each["body"] is None else json.dumps(each["body"], ensure_ascii=False).encode()
        answers.append((each, server.request(each["method"], each["path"], content=content, headers=headers)))
    return answers


def test_every_word_of_the_first_client_is_answered_as_it_was_and_done(hall: Any, server: Any) -> None:
    said_again(hall, server)
    all_done(hall)
    pushed_again(server)


def said_again(hall: Any, server: Any) -> None:
    for each, answer in replayed(hall, server):
        assert answer.status_code == each["status"], (each["path"], answer.text)
        told, now = each["answer"], answer.json()
        if each["path"] == "/v1/sync/push":
            assert now["results"] == told["results"]
            assert now["acked_seq"] == told["acked_seq"]
        if not each["path"].endswith("call-next"):
            assert set(now) == set(told), "a client that refuses unknown fields must be able to read it"
        for name in ("device", "counter", "centre", "hall", "window", "clerk", "roles", "id", "number", "business"):
            assert now.get(name) == told.get(name)


def all_done(hall: Any) -> None:
    tables = hall.server("A01").snapshot(HALL).tables
    assert {row["number"]: row["state"] for row in tables["ticket"]} == {"A001": "done", "A002": "done"}
    said = [
        op["payload"] for each in TAPE for op in (each["body"] or {}).get("ops", ()) if op["kind"] == "case.accepted"
    ]
    kept = {row["case_no"]: row for row in tables["case"]}
    assert set(kept) == {each["case_no"] for each in said}
    for each in said:
        row = kept[each["case_no"]]
        assert (row["state"], row["promised_due"]) == ("accepted", each["promised_due"])


def pushed_again(server: Any) -> None:
    headers = {"Authorization": "Bearer token-A01"}
    pushes = [each for each in TAPE if each["path"] == "/v1/sync/push"]
    answers = [server.post(each["path"], json=each["body"], headers=headers).json() for each in pushes]
    assert len(answers) == 2
    assert {result["status"] for answer in answers for result in answer["results"]} == {"duplicate"}
