"""What windows report of their slips: printed again, sent another way, written by hand."""

from typing import Any

import pytest


@pytest.fixture
def counter(hall: Any) -> Any:
    return hall.counter("A01")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("slip.reprinted", {"slip": "SL-05", "reprint": 1, "reason": "clerk_asked"}),
        ("slip.diverted", {"slip": "SL-05", "way": "other", "reason": "printer_paper_out"}),
        ("slip.diverted", {"slip": "SL-05", "way": "a4", "reason": "printer_cutter"}),
        ("slip.handwritten", {"slip": "SL-05", "reason": "printer_paper_out"}),
        ("slip.handwritten", {"slip": "SL-05"}),  # as a counter of before says it
    ],
)
def test_what_became_of_a_slip_is_kept(counter: Any, kind: str, payload: dict[str, Any]) -> None:
    (result,) = counter.push(counter.operation(kind, "case", "case-1", payload)).results
    assert result.status == "applied"


@pytest.mark.parametrize("wrong", [{"way": "fax"}, {"reason": 7}, {"slip": None}])
def test_nonsense_is_parked(counter: Any, wrong: dict[str, Any]) -> None:
    payload = {"slip": "SL-05", "way": "a4", "reason": "printer_cutter", **wrong}
    (result,) = counter.push(counter.operation("slip.diverted", "case", "case-1", payload)).results
    assert (result.status, result.reason) == ("rejected", "malformed_payload")
