"""L04 by the reviewer's keys: F5, the procedure, the days, the printed notice; only then the clock stops."""

from collections.abc import Iterator
from typing import Any

import pytest
from office import Office, opened_office
from PySide6.QtCore import Qt
from review_hands import ENTER, ESC, F2, review_desk

from app.domain.case import CaseState
from app.domain.person import Person

F5 = Qt.Key.Key_F5


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def test_l04_the_clock_stops_by_keys_once_the_notice_is_printed(office: Office, citizen: Person, qtbot: Any) -> None:
    """Suspension without printed notice refused; resumed early, the rest counts again."""
    window, department = office.place("A03", "0302"), office.place("R01", "0401")
    case_id = window.accept(citizen).case_id
    assert department.sync().case(case_id).statutory_due == "2026-12-07"
    with review_desk(department, qtbot) as desk:
        desk.press(F2, F5, "8").write("11-26 ").press(ENTER)
        assert desk.presenter.state.message == "clock_days_unreadable"
        desk.press(F5, "8").write("11-26 12-02").press(ENTER)
        desk.press(F5, "3")
        assert desk.presenter.state.message == "clock_notice_not_printed"
        assert department.case(case_id).state is CaseState.REVIEWING
        desk.press(F5, "1")
        department.print_originals()
        desk.hear().press(F5, "3")
        assert desk.presenter.state.message == ""
        stopped = department.case(case_id)
        assert (stopped.state, stopped.statutory_due) == (CaseState.SUSPENDED, "2026-12-14")
        department.sync()
        assert window.sync().case(case_id).statutory_due == "2026-12-14"
        office.clock.set("2026-11-30")
        desk.press(F5, ESC, F5, ENTER)
    department.sync()
    here = window.sync().case(case_id)
    assert (here.state, here.statutory_due) == (CaseState.REVIEWING, "2026-12-09")
    assert department.parked() == []
