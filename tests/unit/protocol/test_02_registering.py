"""Section 2: registering and signing."""

from dataclasses import replace
from typing import Any

import pytest
from answers import day_opened, snapshot
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.requests import PullPage, Register, TakeSnapshot
from sync.client.session import Session
from sync.protocol.interface import Refused
from sync.protocol.messages import Registration


def test_a_registration_number_is_given_once_and_kept(hall: Any) -> None:
    """2.1 The same store gets the same number again, and no number is given twice."""
    first, again, other = hall.counter("A01"), hall.counter("A01"), hall.counter("A02")
    assert (first.number, again.number, other.number) == ("0001", "0001", "0002")


def test_a_reinstalled_counter_gets_a_new_number(hall: Any) -> None:
    """2.2 A store made anew gets another number."""
    hall.counter("A01")
    assert hall.counter("A01", incarnation="store-2").number == "0002"


def test_two_stores_may_not_claim_one_incarnation(hall: Any) -> None:
    """2.3 Another key is a fork."""
    hall.counter("A01")
    with pytest.raises(Refused, match="fork"):
        hall.counter("A01", key=Ed25519PrivateKey.from_private_bytes(b"o" * 32))


def test_a_foreign_signature_refuses_the_push_and_changes_nothing(hall: Any) -> None:
    """2.4 A foreign signature refuses the push and changes nothing."""
    counter = hall.counter("A01")
    operation = day_opened(counter)
    with pytest.raises(Refused, match="malformed"):
        counter.push(replace(operation, signature="0" * 128))
    assert counter.push(operation).acked_seq == 1


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"business_date": "2026-11-24"}},
        {"device": "B01"},
        {"hall": "9902"},
        {"entity_id": "a\u0000b"},
        {"kind": "Day Opened"},
        {"signature": "x"},
    ],
)
def test_what_does_not_fit_its_hash_or_its_sender_is_malformed(lone_hall: Any, change: dict[str, Any]) -> None:
    """2.5 What does not fit its hash, its sender or its place is malformed."""
    counter = lone_hall.counter("A01")
    with pytest.raises(Refused, match="malformed"):
        counter.push(replace(day_opened(counter), **change))


def test_a_float_has_no_canonical_form(lone_hall: Any) -> None:
    """2.5 The canonical form has no fractions."""
    counter = lone_hall.counter("A01")
    operation = day_opened(counter)
    with pytest.raises(Refused, match="malformed"):
        counter.push(replace(operation, extra={"x": 0.5}))


def test_a_new_counter_registers_takes_a_snapshot_and_pulls(bare_kit: Any) -> None:
    """2.6 A counter registers, takes a snapshot, and pulls."""
    session = Session(bare_kit.replica, bare_kit.clock, "ab" * 32)
    first = session.next()
    assert isinstance(first, Register)
    assert first.message.incarnation == bare_kit.replica.incarnation()
    given = Registration(
        device="d", counter="0007", centre="9901", hall="9901", window="A03", server_incarnation="server-1"
    )
    session.answered(first, given)
    assert bare_kit.replica.counter().counter == "0007"
    second = session.next()
    assert second == TakeSnapshot("9901")
    session.answered(second, snapshot(cursor=12))
    assert session.next() == PullPage("9901", 12)
