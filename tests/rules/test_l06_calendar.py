"""L06: a year nobody announced gives dates that are 暂定; when it arrives, open cases are counted again."""

import json
from typing import Any

from clock_desk import Desk
from clock_hall import HALL, cards_of, until

from app.domain.clock_moves import ExtensionAsked
from app.storage.slip_files import load_templates
from app.usecases.extend_case import extend

YEAR = {
    "year": 2027,
    "status": "published",
    "version": 1,
    "rest_days": ["2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04"],
    "make_up_workdays": [],
    "source": {"title": "国务院办公厅关于2027年部分节假日安排的通知", "number": None, "issued": "2026-11-24"},
}


def test_l06_loading_the_year_recounts_open_cases_and_lists_what_changed(desk_for: Any) -> None:
    """2027 without data: dates are returned 暂定 and printed so; loading the year recomputes open cases and lists
    changes.
    """
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case, quiet = desk.under_review(), desk.take_in()
    asked = ExtensionAsked(10, "需要等待现场评审的结论")
    told = extend(
        desk.kit.store, desk.clock, load_templates(), case.case_id, asked, approver=desk.manager, by=desk.reviewer
    )
    assert "尚未公布" in json.dumps(told.job.document, ensure_ascii=False)
    desk.sync()
    row = desk.row(case.case_id)
    assert (row["statutory_due"], row["provisional"]) == ("2027-01-05", True)

    assert ask(desk, "POST", "/v1/calendar/years", "0901", {"year": 2027, "table": YEAR}).status_code == 403
    for who, brought in (("0903", YEAR), ("0903", YEAR), ("0904", {**YEAR, "rest_days": []}), ("0903", YEAR)):
        waits = ask(desk, "POST", "/v1/calendar/years", who, {"year": 2027, "table": brought})
        assert (waits.status_code, waits.json()["waits"]) == (200, True), "the same table by another person, or nothing"
    assert desk.row(case.case_id)["statutory_due"] == "2027-01-05"
    taken = ask(desk, "POST", "/v1/calendar/years", "0904", {"year": 2027, "table": YEAR})
    assert (taken.status_code, taken.json()["waits"]) == (200, False), taken.text
    assert taken.json()["moved"] >= 1
    row = desk.row(case.case_id)
    assert (row["statutory_due"], row["provisional"]) == ("2027-01-06", False)
    assert row["clock"]["calendar"] == "2026.1 2027.1"
    desk.pull()
    assert desk.case(case.case_id).statutory_due == "2027-01-06"

    for who in ("0901", "0903"):
        changes = ask(desk, "GET", f"/v1/halls/{HALL}/calendar/changes", who).json()["changes"]
        (mine,) = [each for each in changes if each["case_no"] == case.case_no]
        assert (mine["old"]["statutory_due"], mine["old"]["provisional"]) == ("2027-01-05", True)
        assert (mine["new"]["statutory_due"], mine["new"]["provisional"]) == ("2027-01-06", False)
    assert quiet.case_no not in {each["case_no"] for each in changes}
    until(lambda: "calendar" in cards_of(desk.hall, "2027"))
    again = ask(desk, "POST", "/v1/calendar/years", "0903", {"year": 2027, "table": YEAR})
    assert (again.json()["rev"], again.json()["moved"]) == (taken.json()["rev"], 0)


def ask(desk: Desk, method: str, path: str, who: str, body: Any = None) -> Any:
    """Ask the server as a person."""
    return desk.hall.ask(method, path, who, **({} if body is None else {"json": body}))
