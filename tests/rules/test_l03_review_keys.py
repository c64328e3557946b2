"""L03 by the reviewer's keys: F6, days and reason, then number and password of who may approve."""

from collections.abc import Iterator
from typing import Any

import pytest
from office import Office, opened_office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from review_hands import ENTER, F2, review_desk

from app.domain.person import Person

F6 = Qt.Key.Key_F6


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def test_l03_extended_by_keys_with_the_word_of_two(office: Office, citizen: Person, qtbot: Any) -> None:
    """Second extension refused; extension without approver refused."""
    window, department = office.place("A03", "0302"), office.place("R01", "0401")
    case_id = window.accept(citizen).case_id
    assert department.sync().case(case_id).statutory_due == "2026-12-07"
    with review_desk(department, qtbot) as desk:
        desk.press(F2)

        def ask(why: str, who: str, password: str) -> str:
            desk.press(F6).write(why).press(ENTER).write(who).press(ENTER)
            line = QApplication.focusWidget()
            assert isinstance(line, QLineEdit)
            assert line.echoMode() is QLineEdit.EchoMode.Password
            desk.write(password).press(ENTER)
            return desk.presenter.state.message

        assert ask("5 等待结论", "0901", "1234") == "wrong_password"
        assert ask("5 等待结论", "0401", "0401") == "clock_approver_is_clerk"
        assert ask("5 等待结论", "0302", "0302") == "clock_approver_needed"
        assert ask("6 等待结论", "0901", "0901") == "clock_extension_too_long"
        assert ask("5", "0901", "0901") == "clock_reason_needed"
        assert department.case(case_id).statutory_due == "2026-12-07"
        assert ask("5 等待结论", "0901", "0901") == ""
        desk.press(F6)
        assert desk.presenter.state.ask is None
    department.sync()
    assert window.sync().case(case_id).statutory_due == department.case(case_id).statutory_due == "2026-12-14"
    assert department.parked() == []
