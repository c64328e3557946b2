"""I09 范本与式样: whoever publishes is told which forms and samples are lacking; the window says which it has."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import CARD
from living_counter import Key, Living
from pressing import pressed
from published_hall import changed, item

FORMS = {"空白表": "blank", "样表": "sample"}


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def warnings(catalogue_hall: Any, change: Any) -> list[str]:
    """What is said of the food licence's application form when the version is brought in."""
    answer = catalogue_hall.submit(changed(change))
    assert answer.status_code == 201, answer.text
    return [each for each in answer.json()["warnings"] if "“食品经营许可证申请书”" in each]


def test_i09_a_self_made_material_without_form_or_sample_is_warned_of(catalogue_hall: Any) -> None:
    """I09: publishing an item whose 自备 material lacks a blank or sample gives a warning list."""
    assert warnings(catalogue_hall, lambda _: None) == []
    for lacks, key in FORMS.items():

        def take(document: Any, key: str = key) -> None:
            item(document, "ITM-02")["materials"][0]["template"][key] = False

        (warning,) = warnings(catalogue_hall, take)
        assert f"没有{lacks}" in warning
    (both,) = warnings(catalogue_hall, lambda document: item(document, "ITM-02")["materials"][0].pop("template"))
    assert "没有空白表和样表" in both


def test_i09_what_somebody_else_issues_needs_no_form(catalogue_hall: Any) -> None:
    """Only what the citizen makes is asked for: a licence of another organ has no blank form."""
    answer = catalogue_hall.submit(changed(lambda _: None))
    assert not any("“营业执照或者其他主体资格证明”" in each for each in answer.json()["warnings"])


def test_i09_the_window_says_which_forms_it_has_and_charges_for_none(counter: Living) -> None:
    """I09: the line says that blank and sample lie at the window; nothing about a form is charged or counted."""
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    counter.press(Key.Key_2, Key.Key_Return)
    view = counter.window._view
    assert view is not None
    hints = [row.hint for row in view.centre.sections[2].body.rows]
    assert "窗口有空白表和样表" in hints[0]
    assert not any("元" in hint or "收费" in hint for hint in hints)
