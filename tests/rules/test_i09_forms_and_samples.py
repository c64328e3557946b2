"""I09 范本与式样: whoever publishes is told what is lacking; at the window a form comes out with two keys, free."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ending_hands import CARD
from living_counter import Key, Living
from pressing import pressed
from published_hall import changed, item
from PySide6.QtCore import Qt
from thermal_paper import printed_papers

from app.storage.form_files import load_forms

FORMS = {"空白表": "blank", "样表": "sample"}
CTRL = Qt.KeyboardModifier.ControlModifier


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


def choosing(counter: Living) -> None:
    """A citizen sits here for the food licence."""
    counter.presenter._parts = replace(counter.parts, forms=load_forms)
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    counter.press(Key.Key_2)


def test_i09_blank_form_and_sample_print_with_two_keys_and_nobody_counts_them(counter: Living) -> None:
    """I09: open or print in ≤2 clicks; printing a form is never charged or counted: no operation says so."""
    choosing(counter)
    before = [each.kind for each in counter.kit.operations()]
    pressed_before = counter.keys
    counter.press(Key.Key_F, modifier=CTRL)
    counter.press(Key.Key_1)
    assert counter.keys - pressed_before == 2
    assert counter.state.message == "form_queued"
    counter.press(Key.Key_F, modifier=CTRL)
    counter.press(Key.Key_2)
    blank, sample = printed_papers(counter.kit.database, counter.until)
    assert blank.startswith("食品经营许可证申请书（空白表，免费领取）")
    assert "示范县某某小吃店" not in blank
    assert sample.startswith("食品经营许可证申请书（样表，照着填")
    assert "示范县某某小吃店" in sample
    assert [each.kind for each in counter.kit.operations()] == before
    with counter.kit.store.read() as view:
        assert view.open_visit().case_id is None


def test_i09_a_file_that_was_changed_does_not_print(counter: Living) -> None:
    """What comes out is what was published: by the hash that the version names."""
    choosing(counter)
    other = {name: replace(each, sha256="0" * 64) for name, each in load_forms().items()}
    counter.presenter._parts = replace(counter.parts, forms=lambda: other)
    counter.press(Key.Key_F, modifier=CTRL)
    counter.press(Key.Key_1)
    assert counter.state.message == "other_form_file"
    assert counter.kit.spool.next_queued() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda refs: refs["M1"]["blank"].update(sha256="0" * 64),
        lambda refs: refs["M1"]["blank"].update(file="nowhere.tpl"),
        lambda refs: refs.update(M9={"blank": refs["M1"]["blank"]}),
    ],
)
def test_i09_a_version_names_only_files_that_are_there(catalogue_hall: Any, change: Any) -> None:
    """A hash of another file, a file that is nowhere, a form of no material of the item: not published."""
    answer = catalogue_hall.submit(changed(lambda document: change(item(document, "ITM-02")["form_files"])))
    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["problems"]] == ["gate_form_file"]
