"""L10 容缺受理: only a secondary material may come later, by a day that is never after the promised one, promised."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from ending_hands import CARD, at_window
from living_counter import Key, Living
from papers import paper_of, words_of
from pressing import pressed
from published_hall import DEMO
from thermal_paper import printed_papers

from app.domain.work.materials import Verdict


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window A07: of the road licence one material may come later."""
    at_window(kit, "A07")
    with pressed(qtbot, kit, clerk, queue(ticket("F012")), "A07") as opened:
        opened.press(Key.Key_F2)
        opened.lay(CARD)
        opened.until(lambda: opened.state.card is not None and opened.state.card.applicant is not None)
        opened.press(Key.Key_Return, Key.Key_Return)
        yield opened


def rows(counter: Living) -> Any:
    view = counter.window._view
    assert view is not None
    return view.centre.sections[2].body.rows


def test_l10_a_main_material_is_not_offered_to_come_later(counter: Living) -> None:
    """L10: main material missing → option hidden, and its key does nothing."""
    assert counter.state.card is not None
    offered = [any(each.verdict is Verdict.DEFERRED for each in row.choices) for row in rows(counter)]
    published = [each.line.material.deferrable for each in counter.state.card.materials.states()]
    assert offered == published
    assert sum(offered) == 1
    counter.press(Key.Key_Asterisk)
    assert counter.state.card is not None
    assert Verdict.DEFERRED not in {mark.verdict for mark in counter.state.card.marks.values()}


def filled(field: Any) -> str:
    """What this field takes."""
    if field.name == "phone":
        return "15400000001"
    if field.check:
        return str(DEMO["departments"][0]["uscc"])
    return "5" if field.pattern else field.options[0] if field.options else "某某"


def deferred(counter: Living) -> Any:
    """All is there but the line that may come later; the citizen is accepted."""
    while counter.focus != "work_mat_row__4":
        counter.press(Key.Key_Down)
    counter.press(Key.Key_Asterisk, Key.Key_Plus)
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for field in card.form.to_fill():
        counter.write(filled(field))
        counter.press(Key.Key_Return)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    return counter.state.issued


def test_l10_the_day_it_has_to_come_is_no_later_than_the_promised_one(counter: Living) -> None:
    """L10: the supplement date is ≤ the promised date, and stands on the paper."""
    case = deferred(counter)
    assert case.state.value == "accepted"
    ((material, by),) = case.deferred.items()
    assert material == "M4"
    assert case.accepted_on < by <= case.promised_due
    day = date.fromisoformat(by)
    assert f"{day.year}年{day.month}月{day.day}日" in words_of(paper_of(counter))


def test_l10_the_applicant_promises_on_paper_what_comes_later(counter: Living) -> None:
    """L10: applicant's promise, SL-16: it comes out of the printer before the acceptance notice, and is signed."""
    case = deferred(counter)
    view = counter.window._view
    assert view is not None
    assert "5 件齐" not in str(view.centre.sections[2].summary)
    assert "1 件容缺" in str(view.centre.sections[2].summary)
    promise, notice = printed_papers(counter.kit.database, counter.until)
    said = (
        "容缺受理告知书",
        "示运许容缺〔2026〕0003-0001号",
        "陈某某",
        case.case_no,
        "从业资格证复印件（复印件1份），最迟",
        "到期没有补齐或者补的材料不符合要求的，终止本次办理，材料退还。",
        "申请人承诺：上述情况属实，在承诺的期限内补齐材料",
        "申请人（代理人）承诺签名：",
    )
    assert [each for each in said if each not in promise] == []
    day = date.fromisoformat(case.deferred["M4"])
    assert f"最迟{day.year}年{day.month}月{day.day}日到A07窗口补齐" in promise
    assert notice.startswith("受理通知书")
    with counter.kit.store.read() as view:
        owed = [(each.slip, each.doc_no) for each in view.originals_of(case.case_id)]
    assert owed == [("SL-16", "示运许容缺〔2026〕0003-0001号"), ("SL-05", case.doc_no)]
    (accepted,) = [each for each in counter.kit.operations() if each.kind == "case.accepted"]
    assert accepted.payload["promise"] == {"slip": "SL-16", "doc_no": "示运许容缺〔2026〕0003-0001号"}


def test_l10_whoever_brings_everything_promises_nothing(counter: Living) -> None:
    """Where nothing comes later the acceptance notice comes out alone."""
    counter.press(Key.Key_Plus)
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for field in card.form.to_fill():
        counter.write(filled(field))
        counter.press(Key.Key_Return)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    assert counter.state.issued is not None
    with counter.kit.store.read() as view:
        assert [each.slip for each in view.print_jobs_of(counter.state.issued.case_id)] == ["SL-05"]
