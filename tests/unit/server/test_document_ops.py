"""What windows report of their sealed originals: kept when it makes sense, parked when it does not."""

from typing import Any

import pytest


@pytest.fixture
def counter(hall: Any) -> Any:
    return hall.counter("A01")


def document(counter: Any, kind: str, **changes: Any) -> Any:
    said = {"case_id": "case-1", "slip": "SL-05", "doc_no": "示食许受〔2026〕0001-0001号", "copies": 2}
    more = {"reprint": 0} if kind == "document.printed" else {"sealed_ms": counter.clock.now_ms()}
    return counter.operation(kind, changes.pop("entity", "document"), "original-1", {**said, **more, **changes})


def test_an_original_is_printed_and_sealed(counter: Any) -> None:
    acts = (counter.accepted(), document(counter, "document.printed"), document(counter, "document.sealed"))
    assert [each.status for each in counter.push(*acts).results] == ["applied"] * 3


def test_a_seal_on_a_paper_whose_case_is_parked_is_kept_all_the_same(counter: Any) -> None:
    assert counter.push(document(counter, "document.sealed", case_id="never-heard-of")).results[0].status == "applied"


@pytest.mark.parametrize(
    "wrong",
    [{"slip": "SL-5"}, {"copies": 0}, {"copies": 99}, {"doc_no": ""}, {"doc_no": "x" * 65}, {"entity": "case"}],
)
@pytest.mark.parametrize("kind", ["document.printed", "document.sealed"])
def test_nonsense_is_parked(counter: Any, kind: str, wrong: dict[str, Any]) -> None:
    result = counter.push(document(counter, kind, **wrong)).results[0]
    assert (result.status, result.reason) == ("rejected", "malformed_payload")


def test_a_counter_speaks_of_papers_of_its_own_cases(hall: Any, counter: Any) -> None:
    counter.push(counter.accepted())
    other = hall.counter("A02")
    assert other.push(document(other, "document.sealed")).results[0].reason == "malformed_payload"
