"""L02, I03, I04 behind the window: within the five days a department tells once what is missing, or refuses."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hand_out import at_window, tags
from living_counter import Key, Living
from office import Office, Place, opened_office
from PySide6.QtCore import Qt
from review_hands import ENTER, F3, F4, F9, review_desk
from window_hands import come, end, fill

from app.domain.case import Case, CaseState
from app.domain.original import OriginalState
from app.domain.person import Person

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


@pytest.fixture
def received(office: Office, citizen: Person) -> tuple[Case, Place, Place]:
    """A licence whose papers a window only took in; the window and the department's desk."""
    window, department = office.place("D02", "0323"), office.place("R01", "0401")
    case = window.accept(citizen)
    assert (case.state, case.notice_due) == (CaseState.RECEIVED, "2026-11-30")
    return case, window, department.sync()


def paper(place: Place, case: Case) -> str:
    """Return the words on the last slip of a case here."""
    with place.store.read() as view:
        return json.dumps(view.print_jobs_of(case.case_id)[-1].document, ensure_ascii=False)


def heard(place: Place) -> Place:
    """What the department said is here whole."""
    place.sync()
    return place


def tell_by_slip(counter: Living) -> None:
    """Ctrl+O, the first case, the slip."""
    assert "待告知答复 1 · Ctrl O" in tags(counter)
    counter.press(Key.Key_O, modifier=CTRL)
    counter.whole()
    counter.press(Key.Key_1, Key.Key_1)
    counter.until(lambda: counter.state.message == "answer_told_done")
    assert "待告知答复" not in tags(counter)


def test_l02_a_department_tells_once_what_is_missing_and_the_window_prints_it(
    office: Office, received: tuple[Case, Place, Place], qtbot: Any
) -> None:
    """One SL-06 lists all defects of all materials; the papers come back to the window and the five days run anew."""
    case, window, department = received
    office.clock.set("2026-11-25")
    with review_desk(department, qtbot) as desk:
        desk.press(F3, ENTER)
        assert desk.presenter.state.message == "nothing_missing"
        desk.write("3").press(ENTER).write("2 照片看不清").press(ENTER, ENTER)
        assert department.case(case.case_id).state is CaseState.RECEIVED, "the paper is looked at before"
        desk.until(lambda: desk.presenter.state.sheet is not None and desk.presenter.state.sheet.picture is not None)
        desk.press(ENTER)
        assert desk.presenter.state.message == ""
        assert department.originals(case.case_id) == [("SL-06", OriginalState.OWED)]
        desk.press("1")
        department.print_originals()
        desk.hear().press("2")
        assert department.originals(case.case_id) == [("SL-06", OriginalState.SEALED)]
        assert desk.presenter.state.facts.cases == ()
    department.sync()
    here = heard(window).case(case.case_id)
    assert (here.state, here.notice_due, here.doc_no) == (CaseState.SUPPLEMENT_NOTICED, None, here.notice["doc_no"])
    assert [each["material"] for each in here.notice["lines"]] == ["M2", "M3"]
    with at_window(window, qtbot) as counter:
        tell_by_slip(counter)
        words = paper(window, case)
        assert all(
            each in words for each in ("补正材料告知书", "照片看不清", "0401号 R01窗口", "2026年11月25日", "D02窗口")
        )
        office.clock.set("2026-11-27")
        come(counter)
        counter.until(lambda: counter.state.card.supplement is not None)
        fill(counter)
        again = end(counter)
    assert (again.case_no, again.state, again.received_on, again.notice_due) == (
        case.case_no,
        CaseState.RECEIVED,
        "2026-11-23",
        "2026-12-04",
    )
    window.sync()
    department.sync()
    with review_desk(department, qtbot) as desk:
        desk.press(F3).write("1").press(ENTER)
        assert desk.presenter.state.message == "answer_not_in_notice", "nothing new after the one list"
        desk.press(Qt.Key.Key_Escape, F9)
        assert department.case(case.case_id).state is CaseState.ACCEPTED
    department.sync()
    assert window.sync().case(case.case_id).promised_due == "2026-12-09"


def test_l02_a_department_refuses_with_basis_and_remedies(
    office: Office, received: tuple[Case, Place, Place], qtbot: Any
) -> None:
    """No refusal without ground, office, facts; SL-07 names the law, the way on and the remedies."""
    case, window, department = received
    with review_desk(department, qtbot) as desk:
        desk.press(F4, ENTER)
        assert desk.presenter.state.message == "no_ground"
        desk.press("3")
        assert desk.presenter.state.message == "notice_instead"
        desk.press("2", ENTER, ENTER)
        assert desk.presenter.state.message == "office_needed"
        desk.write("示范市市场监督管理局").press(ENTER, "1", ENTER)
        assert desk.presenter.state.message == "facts_needed"
        desk.write("您申请的是食品生产").press(ENTER)
        assert department.case(case.case_id).state is CaseState.RECEIVED
        desk.press(ENTER)
        assert desk.presenter.state.message == ""
        desk.press("1")
        department.print_originals()
        desk.hear().press("2")
    department.sync()
    here = heard(window).case(case.case_id)
    assert (here.state, here.refusal["office"], here.refusal["phoned"]) == (
        CaseState.REFUSED,
        "示范市市场监督管理局",
        True,
    )
    with at_window(window, qtbot) as counter:
        tell_by_slip(counter)
    words = paper(window, case)
    for each in ("不予受理通知书", "第（二）项", "示范县人民政府", "示范县人民法院", "食品生产", "0401号 R01窗口"):
        assert each in words, each
    window.sync()


def test_l02_an_answer_after_silence_accepted_is_none(
    office: Office, received: tuple[Case, Place, Place], qtbot: Any
) -> None:
    """At 00:00 after the five days the application counts as accepted: nothing can be sent back any more."""
    case, _, department = received
    office.clock.set("2026-12-01")
    with review_desk(department, qtbot) as desk:
        desk.press(F3).write("3").press(ENTER, ENTER, ENTER)
        assert desk.presenter.state.message == "silence_accepted"
        desk.press(F9)
        assert desk.presenter.state.message == "silence_accepted"
    assert department.case(case.case_id).state is CaseState.RECEIVED
