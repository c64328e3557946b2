"""What windows report of their shifts: paused windows are known, handovers are kept and checked."""

from typing import Any

import pytest

from sync.server.storage import pauses

MINUTE = 60_000


@pytest.fixture
def counter(hall: Any) -> Any:
    return hall.counter("A01")


def paused(counter: Any, minutes: int = 15, **changes: Any) -> Any:
    since = counter.clock.now_ms()
    said = {"reason": "meal", "minutes": minutes, "since_ms": since, "until_ms": since + minutes * MINUTE, "text": ""}
    return counter.operation("window.paused", "window", counter.window, {**said, **changes})


def signs(storage: Any) -> Any:
    return storage.read(lambda connection: pauses.paused(connection, "9901"))


def test_a_paused_window_is_known_until_it_is_back(storage: Any, counter: Any) -> None:
    op = paused(counter)
    assert counter.push(op).results[0].status == "applied"
    sign = signs(storage)[counter.window]
    assert (sign.pause_reason, sign.paused_until) == ("meal", op.payload["until_ms"])
    back = {**{k: op.payload[k] for k in ("reason", "since_ms", "until_ms")}, "ended_ms": counter.clock.now_ms()}
    resumed = counter.operation("window.resumed", "window", counter.window, back)
    assert counter.push(resumed).results[0].status == "applied"
    assert signs(storage) == {}


@pytest.mark.parametrize("changes", [{"minutes": 0}, {"minutes": 9999}, {"reason": "tired"}, {"until_ms": 1}])
def test_a_sign_that_says_nonsense_is_parked(storage: Any, counter: Any, changes: dict[str, Any]) -> None:
    result = counter.push(paused(counter, **changes)).results[0]
    assert (result.status, result.reason) == ("rejected", "malformed_payload")
    assert signs(storage) == {}


def handed(counter: Any, owner: str = "0301", **changes: Any) -> Any:
    entry = {"kind": "case", "entity_id": "c1", "number": "9901-0001-20261123-0001-2", "item": "", "due": None}
    said = {
        "window": counter.window,
        "at_ms": counter.clock.now_ms(),
        "from": counter.clerk,
        "to": owner,
        "figures": {"accepted": 3},
        "entries": [{**entry, "owner": owner, "note": ""}],
        "stock": {},
    }
    return counter.operation("shift.handed_over", "shift", "JJ20261123-0001-01", {**said, **changes})


def test_a_handover_is_kept(counter: Any) -> None:
    assert counter.push(handed(counter)).results[0].status == "applied"


@pytest.mark.parametrize("wrong", [{"owner": "9999"}, {"window": "B01"}, {"entries": "all"}])
def test_a_handover_to_nobody_or_from_elsewhere_is_parked(counter: Any, wrong: dict[str, Any]) -> None:
    assert counter.push(handed(counter, **wrong)).results[0].reason == "malformed_payload"
