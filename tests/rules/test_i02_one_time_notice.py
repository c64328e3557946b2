"""I02 一次性告知: the answers decide the list, the published version words it, and nobody adds to it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import CARD, at_window
from living_counter import Key, Living
from papers import paper_of, words_of
from pressing import pressed

GUARDIAN = "法定监护人证明"
MENTAL, MINOR = (Key.Key_5, Key.Key_6), Key.Key_2


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window B01, which does 残疾人证新办: three situations, one material that depends on two of them."""
    at_window(kit, "B01")
    waiting = queue(*(ticket(f"B{n:03}") for n in range(12, 17)))
    with pressed(qtbot, kit, clerk, waiting, "B01") as opened:
        yield opened


def answered(counter: Living, *answers: Key) -> None:
    """The next citizen is called, seated, and has answered the questions of the item."""
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    counter.press(Key.Key_5, *answers)


def told(counter: Living, *answers: Key) -> Any:
    """The whole list for these answers, given to the next citizen."""
    answered(counter, *answers)
    counter.press(Key.Key_F9)
    paper = paper_of(counter)
    counter.printed()
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    counter.kit.clock.advance(1)
    return paper


def test_i02_the_same_answers_under_the_same_version_are_the_same_paper(counter: Living) -> None:
    """I02: same answers + same version = byte-identical slip, but for its own number and rating code."""
    papers = [told(counter, Key.Key_1, Key.Key_1, Key.Key_1) for _ in range(2)]
    issued = [each.payload for each in counter.kit.operations() if each.kind == "notice.issued"]
    assert issued[0]["number"] != issued[1]["number"]
    texts = [json.dumps(each, ensure_ascii=False) for each in papers]
    bare = [
        text.replace(own["number"], "").replace(own["rating_token"], "").encode()
        for text, own in zip(texts, issued, strict=True)
    ]
    assert bare[0] == bare[1]
    assert "ITM-09v1" in words_of(papers[0])


def test_i02_a_conditional_material_stands_there_exactly_when_its_condition_holds(counter: Living) -> None:
    """I02: every conditional material appears iff its condition is true."""
    one = Key.Key_1
    for kind, minor, due in ((one, one, False), (MENTAL[0], one, True), (MENTAL[1], one, True), (one, MINOR, True)):
        paper = words_of(told(counter, kind, minor, one))
        assert (GUARDIAN in paper) is due, (kind, minor)


def test_i02_a_clerk_adds_no_material_to_the_list(counter: Living) -> None:
    """I02: a clerk cannot type in a material that is not in the version."""
    answered(counter, Key.Key_1, Key.Key_1, Key.Key_1)
    counter.press(Key.Key_9, Key.Key_4)
    card = counter.state.card
    assert card is not None
    assert dict(card.marks) == {}
    ids = [each.line.material.id for each in card.materials.states()]
    assert ids == ["M1", "M2", "M3"]
    counter.press(Key.Key_2, Key.Key_Plus, Key.Key_F9)
    counter.until(lambda: counter.state.issued is not None)
    assert counter.state.issued is not None
    assert {each["material"] for each in counter.state.issued.notice["lines"]} <= set(ids)
