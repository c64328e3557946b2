"""I07 全程代理: who accepted an upward case stays responsible and asks; it ends with the higher authority's result."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hand_out import at_window, handed_out, tags
from office import Office, Place, opened_office
from PySide6.QtCore import Qt
from review_hands import ENTER, F2, F7, F9, F10, ReviewDesk, review_desk

from app.domain.case import Case, CaseState
from app.domain.person import Person
from app.domain.upward import UpwardStage, upward_of
from sync.server.service.attempts import Attempts
from sync.server.service.case_progress import case_progress
from sync.server.storage import upward

ORGAN = "示范市民政局"
RESULT = "示民低〔2026〕3号 2026-12-03 示范市民政局"


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


@pytest.fixture
def places(office: Office) -> dict[str, Place]:
    """The street's window and the desk of the department."""
    return {"B01": office.place("B01", "0311"), "R01": office.place("R01", "0403")}


@pytest.fixture
def received(places: dict[str, Place], citizen: Person) -> tuple[Case, Place]:
    """An upward case as the street's window received it, and the desk it came to."""
    case = places["B01"].accept(citizen, "ITM-07")
    assert case.state is CaseState.RECEIVED
    return case, places["R01"].sync()


def sent_up(desk: ReviewDesk) -> ReviewDesk:
    """Accept, take up, send up."""
    return desk.press(F9, F2, F7).write(ORGAN).press(ENTER)


def shown(office: Office, case: Case) -> Any:
    """Return what the applicant reads at /q."""
    return case_progress(
        office.service.context, Attempts(office.service.context), case.case_no, case.query_code, "127.0.0.1"
    )


def overdue(office: Office) -> list[str]:
    today = office.service.context.today()
    found = office.storage.read(lambda connection: upward.overdue(connection, "9901", today))
    return [each.clerk for each in found]


def test_i07_no_contact_past_its_date_is_told_to_who_accepted_it(
    office: Office, received: tuple[Case, Place], qtbot: Any
) -> None:
    """No contact note past the date = yellow to clerk, red to manager; case cannot close without the higher
    authority's result attached; applicant's query shows “已上报”.
    """
    case, department = received
    with review_desk(department, qtbot) as desk:
        sent_up(desk)
        assert "已上报" in desk.message
        department.sync()
        up = upward_of(department.case(case.case_id))
        assert up is not None
        assert (up.clerk, up.organ, up.next_contact_on) == ("0311", ORGAN, "2026-11-30")
        assert shown(office, case).upward == f"已上报{ORGAN}"
        office.clock.set("2026-11-30")
        assert overdue(office) == []
        office.clock.set("2026-12-01")
        assert overdue(office) == ["0311"]
        desk.press(F7, "1").write("电话催办，答复本周办结").press(ENTER)
        department.sync()
        assert overdue(office) == []
        assert "2026-12-08" in desk.message


def test_i07_it_cannot_end_without_the_higher_authoritys_result(
    office: Office, received: tuple[Case, Place], citizen: Person, qtbot: Any
) -> None:
    """The case cannot close without the higher authority's result attached."""
    case, department = received
    with review_desk(department, qtbot) as desk:
        sent_up(desk).press(F10)
        assert desk.presenter.state.ask is None, "F10 does nothing before the result is back"
        desk.press(F7, "2").write("已受理").press(ENTER)
        desk.press(F7, "2").write("已办结").press(ENTER)
        desk.press(F7, "2").write("没有文号").press(ENTER)
        assert desk.presenter.state.message == "upward_incomplete"
        desk.press(F7, "2").write(RESULT).press(ENTER).write("无").press(ENTER)
        up = upward_of(department.case(case.case_id))
        assert up is not None
        assert up.result is not None
        assert (up.stage, up.result.doc_no, up.next_contact_on) == (UpwardStage.RETURNED, "示民低〔2026〕3号", None)
        assert [each.stage for each in up.notes] == list(UpwardStage)
        desk.press(F10, ENTER).decide_on_paper()
    department.sync()
    pickup = office.place("C01", "0322")
    assert shown(office, case).result[0] == "领取地点：一楼 C01 窗口"
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "result_handed_out"
    pickup.sync()
    assert pickup.case(case.case_id).state is CaseState.DELIVERED


@pytest.mark.parametrize("by_path", [False, True])
def test_i07_the_scan_of_the_result_is_hashed_and_kept_with_it(
    received: tuple[Case, Place], tmp_path: Path, qtbot: Any, *, by_path: bool
) -> None:
    """The newest file of the document camera's folder, or one that is named: its hash is recorded with the result."""
    case, department = received
    folder, other = tmp_path / "camera", tmp_path / "另存 结果.pdf"
    folder.mkdir()
    other.write_bytes(b"%PDF-1.7 one %%EOF")
    with review_desk(department, qtbot, scans=folder) as desk:
        sent_up(desk).press(F7, "2").write("已受理").press(ENTER)
        desk.press(F7, "2").write("已办结").press(ENTER)

        def attach(*typed: str) -> str:
            desk.press(F7, "2").write(RESULT).press(ENTER)
            for each in typed:
                desk.write(each)
            desk.press(ENTER)
            return desk.presenter.state.message

        assert attach() == "result_scan_absent"
        assert attach(str(tmp_path / "none.pdf")) == "result_scan_unreadable"
        (folder / "a.txt").write_bytes(b"notes")
        assert attach() == "copy_other_kind"
        (folder / "b.pdf").write_bytes(b"%PDF-1.7 two %%EOF")
        os.utime(folder / "a.txt", ns=(1, 1))
        assert upward_of(department.case(case.case_id)).result is None
        assert attach(*([str(other)] if by_path else [])) == ""
    up = upward_of(department.sync().case(case.case_id))
    assert up.result.file_hash == sha256(b"%PDF-1.7 one %%EOF" if by_path else b"%PDF-1.7 two %%EOF").hexdigest()


def test_i07_the_accepting_clerk_asks_by_three_keys(
    office: Office, received: tuple[Case, Place], places: dict[str, Place], qtbot: Any
) -> None:
    """No contact note past the date = yellow to clerk: at the window that accepted it, until a contact is noted."""
    case, department = received
    with review_desk(department, qtbot) as desk:
        sent_up(desk)
    department.sync()
    street = places["B01"].sync()
    office.clock.set("2026-12-01")
    with at_window(street, qtbot) as counter:
        assert "该联系上级 1 · Ctrl D" in tags(counter)
        counter.press(Qt.Key.Key_D, modifier=Qt.KeyboardModifier.ControlModifier)
        counter.press(Qt.Key.Key_1, Qt.Key.Key_3)
        assert counter.state.message == "upward_noted_done"
        assert "该联系上级" not in tags(counter)
    street.sync()
    up = upward_of(street.case(case.case_id))
    assert up is not None
    assert (up.stage, up.notes[-1].clerk, up.next_contact_on) == (UpwardStage.ACCEPTED, "0311", "2026-12-08")
    assert overdue(office) == []
