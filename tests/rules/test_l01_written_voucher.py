"""L01 受理/不予受理书面凭证: no acceptance and no refusal without number, day and seal; the slip is never alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import accept, call, explain, outcome, right
from living_counter import Key, Living
from papers import rows
from pressing import pressed


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"), ticket("A013"))) as opened:
        yield opened


def voucher(counter: Living) -> Any:
    """The sealed original that is owed for the case at the window, as it will print on A4."""
    case = counter.state.issued
    assert case is not None
    with counter.kit.store.read() as view:
        (owed,) = view.originals_of(case.case_id)
        return case, owed, str(view.original_paper(owed.original_id))


def sealed(words: str) -> bool:
    """Whether the paper has a place for the seal."""
    return "'seal'" in words.lower() or "专用章" in words


def test_l01_an_acceptance_has_number_day_and_seal(counter: Living) -> None:
    """L01: no status 受理 without a document number, date and seal mark."""
    accept(counter)
    case, owed, words = voucher(counter)
    assert case.state.value == "accepted"
    assert (owed.slip, owed.doc_no) == ("SL-05", case.doc_no)
    assert case.doc_no.startswith("示食许受〔2026〕")
    assert (case.doc_no in words, "2026年11月23日" in words, sealed(words)) == (True, True, True)
    assert len(rows(counter.kit, "SELECT 1 FROM print_job")) == 1, "and the citizen has the slip at once"


def test_l01_a_refusal_has_number_day_and_seal(counter: Living) -> None:
    """L01: no status 不予受理 without a document number, date and seal mark."""
    call(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_F11, Key.Key_1, Key.Key_Tab)
    explain("只卖预包装食品，备案就可以")
    counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)
    counter.press(Key.Key_F11)
    counter.until(lambda: outcome(counter) == "rejected")
    case, owed, words = voucher(counter)
    assert (case.state.value, owed.slip) == ("refused", "SL-07")
    assert (case.doc_no in words, "2026年11月23日" in words, sealed(words)) == (True, True, True)


@pytest.mark.parametrize("change", [{"doc_no": None}, {"doc_no": ""}, {"accepted_on": ""}])
def test_l01_the_server_takes_no_acceptance_without_them(desk_for: Any, change: Any) -> None:
    """A changed client leaves number or day out, signs, and is not believed."""
    desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.take_in()
    payload = {**desk.payload(case), **change}
    desk.sync()
    payload |= {"case_id": f"own-{case.case_id}", "rating_token": case.rating_token[::-1]}
    said = desk.say_of("case.accepted", "case", payload["case_id"], payload)
    assert said[-1] == ("rejected", "not_as_published")
