"""What windows report of scanned copies: kept when it makes sense, parked when it does not."""

from typing import Any

import pytest

SAID = {"visit_id": "visit-1", "material_id": "M-1", "kind": "pdf", "size": 1234, "sha256": "0a" * 32}


def attached(counter: Any, *, entity: str = "copy", **changes: Any) -> Any:
    return counter.operation("copy.attached", entity, "copy-1", {**SAID, **changes})


def test_a_copy_is_recorded(hall: Any) -> None:
    counter = hall.counter("A01")
    assert counter.push(attached(counter)).results[0].status == "applied"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "exe"},
        {"size": 0},
        {"size": 1 << 40},
        {"sha256": "0A" * 32},
        {"sha256": "0a"},
        {"visit_id": ""},
        {"material_id": "x" * 65},
        {"entity": "case"},
    ],
)
def test_nonsense_is_parked(hall: Any, wrong: dict[str, Any]) -> None:
    counter = hall.counter("A01")
    result = counter.push(attached(counter, **wrong)).results[0]
    assert (result.status, result.reason) == ("rejected", "malformed_payload")
