"""L10, I04 逾期未补: what does not come in time ends the application with reasons, and a second person signs off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hand_out import at_window
from ledger_proof import BASE
from litestar.testing import TestClient
from living_counter import Key, Living
from office import Office, Place, opened_office
from papers import words_of
from PySide6.QtWidgets import QLineEdit
from review_hands import F9, review_desk
from serving import CTRL
from test_l10_before_the_result import ill

from app.domain.case import Case, CaseState
from app.domain.operation import OperationDraft
from app.domain.person import Person
from app.domain.work.materials import Verdict
from sync.server.http.application import application
from sync.server.http.hints import Hints


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def deferred(office: Office, citizen: Person, qtbot: Any) -> tuple[Place, Case]:
    """Take papers in of which one comes later; the department accepts them, and its promise is owed under seal."""
    here = office.place("B01", "0311")
    case = here.accept(citizen, "ITM-07", ill)
    department = office.place("R01", "0403")
    with review_desk(department, qtbot) as desk:
        desk.press(F9)
    department.sync()
    assert [slip for slip, _ in department.originals(case.case_id)] == ["SL-16", "SL-05"]
    return here, here.sync().case(case.case_id)


def signed_off(counter: Living, number: str) -> str:
    """The floor manager types number and password; returns what the window says."""
    for name in ("consent_number", "consent_password"):
        counter.until(lambda name=name: bool(counter.window.findChildren(QLineEdit, name)))
        (editor,) = counter.window.findChildren(QLineEdit, name)
        counter.until(editor.isVisible)
        editor.setFocus()
        editor.clear()
        counter.write(number)
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.over is None or bool(getattr(counter.state.over, "error", "")))
    return str(getattr(counter.state.over, "error", "")) if counter.state.over else counter.state.message


def test_l10_an_overdue_promise_ends_the_case_with_its_reasons(office: Office, citizen: Person, qtbot: Any) -> None:
    """L10: overdue → ends with reasons; I04: category, reason, basis, materials, remedy, reviewer on SL-08 and row."""
    here, case = deferred(office, citizen, qtbot)
    with at_window(here, qtbot) as counter:
        counter.press(Key.Key_I, modifier=CTRL)
        counter.until(lambda: counter.state.message == "nothing_overdue")
    office.clock.set("2027-02-26")
    with at_window(here, qtbot) as counter:
        counter.presenter._parts = replace(counter.parts, vouch=office.vouch)
        counter.press(Key.Key_I, modifier=CTRL)
        counter.until(lambda: counter.state.ask is not None)
        counter.press(Key.Key_1)
        assert signed_off(counter, "0311") == "manager_needed"
        assert signed_off(counter, "0901") == "overdue_returned"
    assert here.case(case.case_id).state is CaseState.WITHDRAWN
    with here.store.read() as view:
        paper = words_of(view.print_jobs_of(case.case_id)[-1].document)
    said = (
        "退件告知单",
        "退件类别：逾期未补",
        "没有补齐",
        "容缺受理告知书",
        "申请行政复议",
        "复核：0901号",
        "退还材料：",
    )
    assert [each for each in said if each not in paper] == []
    here.sync()
    with TestClient(application(office.service, Hints())) as client:
        headers = {"Authorization": "Bearer token-0902"}
        query = {"first": "2027-02-01", "last": "2027-02-28"}
        page = client.get(f"{BASE}/negative", params=query, headers=headers).json()
    (row,) = page["rows"]
    told = dict(zip([each["head"] for each in page["columns"]], row["cells"], strict=True))
    assert (told["种类"], told["复核"]) == ("逾期退件", "0901")
    assert "没有补齐" in told["告知内容"]
    assert "容缺受理告知书" in told["依据"]
    assert told["退还材料"]


def test_i04_a_supplement_that_never_came_is_returned_with_its_reasons(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """I04: nobody brings what the one-time notice asked for; past the day the window kept it, SL-08 says so."""
    here = office.place("B01", "0311")
    case = here.notice(citizen, "ITM-07", lambda card: card.answer(1).answer(2).answer(1).mark("M6", Verdict.MISSING))
    assert case.state is CaseState.SUPPLEMENT_NOTICED
    assert case.notice is not None
    kept = date.fromisoformat(case.notice["keep_until"])
    for day, said in ((kept, "nothing_overdue"), (kept + timedelta(days=7), "overdue_returned")):
        office.clock.set(day.isoformat())
        with at_window(here, qtbot) as counter:
            counter.presenter._parts = replace(counter.parts, vouch=office.vouch)
            counter.press(Key.Key_I, modifier=CTRL)
            counter.until(lambda: bool(counter.state.ask or counter.state.message))
            if counter.state.ask is not None:
                counter.press(Key.Key_1)
                assert signed_off(counter, "0901") == "overdue_returned"
            assert counter.state.message == said
    assert here.case(case.case_id).state is CaseState.WITHDRAWN
    with here.store.read() as view:
        paper = words_of(view.print_jobs_of(case.case_id)[-1].document)
    assert [each for each in ("逾期未补", "补正告知的", "没有补齐", "复核：0901号") if each not in paper] == []
    here.sync()


@pytest.mark.parametrize("gap", ["too early", "alone", ""])
def test_l10_the_server_ends_nothing_before_its_day_or_by_one_alone(
    office: Office, citizen: Person, qtbot: Any, gap: str
) -> None:
    """A changed client returns a case before the promised day, or with itself as the second person."""
    here, case = deferred(office, citizen, qtbot)
    if gap != "too early":
        office.clock.set("2027-02-26")
    assert case.deferred is not None
    back = {
        "no": "TJ20261123-0001-0001",
        "kind": "deferred",
        "until": max(case.deferred.values()),
        "told": "没有补齐。",
        "basis": "容缺受理告知书",
        "reviewer": "0311" if gap == "alone" else "0901",
        "at_ms": 1,
    }
    with here.store.begin() as work:
        said = {"case_no": case.case_no, "steps": list(case.steps or ()), "withdrawal": back}
        work.append(
            OperationDraft("case.returned", "case", case.case_id, said, here.clerk.at("B01"), base_rev=case.rev)
        )
    assert bool(refused(here)) is bool(gap)


def refused(here: Place) -> list[tuple[str, str]]:
    """Push, and return what the server did not apply."""
    try:
        here.sync()
    except AssertionError:
        return here.parked()
    return []
