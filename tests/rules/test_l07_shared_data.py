"""L07 清单外不得索要；共享的不得再要: what the centre can verify itself is asked of nobody, unless that failed."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import CARD
from living_counter import Key, Living
from pressing import pressed

from app.domain.work.materials import Verdict


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window A01, food licence: its second material, the business licence, is shared."""
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        opened.press(Key.Key_F2)
        opened.lay(CARD)
        opened.until(lambda: opened.state.card is not None and opened.state.card.applicant is not None)
        opened.press(Key.Key_2, Key.Key_Return)
        yield opened


def shared(counter: Living) -> Any:
    card = counter.state.card
    assert card is not None
    return next(each for each in card.materials.states() if each.line.material.id == "M2")


def test_l07_a_shared_material_is_not_missing(counter: Living) -> None:
    """L07: ticking a share=true material as missing is refused."""
    assert (shared(counter).line.exempt, shared(counter).mark.verdict) == (True, Verdict.EXEMPT)
    counter.press(Key.Key_2)
    assert counter.state.message == "shared_material"
    assert shared(counter).mark.verdict is Verdict.EXEMPT
    counter.press(Key.Key_Minus)
    assert shared(counter).mark.verdict is Verdict.EXEMPT


def test_l07_unless_the_check_failed_and_that_is_recorded(counter: Living) -> None:
    """L07: … unless 核验失败 is recorded: it stands in the case, and the notice asks for the material."""
    counter.press(Key.Key_2, Key.Key_Period)
    mark = shared(counter).mark
    assert (mark.verdict, mark.check_failed) == (Verdict.MISSING, True)
    view = counter.window._view
    assert view is not None
    assert "联网核验失败，请群众交" in view.centre.sections[2].body.rows[1].hint
    counter.press(Key.Key_Period)
    assert shared(counter).mark.verdict is Verdict.EXEMPT, "pressed again it is taken back"
    counter.press(Key.Key_2, Key.Key_Period, Key.Key_Plus, Key.Key_F9)
    counter.until(lambda: counter.state.issued is not None)
    case = counter.state.issued
    assert case is not None
    assert [each["material"] for each in case.notice["lines"]] == ["M2"]
    told = counter.kit.operations()[-1].payload
    assert told["verdicts"]["M2"] == {"verdict": "missing", "reason": "", "check_failed": True}


def test_l07_a_line_that_is_not_shared_has_no_such_key(counter: Living) -> None:
    """The key records a failed check of shared data alone."""
    counter.press(Key.Key_3, Key.Key_3, Key.Key_Period)
    card = counter.state.card
    assert card is not None
    assert "M3" not in card.marks
