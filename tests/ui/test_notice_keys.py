"""F9 and the way back in the living window, key by key as flows.md sections 2, 3, 5 and 22 count them."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import CARD, at_window, right
from living_counter import Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.visit import Outcome, VisitState
from app.domain.work.materials import Verdict
from ui.intents import PresentPaper

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def waiting(queue: Any, ticket: Any) -> Any:
    """Who waits for each window; a test asks one of them."""
    return {
        "B01": queue(ticket("B012"), ticket("B013"), ticket("B014")),
        "D02": queue(ticket("H012")),
        "A07": queue(ticket("F012")),
    }


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, waiting: Any) -> Iterator[Living]:
    """Window B01, which does 残疾人证新办: three situations, two papers to bring."""
    at_window(kit, "B01")
    with living(qtbot, clock, kit, everywhere(clerk), authority=waiting["B01"], number="B01") as counter:
        yield counter


@pytest.fixture
def helper(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, waiting: Any) -> Iterator[Living]:
    """Window D02, which takes papers in and accepts nothing."""
    at_window(kit, "D02")
    with living(qtbot, clock, kit, everywhere(clerk), authority=waiting["D02"], number="D02") as counter:
        yield counter


@pytest.fixture
def carrier(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, waiting: Any) -> Iterator[Living]:
    """Window A07, where one material of the road licence may come later."""
    at_window(kit, "A07")
    with living(qtbot, clock, kit, everywhere(clerk), authority=waiting["A07"], number="A07") as counter:
        yield counter


def call(counter: Living) -> None:
    """F2 and the card; the item of the ticket; three situations."""
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    counter.press(Key.Key_5)
    counter.press(Key.Key_1, Key.Key_1, Key.Key_1)


def key(counter: Living, name: str) -> str:
    cap = counter.window.findChild(QWidget, f"key_{name}")
    assert cap is not None
    return str(cap.property("state"))


def told(counter: Living) -> Any:
    case = counter.state.issued
    assert case is not None
    assert case.notice is not None
    return case.notice["lines"]


def notice(counter: Living, *lines: Qt.Key) -> None:
    """Mark lines as missing, all others are there, print, and the citizen leaves."""
    counter.press(*lines)
    counter.press(Key.Key_Plus, Key.Key_F9)
    counter.printed()
    counter.press(Key.Key_F12)


def test_a_notice_with_two_missing_is_ten_keys(counter: Living) -> None:
    call(counter)
    notice(counter, Key.Key_2, Key.Key_3)
    assert counter.keys == 10
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
        assert view.open_visit() is None
    assert [each["material"] for each in case.notice["lines"]] == ["M2", "M3"]
    assert counter.kit.operations()[-1].payload["outcome"] == Outcome.NOTICED


def test_a_notice_with_one_missing_is_nine_keys(counter: Living) -> None:
    call(counter)
    notice(counter, Key.Key_3)
    assert counter.keys == 9
    with counter.kit.store.read() as view:
        assert len(view.noticed_cases()) == 1


def test_back_with_the_papers_is_three_keys(counter: Living) -> None:
    call(counter)
    notice(counter, Key.Key_2, Key.Key_3)
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
    counter.window.intent.emit(paper(case.case_no))
    counter.until(lambda: counter.state.visit is not None)
    assert counter.window.property("currentSection") == 3
    assert counter.focus == "work_mat_row__2"
    counter.keys = 0
    counter.press(Key.Key_Plus, Key.Key_F10)
    assert counter.state.issued is not None
    assert (counter.state.issued.case_no, counter.state.issued.state) == (case.case_no, CaseState.ACCEPTED)
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 3


def paper(number: str) -> Any:
    return PresentPaper(f"ZW1:{number}")


def test_the_number_of_a_notice_may_be_typed_where_a_ticket_is(counter: Living) -> None:
    call(counter)
    notice(counter, Key.Key_2)
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
    counter.press(Key.Key_F2, modifier=SHIFT)
    counter.write(case.case_no)
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.card is not None and counter.state.card.supplement is not None)
    counter.press(Key.Key_3)
    assert counter.state.message == "not_in_notice"
    assert counter.state.card is not None
    assert counter.state.card.marks["M3"].verdict is Verdict.OK


def test_a_number_that_is_no_open_notice_is_said_in_the_field(counter: Living) -> None:
    counter.press(Key.Key_F2, modifier=SHIFT)
    counter.write("9901-0003-20261123-0099-1")
    counter.press(Key.Key_Return)
    assert counter.state.entry_error == "unknown_notice"
    assert counter.state.visit is None


def test_whoever_owes_papers_is_shown_their_case_by_their_card(counter: Living) -> None:
    call(counter)
    notice(counter, Key.Key_2)
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.supplement is not None)
    assert counter.window.property("currentSection") == 3
    counter.press(Key.Key_Z, modifier=CTRL)
    assert counter.state.card is not None
    assert (counter.state.card.item, counter.state.card.supplement) == (None, None)
    assert counter.state.card.applicant is not None


def test_f9_waits_until_every_line_has_a_verdict(counter: Living) -> None:
    call(counter)
    assert key(counter, "F9") == "normal"
    assert right(counter).tag.text == "将出：受理通知书"
    counter.press(Key.Key_2)
    assert key(counter, "F9") == "disabled"
    assert right(counter).tag.text == "将出：一次性告知单"
    assert right(counter).primary.action == "act_notice"
    assert not right(counter).primary.enabled
    counter.press(Key.Key_Plus)
    assert (key(counter, "F9"), key(counter, "F10")) == ("primary", "disabled")
    assert right(counter).primary.enabled
    assert right(counter).after.title == "按 F9 以后"


def test_the_arrows_turn_the_reason_of_the_line_just_marked(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_2)
    assert counter.focus == "work_mat_short__2"
    counter.press(Key.Key_Right)
    assert counter.state.card is not None
    published = counter.state.card.item.material("M2").defects[0]
    assert counter.state.card.marks["M2"].reason == published.what
    words = counter.window.findChild(QLineEdit, "work_mat_words__2")
    assert words is not None
    assert words.text() == published.fix
    counter.press(Key.Key_Left)
    assert counter.state.card.marks["M2"].verdict is Verdict.MISSING
    counter.press(Key.Key_2)
    assert "M2" not in counter.state.card.marks


def test_tab_leads_to_own_words_about_a_listed_material(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_2, Key.Key_Tab)
    assert counter.focus == "work_mat_words__2"
    counter.write("照片是黑白的")
    counter.press(Key.Key_Return, Key.Key_Plus, Key.Key_F9)
    assert told(counter) == [
        {"material": "M2", "verdict": "defective", "what": "照片是黑白的", "fix": told(counter)[0]["fix"]}
    ]
    assert told(counter)[0]["fix"].startswith("改正后交")


def test_before_any_verdict_f9_prints_the_whole_list(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_F9)
    assert counter.state.visit is not None
    assert (counter.state.visit.state, counter.state.visit.outcome) == (VisitState.ISSUED, Outcome.INFORMED)
    assert counter.window.property("outcome") == "noticed"
    summary = counter.window.findChild(QLabel, "work_sec_summary__3")
    assert summary is not None
    assert summary.text().startswith("共 3 件，2 件没核对")
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 7
    assert counter.state.visit is None


def test_a_window_that_may_not_accept_takes_papers_in(helper: Living) -> None:
    helper.press(Key.Key_F2)
    helper.lay(CARD)
    helper.until(lambda: helper.state.card is not None and helper.state.card.applicant is not None)
    helper.letters("cjrzxb")
    helper.until(lambda: helper.state.item_index is not None)
    helper.press(Key.Key_Return)
    helper.press(Key.Key_1, Key.Key_1, Key.Key_1, Key.Key_Plus)
    assert right(helper).kind == "收件凭证"
    helper.press(Key.Key_F10)
    assert helper.state.issued is not None
    assert (helper.state.issued.state, helper.state.issued.notice_due) == (CaseState.RECEIVED, "2026-11-30")
    assert helper.window.property("outcome") == "received"


def test_a_star_defers_a_line_that_may_come_later_and_no_other(carrier: Living) -> None:
    carrier.press(Key.Key_F2)
    carrier.lay(CARD)
    carrier.until(lambda: carrier.state.card is not None and carrier.state.card.applicant is not None)
    carrier.press(Key.Key_Return, Key.Key_Return, Key.Key_Asterisk)
    assert carrier.state.card is not None
    assert all(mark.verdict is not Verdict.DEFERRED for mark in carrier.state.card.marks.values())
    while carrier.focus != "work_mat_row__4":
        carrier.press(Key.Key_Down)
    carrier.press(Key.Key_Asterisk)
    assert carrier.state.card.marks["M4"].verdict is Verdict.DEFERRED
    assert right(carrier).kind == "受理通知书"
