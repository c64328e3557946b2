"""Section 1: asking."""

from typing import Any

import httpx2
import pytest
from answers import HALL, day_opened

from app.domain.operation import to_wire
from app.domain.rights import Role
from app.storage.messages import sentence
from sync.protocol.interface import Refused
from sync.protocol.messages import IssueTicket
from sync.server.service import provision

TICKETS = f"/v1/halls/{HALL}/tickets"


@pytest.fixture
def hall(lone_hall: Any) -> Any:
    """What is said here does not depend on the database."""
    return lone_hall


def ask(hall: Any, who: str | None, path: str, **parts: Any) -> httpx2.Response:
    bearer = {} if who is None else {"Authorization": f"Bearer {who}"}
    key = parts.pop("key", "k")
    kept = {} if key is None else {"Idempotency-Key": key}
    method = "POST" if {"json", "content"} & parts.keys() else "GET"
    headers = {"Content-Type": "application/json", **bearer, **kept}
    answer: httpx2.Response = hall.http.request(method, path, headers=headers, **parts)
    return answer


@pytest.mark.parametrize("token", [None, " x", "no-such-token", "t" * 300])
def test_nobody_is_served_without_a_token_that_holds(hall: Any, token: str | None) -> None:
    """1.1 It is looked at before anything of the body is read."""
    for parts in ({}, {"content": b"{ no JSON"}):
        path = TICKETS if parts else f"/v1/sync/snapshot?hall={HALL}"
        assert (answer := ask(hall, token, path, **parts)).status_code == 401
        assert answer.json()["error"] == "unauthorised"


def test_a_token_that_was_taken_back_opens_nothing(hall: Any) -> None:
    """1.1 The device is looked up with every request."""
    hall.server("A02").snapshot(HALL)
    provision.add_device(hall.storage, HALL, "A02", Role.COUNTER, token="another", window="A02")
    with pytest.raises(Refused, match="unauthorised"):
        hall.server("A02").snapshot(HALL)


@pytest.mark.parametrize("body", [b'{"business": "A", "colour": "red"}', b'{"business": 1}', b"[]", b"{", b"\xff"])
def test_what_is_no_message_is_malformed(hall: Any, body: bytes) -> None:
    """1.2 Unknown fields too."""
    answer = ask(hall, "token-kiosk", TICKETS, content=body)
    assert (answer.status_code, answer.json()["error"]) == (422, "malformed")


def test_a_key_makes_of_two_requests_one(hall: Any) -> None:
    """1.3 The same key gets the same answer, and with another request it is `key_reused`."""
    kiosk = hall.server("kiosk")
    first = kiosk.issue_ticket(HALL, IssueTicket(business="A"), "key-1")
    assert kiosk.issue_ticket(HALL, IssueTicket(business="A"), "key-1") == first
    with pytest.raises(Refused, match="key_reused"):
        kiosk.issue_ticket(HALL, IssueTicket(business="B"), "key-1")
    assert [row["number"] for row in hall.server("A01").snapshot(HALL).tables["ticket"]] == [first.number]


@pytest.mark.parametrize("key", [None, "", "k" * 129])
def test_tickets_need_a_key(hall: Any, key: str | None) -> None:
    """1.3 It has 1 to 128 characters."""
    assert ask(hall, "token-kiosk", TICKETS, json={"business": "A"}, key=key).status_code == 422


def test_a_refusal_says_its_code_and_a_sentence(hall: Any) -> None:
    """1.4 What a gap expects stands beside them."""
    counter = hall.counter("A01")
    body = {"device": "A01", "incarnation": counter.incarnation, "first_seq": 5}
    fifth = [day_opened(counter) for _ in range(5)][-1]
    answer = ask(hall, "token-A01", "/v1/sync/push", json={**body, "ops": [to_wire(fifth)]})
    told = {name: value for name, value in answer.json().items() if value is not None}
    assert (answer.status_code, told) == (409, {"error": "gap", "message": sentence("gap"), "expected_seq": 1})


def test_a_token_is_of_one_hall(hall: Any) -> None:
    """1.5 It reads and writes its own."""
    provision.add_hall(hall.storage, hall.clock, "9902", "9902")
    server = hall.server("A01")
    for asked in (
        lambda: server.pull("9902", 0, 10),
        lambda: server.snapshot("9902"),
        lambda: server.digest("9902"),
        lambda: server.call_next("9902", "A01", "k"),
        lambda: hall.server("kiosk").issue_ticket("9902", IssueTicket(business="A"), "k"),
    ):
        with pytest.raises(Refused, match=r"forbidden|unknown_hall"):
            asked()


def test_a_key_is_of_one_token(hall: Any) -> None:
    """1.3 The same key of another device is another request."""
    hall.issue()
    hall.issue()
    first, second = hall.call("A01", "same"), hall.call("A02", "same")
    assert first is not None
    assert second is not None
    assert first.number != second.number
