"""L10 容缺受理: what was deferred has to come before the result."""

from typing import Any

from office import opened_office
from PySide6.QtCore import Qt
from review_hands import ENTER, F2, F9, F10, review_desk

from app.domain.case import CaseState
from app.domain.person import Person
from app.domain.work.card import WorkCard
from app.domain.work.materials import Verdict

F7, F8 = Qt.Key.Key_F7, Qt.Key.Key_F8


def ill(card: WorkCard) -> WorkCard:
    """Somebody of the family is ill, and the bills come later."""
    return card.answer(1).answer(2).answer(1).mark("M6", Verdict.DEFERRED)


def test_l10_no_result_before_what_was_deferred_came(citizen: Person, qtbot: Any) -> None:
    """Main material missing → option hidden; overdue → ends with reasons: here, no result before completion."""
    with opened_office() as office:
        case = office.place("B01", "0311").accept(citizen, "ITM-07", ill)
        assert case.deferred is not None
        department = office.place("R01", "0403")
        with review_desk(department, qtbot) as desk:
            desk.press(F9, F2, F7).write("示范市民政局").press(ENTER)
            for words in ("已受理", "已办结"):
                desk.press(F7, "2").write(words).press(ENTER)
            desk.press(F7, "2").write("示民低〔2026〕3号 2026-11-23 示范市民政局").press(ENTER).write("无").press(ENTER)
            desk.press(F10, ENTER)
            assert desk.presenter.state.message == "deferred_open"
            desk.press(F8)
            assert "已补齐" in desk.message
            desk.press(F10, ENTER)
        department.sync()
        granted = department.case(case.case_id)
        assert (granted.state, granted.deferred) == (CaseState.GRANTED, None)
        assert granted.verdicts["M6"]["verdict"] == Verdict.OK
