"""Numbers that a window gave out itself while it was cut off: reserved for it, under its next epoch (sync.md 2)."""

from typing import Any

import pytest

from sync.protocol.block_messages import ReserveBlock
from sync.protocol.floor_messages import FenceWindow
from sync.server.service.fence_window import fence_window

HALL, NUMBER = "9901", "W01-001"


@pytest.fixture
def window(hall: Any) -> Any:
    """The counter of A01, which says things of tickets it made."""
    counter = hall.counter("A01")

    def said(kind: str, number: str = NUMBER, *, version: int = 1, by: Any = counter, **more: Any) -> Any:
        payload = {"number": number, "window": by.window, **more}
        operation = by.operation(kind, "ticket", f"own-{number}", payload, kind_version=version)
        [result] = by.push(operation).results
        return result.status, result.reason

    said.counter = counter  # type: ignore[attr-defined]
    return said


def give(window: Any, hall: Any, number: str = NUMBER, **more: Any) -> Any:
    told = {"business": "A", "business_date": "2026-11-23", "issued_ms": hall.clock.now, **more}
    return window("ticket.issued", number, **told)


def row(hall: Any, number: str = NUMBER) -> dict[str, Any]:
    return next(dict(each) for each in hall.server("A01").snapshot(HALL).tables["ticket"] if each["number"] == number)


def test_it_is_reserved_for_its_window_behind_the_block_it_was_granted(hall: Any, window: Any) -> None:
    granted = hall.issue()
    hall.server("A01").reserve_block(HALL, "A01", ReserveBlock(count=1), "b")
    assert give(window, hall) == ("applied", None)
    assert (row(hall)["state"], row(hall)["window"], row(hall)["epoch"]) == ("reserved", "A01", 2)
    assert hall.call("A02") is None, "nobody else calls it"
    assert [hall.call("A01").number for _ in range(2)] == [granted, NUMBER]


def test_its_calls_while_cut_off_are_taken_in_order(hall: Any, window: Any) -> None:
    give(window, hall)
    give(window, hall, "W01-002")
    assert window("ticket.called", version=2, called_ms=hall.clock.now, epoch=None) == ("applied", None)
    assert (row(hall)["state"], row(hall, "W01-002")["state"]) == ("called", "reserved")


def test_it_is_served_by_its_paper_at_another_window(hall: Any, window: Any) -> None:
    give(window, hall)
    other = hall.counter("A02")
    shown = {"number": NUMBER, "window": "A02", "ticket_id": None}
    [result] = other.push(other.operation("ticket.presented", "ticket", NUMBER, shown)).results
    assert (result.status, row(hall)["state"], row(hall)["window"]) == ("applied", "serving", "A02")


def test_given_back_without_the_epoch_it_waits_for_everybody(hall: Any, window: Any) -> None:
    give(window, hall)
    assert window("ticket.released", epoch=None) == ("applied", None)
    assert (row(hall)["state"], row(hall)["window"]) == ("waiting", None)
    assert hall.call("A02").number == NUMBER


def test_the_fence_ends_it_like_every_reservation(hall: Any, window: Any) -> None:
    give(window, hall)
    request = FenceWindow(called=[], epoch=1)
    fence_window(hall.service.context, hall.service.authenticate("token-manager"), HALL, "A01", request, key="f")
    assert row(hall)["state"] == "waiting"
    hall.server("A01").reserve_block(HALL, "A01", ReserveBlock(count=1), "b")
    assert window("ticket.released", epoch=None) == ("applied", None)
    assert row(hall)["state"] == "waiting", "a word without an epoch is about the reservation that stands"


@pytest.mark.parametrize(("number", "changes"), [("A012", {}), ("W02-001", {}), ("W01-000", {})])
def test_only_numbers_of_its_own_series_are_taken(hall: Any, window: Any, number: str, changes: dict[str, Any]) -> None:
    assert give(window, hall, number, **changes) == ("rejected", "malformed_payload")


def test_a_number_that_is_there_is_not_made_again_and_a_clock_ahead_does_not_count(hall: Any, window: Any) -> None:
    give(window, hall, issued_ms=hall.clock.now + 60_000)
    assert row(hall)["issued_ms"] == hall.clock.now
    told = {"number": NUMBER, "window": "A01", "business": "A", "business_date": "2026-11-23", "issued_ms": 1}
    counter = window.counter
    [result] = counter.push(counter.operation("ticket.issued", "ticket", "another-id", told)).results
    assert (result.status, result.reason) == ("conflict", "duplicate_number")
