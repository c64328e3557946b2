"""Registered contacts on the server: sealed, given to whom they concern, forgotten once they are closed."""

from typing import Any

import pytest
from sqlalchemy import select

from sync.protocol.contact_messages import WantContacts
from sync.protocol.interface import Refused
from sync.server.service import provision
from sync.server.service.contact_records import contact_records_for
from sync.server.service.tokens import token_hash
from sync.server.storage import clerks
from sync.server.storage.clerks import Profile
from sync.server.storage.contact_tables import contact_record

HALL = "9901"
NUMBER = "SW20261123-0001-0001"
FAR = 1 << 50


def statuses(result: Any) -> list[tuple[str, str | None]]:
    return [(each.status, each.reason) for each in result.results]


def register(counter: Any, **changes: Any) -> Any:
    payload = {
        "contact_id": "contact-1",
        "no": NUMBER,
        "topic": "宅基地怎么报批",
        "action": "passed_on",
        "owner": "A02窗口",
        "due": "2026-11-24",
        "clerk": counter.clerk,
        "window": counter.window,
        "channel": "phone",
        "registered_ms": 1,
        "page": {"item": None, "ending": {"values": {"caller": "陈某某 15400000001"}}},
        **changes,
    }
    return statuses(counter.push(counter.operation("contact.registered", "contact", "contact-1", payload)))


def close(counter: Any, **changes: Any) -> Any:
    payload = {"number": NUMBER, "window": counter.window, "outcome": "accepted", "case_id": "case-1", **changes}
    return statuses(counter.push(counter.operation("contact.closed", "contact", "contact-1", payload)))


def kept(hall: Any) -> list[bytes]:
    with hall.storage.engine.connect() as connection:
        return [row.sealed for row in connection.execute(select(contact_record))]


def ask(hall: Any, clerk: str, ids: list[str]) -> list[Any]:
    """Ask as a clerk with a session."""
    hashed = token_hash(f"session-{clerk}")
    hall.storage.write(
        lambda connection: clerks.add_session(connection, HALL, hashed, number=clerk, device=None, expires_ms=FAR)
    )
    caller = hall.service.authenticate(f"session-{clerk}")
    return contact_records_for(hall.service.context, caller, HALL, WantContacts(contact_ids=ids)).records


@pytest.fixture
def counters(hall: Any) -> tuple[Any, Any]:
    """A01 with clerk 0301, A02 with clerk 0302; 0303 sits at A03."""
    for window, clerk in (("A01", "0301"), ("A02", "0302"), ("A03", "0303")):
        profile = Profile(clerk, "王某", "D-SJ", ("clerk",), (window,), ("ITM-01",))
        provision.add_clerk(hall.storage, profile, HALL, password=None)
    return hall.counter("A01", clerk="0301", incarnation="one"), hall.counter("A02", clerk="0302", incarnation="two")


def test_it_is_sealed_and_given_to_whom_it_concerns(hall: Any, counters: Any) -> None:
    assert register(counters[0]) == [("applied", None)]
    (sealed,) = kept(hall)
    assert "陈某某".encode() not in sealed
    assert [each["no"] for each in ask(hall, "0302", ["contact-1", "unknown"])] == [NUMBER]
    assert ask(hall, "0303", ["contact-1"]) == [], "a window that has nothing to do with it"
    with pytest.raises(Refused, match="malformed"):
        ask(hall, "0301", [])


def test_closed_it_is_forgotten_and_asks_nobody(hall: Any, counters: Any) -> None:
    register(counters[0])
    assert close(counters[1], number="SW20261123-0001-0002") == [("rejected", "malformed_payload")]
    assert close(counters[1], outcome="nothing") == [("rejected", "malformed_payload")]
    assert close(counters[1]) == [("applied", None)]
    assert kept(hall) == []
    (row,) = hall.server("A01").snapshot(HALL).tables["contact"]
    assert (row["state"], row["clerk"]) == ("closed", "0301")
    assert close(counters[0]) == [("conflict", "illegal_transition")], "the other window was first"


@pytest.mark.parametrize("change", [{"channel": "fax"}, {"page": "all"}, {"topic": "长" * 201}])
def test_what_is_no_contact_is_refused_whole(hall: Any, counters: Any, change: dict[str, Any]) -> None:
    assert register(counters[0], **change) == [("rejected", "malformed_payload")]
    assert kept(hall) == []


def test_a_counter_of_before_registers_without_a_page(hall: Any, counters: Any) -> None:
    assert register(counters[0], page=None) == [("applied", None)]
    assert kept(hall) == []
