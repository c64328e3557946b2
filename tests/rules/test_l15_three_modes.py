"""L15 综合窗口: intake, review and hand-out are three windows on one case, and nobody types anything twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from hand_out import at_window
from living_counter import Key
from office import Office, opened_office
from review_hands import DOWN, ENTER, F2, F10, F11, review_desk
from window_hands import choose, come, end, fill

from app.domain.case import CaseState
from app.domain.case_step import Step, stages
from app.domain.decision import decision_of
from app.domain.original import OriginalState
from app.domain.person import Person


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def test_l15_a_case_passes_all_three_without_retyping_and_each_hand_over_is_timed(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """A case passes all three without retyping; each hand-over timed."""
    window, department, pickup = office.place("A03", "0302"), office.place("R01", "0401"), office.place("C01", "0322")
    with at_window(window, qtbot) as counter:
        come(counter)
        choose(counter, "ITM-02")
        fill(counter)
        taken_in = end(counter)
    window.sync()
    assert (taken_in.state, taken_in.applicant["number"]) == (CaseState.ACCEPTED, citizen.number)
    office.clock.set("2026-11-24")
    came = department.sync().case(taken_in.case_id)
    assert (came.form, came.verdicts, came.answers) == (taken_in.form, taken_in.verdicts, taken_in.answers)
    with review_desk(department, qtbot) as desk:
        assert desk.presenter.state.case == came
        desk.press(F2)
        office.clock.set("2026-11-26")
        desk.press(F10, ENTER).decide_on_paper()
        desk.until(lambda: desk.presenter.state.facts.cases == ())
    department.sync()
    pickup.sync()
    office.clock.set("2026-11-27")
    with at_window(pickup, qtbot) as counter:
        come(counter)
        counter.press(Key.Key_F12, Key.Key_4)
        counter.write(taken_in.query_code)
        counter.press(Key.Key_Return)
        counter.until(lambda: counter.state.message == "result_handed_out")
    pickup.sync()
    case = window.sync().case(taken_in.case_id)
    assert case.state is CaseState.DELIVERED
    steps = [(each.handed.step, each.handed.window, each.took_ms // 3_600_000) for each in stages(case)]
    assert steps == [
        (Step.INTAKE, "A03", 0),
        (Step.REVIEW, "R01", 24),
        (Step.DECISION, "R01", 48),
        (Step.RESULT, "R01", 0),
        (Step.HAND_OUT, "C01", 23),
    ]
    assert (case.form, case.verdicts, case.applicant) == (taken_in.form, taken_in.verdicts, taken_in.applicant)


def test_l15_a_decision_is_given_under_seal_or_not_at_all(office: Office, citizen: Person, qtbot: Any) -> None:
    """The decision goes to the hand-out window once its document bears the seal."""
    window, department = office.place("A03", "0302"), office.place("R01", "0401")
    case_id = window.accept(citizen).case_id
    department.sync()
    with review_desk(department, qtbot) as desk:
        desk.press(F2, F10, ENTER, "3")
        assert desk.presenter.state.message == "decision_unsealed"
        assert department.case(case_id).state is CaseState.GRANTED
        assert department.originals(case_id) == [("SL-D1", OriginalState.OWED)]
        desk.decide_on_paper()
    assert department.case(case_id).state is CaseState.AWAITING_PICKUP
    assert ("SL-D1", OriginalState.SEALED) in department.originals(case_id)


def test_l15_a_denial_has_its_reasons_or_is_not_made(office: Office, citizen: Person, qtbot: Any) -> None:
    """No condition, no facts, no denial (Licensing Law art. 38(2))."""
    window, department = office.place("A03", "0302"), office.place("R01", "0401")
    case_id = window.accept(citizen).case_id
    department.sync()
    with review_desk(department, qtbot) as desk:
        desk.press(F2, F11, ENTER)
        assert desk.presenter.state.message == "decision_no_condition"
        desk.press("2", ENTER, ENTER)
        assert desk.presenter.state.message == "decision_no_facts"
        desk.write("现场没有洗消设施。").press(ENTER)
        assert department.case(case_id).state is CaseState.REVIEWING, "the document is looked at before"
        desk.press(ENTER)
    department.sync()
    decision = decision_of(window.sync().case(case_id))
    assert decision is not None
    assert decision.unmet == ("有与经营食品品种、数量相适应的场所和设备设施。",)
    assert (decision.facts, decision.review_org, decision.suit_months) == ("现场没有洗消设施。", "示范县人民政府", 6)


def test_l15_the_list_is_in_the_order_of_the_due_days(office: Office, citizen: Person, qtbot: Any) -> None:
    """What is due first stands first; an arrow brings the next one into the centre."""
    window, department = office.place("A03", "0302"), office.place("R01", "0401")
    first = window.accept(citizen)
    office.clock.set("2026-11-26")
    second = window.accept(citizen)
    department.sync()
    with review_desk(department, qtbot) as desk:
        assert [each.case_id for each in desk.presenter.state.facts.cases] == [first.case_id, second.case_id]
        desk.press(DOWN)
        assert desk.presenter.state.chosen == second.case_id


def test_l15_another_department_sees_nothing_of_it(office: Office, citizen: Person, qtbot: Any) -> None:
    """A reviewer holds what their own department decides, and every answer of the server is kept."""
    window, department = office.place("A03", "0302"), office.place("R01", "0402")
    window.accept(citizen)
    department.sync()
    with review_desk(department, qtbot) as desk:
        assert desk.presenter.state.facts.cases == ()
    with department.store.read() as view:
        assert view.cases_standing(set(CaseState)) == []
