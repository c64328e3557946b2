"""I57 办结告知: on a result somebody is told; it lies on a list until it is taken, with code and card."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hand_out import at_window, handed_out, sit_down, tags
from office import Office, Place, opened_office
from PySide6.QtCore import Qt
from review_hands import ENTER, F2, F10, F11, review_desk

from app.domain.case import Case, CaseState
from app.domain.decision import decision_of
from app.domain.person import Person

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
OTHER = "990101198511120029"


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def decided(office: Office, citizen: Person, qtbot: Any, *, deny: bool = False) -> tuple[Case, Place]:
    """Take a case in, decide it, hand it over; return it with the hand-out window."""
    window, department = office.place("A03", "0302"), office.place("R01", "0401")
    case = window.accept(citizen)
    department.sync()
    with review_desk(department, qtbot) as desk:
        desk.press(F2)
        if deny:
            desk.press(F11, "2", ENTER).write("现场没有洗消设施。").press(ENTER, ENTER)
        else:
            desk.press(F10, ENTER)
        desk.decide_on_paper()
    department.sync()
    return case, office.place("C01", "0322")


def test_i57_a_result_without_notice_is_listed_and_telling_takes_it_off(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """Result without notice within 1 working day is listed; pick-up needs code + ID check."""
    case, pickup = decided(office, citizen, qtbot)
    with at_window(pickup, qtbot) as counter:
        assert "待领 1 · Ctrl U" in tags(counter), "a day is left to tell"
    office.clock.set("2026-11-25")
    with at_window(pickup, qtbot) as counter:
        assert "待领 1，1 件没通知" in tags(counter)
        counter.press(Key.Key_U, modifier=CTRL)
        counter.press(Key.Key_1, Key.Key_3)
        assert counter.state.message == "result_told"
        assert "没通知" not in tags(counter)
    pickup.sync()
    with pickup.store.read() as view:
        (slip,) = view.print_jobs_of(case.case_id)
    words = str(slip.document)
    assert (slip.slip, "领取码 " + case.query_code in words, "2026年12月7日" in words) == ("SL-11", True, True)
    told = decision_of(pickup.case(case.case_id))
    assert told is not None
    assert told.told is not None
    assert (told.told.on, told.told.by) == ("2026-11-25", "0322")


def test_i57_the_result_goes_to_its_person_with_code_and_card(office: Office, citizen: Person, qtbot: Any) -> None:
    """A stranger with the right code goes without, and so does the applicant with a wrong one."""
    case, pickup = decided(office, citizen, qtbot)
    with at_window(pickup, qtbot) as counter:
        sit_down(counter, replace(citizen, number=OTHER))
        counter.press(Key.Key_F12, Key.Key_4)
        counter.write(case.query_code)
        counter.press(Key.Key_Return)
        assert counter.state.message == "not_the_receiver"
        counter.presenter.change_card(lambda card: card.seat(citizen))
        counter.write("0")
        counter.press(Key.Key_Return)
        assert counter.state.message == "unknown_case"
    assert pickup.case(case.case_id).state is CaseState.AWAITING_PICKUP


def test_i57_a_denial_is_served_and_the_remedies_run_from_that_day(office: Office, citizen: Person, qtbot: Any) -> None:
    """A denied case's decision is served too: 送达 is recorded, its proof is owed, both periods are counted."""
    case, pickup = decided(office, citizen, qtbot, deny=True)
    office.clock.set("2026-11-27")
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "result_handed_out"
    pickup.sync()
    decision = decision_of(pickup.case(case.case_id))
    assert decision is not None
    assert decision.served is not None
    served = (decision.served.on, decision.served.review_until, decision.served.suit_until)
    assert served == ("2026-11-27", "2027-01-26", "2027-05-27")
    assert [slip for slip, _ in pickup.originals(case.case_id)] == ["SL-D3"]
