"""L03: the statutory limit is extended once, by a person who may approve it, for a reason the applicant is told."""

import json
from typing import Any

import pytest
from clock_desk import Desk, person

from app.domain.clock_moves import ExtensionAsked
from app.domain.rights import Role
from app.storage.slip_files import load_templates
from app.usecases.acting import ActRefused
from app.usecases.extend_case import extend

TEN = ExtensionAsked(10, "需要等待现场评审的结论")


@pytest.fixture
def desk(desk_for: Any) -> Desk:
    """A counter where an item of 20 working days and 10 more is decided, on 2026-11-23."""
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    return desk


def test_l03_extended_once_with_approver_and_told_reason(desk: Desk) -> None:
    """Second extension refused; extension without approver refused. C08: due 2026-12-21 → 2027-01-05, 暂定."""
    case = desk.under_review()
    assert case.statutory_due == "2026-12-21"
    for approver, code in ((desk.reviewer, "clock_approver_is_clerk"), (desk.clerk, "clock_approver_needed")):
        assert refusal(desk, case, TEN, approver) == code
    assert refusal(desk, case, ExtensionAsked(10, " "), desk.manager) == "clock_reason_needed"
    assert refusal(desk, case, ExtensionAsked(11, "太忙"), desk.manager) == "clock_extension_too_long"
    told = extend(
        desk.kit.store, desk.clock, load_templates(), case.case_id, TEN, approver=desk.manager, by=desk.reviewer
    )
    assert (told.case.statutory_due, told.case.provisional) == ("2027-01-05", True)
    words = json.dumps(told.job.document, ensure_ascii=False)
    expected = ("2026年12月21日", "2027年1月5日", "10个工作日", TEN.reason, "本机关负责人", "尚未公布", "第四十二条")
    assert all(each in words for each in expected)
    assert refusal(desk, case, ExtensionAsked(1, "再延"), desk.manager) == "clock_extended_already"
    desk.sync()
    row = desk.row(case.case_id)
    assert (row["statutory_due"], row["provisional"], row["promised_due"]) == ("2027-01-05", True, case.promised_due)
    assert TEN.reason not in json.dumps(row, ensure_ascii=False)


@pytest.mark.parametrize(
    ("approver", "days", "result"),
    [
        ("0411", 10, ("rejected", "forbidden_actor")),
        ("0304", 10, ("rejected", "forbidden_actor")),
        ("9999", 10, ("rejected", "forbidden_actor")),
        ("0901", 11, ("rejected", "malformed_payload")),
        ("0901", 10, ("applied", None)),
    ],
)
def test_l03_the_server_asks_for_the_approver_itself(desk: Desk, approver: str, days: int, result: Any) -> None:
    """Extension without approver refused: also where a changed client says so."""
    case = desk.under_review()
    desk.sync()
    extension = {
        "days": days,
        "unit": "WD",
        "approver": approver,
        "doc_no": "示运许延〔2026〕0001-0001号",
        "on": "2026-11-23",
    }
    said = desk.say("case.extended", case, {"case_no": case.case_no, "extension": extension, "reason": "等待结论"})
    assert said == [result]


def refusal(desk: Desk, case: Any, asked: ExtensionAsked, approver: Any) -> str:
    """Return the code of the refusal."""
    with pytest.raises(ActRefused) as refused:
        extend(desk.kit.store, desk.clock, load_templates(), case.case_id, asked, approver=approver, by=desk.reviewer)
    return str(refused.value)


def test_l03_a_manager_who_is_the_clerk_approves_nothing(desk: Desk) -> None:
    """Two persons: the number decides, not the role."""
    case = desk.under_review()
    both = person(desk.reviewer.number, Role.FLOOR_MANAGER, Role.REVIEWER, department=desk.reviewer.department)
    assert refusal(desk, case, TEN, both) == "clock_approver_is_clerk"
