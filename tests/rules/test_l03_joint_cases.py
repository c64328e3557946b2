"""L03, I58: a licence that several departments handle together takes 45 working days, and is extended once by 15."""

import copy
from typing import Any

import pytest
from hand_out import at_window
from office import DEMO, opened_office
from PySide6.QtCore import Qt
from review_hands import ENTER, F2, review_desk
from window_hands import choose, come, end, fill

F6 = Qt.Key.Key_F6
JOINT = {
    "flags": ["联办件"],
    "statutory_limit": {"days": None, "unit": "WD", "from": "受理", "basis": "行政许可法第四十二条第二款"},
}


def item_02(**changes: Any) -> dict[str, Any]:
    """Return the demo catalogue with another 食品经营许可."""
    document = copy.deepcopy(DEMO)
    next(each for each in document["items"] if each["id"] == "ITM-02").update(changes)
    return document


def test_l03_a_joint_case_has_45_days_and_15_more_by_keys(qapp: Any, qtbot: Any) -> None:
    """45/15 used for joint handling (art. 42(2)): exact dates over the holidays of April and May 2026."""
    with opened_office(item_02(**JOINT)) as office:
        office.clock.set("2026-03-02")
        window, department = office.place("A03", "0302"), office.place("R01", "0401")
        with at_window(window, qtbot) as counter:
            come(counter)
            choose(counter, "ITM-02")
            fill(counter)
            case = end(counter)
        assert case.statutory_due == "2026-05-08"
        window.sync()
        department.sync()
        with review_desk(department, qtbot) as desk:

            def ask(why: str) -> str:
                desk.press(F6).write(why).press(ENTER).write("0901").press(ENTER).write("0901").press(ENTER)
                return desk.presenter.state.message

            desk.press(F2)
            assert ask("16 会审没有结束") == "clock_extension_too_long"
            assert ask("15 会审没有结束") == ""
            desk.press(F6)
            assert desk.presenter.state.ask is None, "one extension only"
        department.sync()
        assert window.sync().case(case.case_id).statutory_due == "2026-05-28"
        with department.store.read() as view:
            (notice,) = [each for each in view.print_jobs_of(case.case_id) if each.slip == "SL-10"]
        assert "本级人民政府负责人" in str(notice.document)


@pytest.mark.parametrize(
    ("path", "days", "most"),
    [("statutory_limit", 46, 45), ("promised_limit", 46, 45), ("extension", 16, 15), ("statutory_limit", 45, None)],
)
def test_l03_no_joint_item_may_publish_more(catalogue_hall: Any, path: str, days: int, most: int | None) -> None:
    """A stage longer than 45 working days is refused at publish, over HTTP, naming the figure."""
    changes: dict[str, Any] = copy.deepcopy(JOINT)
    if path == "extension":
        changes["statutory_limit"] |= {"days": 45, "extension": {"days": 16, "unit": "WD", "approver": "负责人"}}
    elif path == "statutory_limit":
        changes["statutory_limit"]["days"] = days
    else:
        changes["promised_limit"] = {"days": days, "unit": "WD"}
    answer = catalogue_hall.submit(item_02(**changes))
    assert answer.status_code == (201 if most is None else 422), answer.text
    if most is not None:
        (found,) = [each for each in answer.json()["problems"] if each["code"] == "gate_joint_too_long"]
        assert f"期限{days}超过法律允许的{most}个工作日" in found["message"]
