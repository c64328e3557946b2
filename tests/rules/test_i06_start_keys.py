"""I06 by the reviewer's keys: F12, the day of the event a limit starts at and what proves it; then the clock runs."""

from typing import Any

from office import opened_office
from PySide6.QtCore import Qt
from review_hands import ENTER, F2, review_desk

from app.domain.person import Person
from sync.server.service.held_case import held_case

F12 = Qt.Key.Key_F12


def test_i06_the_limit_starts_now_with_its_day_and_its_proof(citizen: Person, qapp: Any, qtbot: Any) -> None:
    """公示期满: no day in the future or before the receipt, no start without proof, and none a second time."""
    with opened_office() as office:
        window, department = office.place("B01", "0311"), office.place("R01", "0412")
        case_id = window.accept(citizen, "ITM-09").case_id
        office.clock.set("2026-12-01")
        assert department.sync().case(case_id).statutory_due is None
        with review_desk(department, qtbot) as desk:

            def ask(words: str) -> str:
                desk.press(F12).write(words).press(ENTER)
                return desk.presenter.state.message

            assert ask("2026-12-02 公示2026第7号") == "clock_start_impossible"
            assert ask("11-20 公示2026第7号") == "clock_start_impossible"
            assert ask("11-30") == "clock_evidence_needed"
            assert ask("十一月 公示2026第7号") == "clock_day_unreadable"
            assert department.case(case_id).statutory_due is None
            desk.press(F2)
            assert ask("11-30 公示2026第7号") == ""
            desk.press(F12)
            assert desk.presenter.state.ask is None
        department.sync()
        assert window.sync().case(case_id).statutory_due == department.case(case_id).statutory_due == "2026-12-14"
        kept = office.storage.read(lambda at: held_case(office.service.context, at, "9901", case_id).record)
        assert kept["start_evidence"] == "公示2026第7号"
