"""L04: the clock stops only for the list of art. 45, and only once its written notice is on paper."""

import json
from typing import Any

import pytest
from clock_desk import Desk
from clock_hall import day, until

from app.domain.case_clock import clock_of
from app.domain.clock_moves import SuspensionAsked
from app.storage.slip_files import load_templates
from app.usecases.acting import ActRefused
from app.usecases.resume_case import resume
from app.usecases.suspend_case import announce, drop_announcement, suspend

REVIEW_OF_EXPERTS = SuspensionAsked("专家评审", day("2026-11-09"), day("2026-11-20"))


@pytest.fixture
def desk(desk_for: Any) -> Desk:
    """A case of item ITM-10 accepted on 2026-11-02 is under review on 2026-11-06."""
    desk: Desk = desk_for("ITM-10")
    desk.at("2026-11-02")
    return desk


def test_l04_the_clock_stops_after_the_printed_notice(desk: Desk) -> None:
    """C04: due moves 2026-11-30→2026-12-14; suspension without printed notice refused."""
    case = desk.under_review()
    desk.sync()
    assert desk.row(case.case_id)["statutory_due"] == "2026-11-30"
    desk.at("2026-11-06")
    told = announce(desk.kit.store, desk.clock, load_templates(), case.case_id, REVIEW_OF_EXPERTS, by=desk.reviewer)
    words = json.dumps(told.job.document, ensure_ascii=False)
    assert all(each in words for each in ("专家评审", "10个工作日", "2026年11月30日", "2026年12月14日", "第四十五条"))
    with pytest.raises(ActRefused) as refused:
        suspend(desk.kit.store, desk.clock, case.case_id, desk.reviewer)
    assert refused.value.reason == "clock_notice_not_printed"
    desk.sync()
    assert (desk.row(case.case_id)["state"], desk.row(case.case_id)["statutory_due"]) == ("reviewing", "2026-11-30")

    desk.printed()
    stopped = suspend(desk.kit.store, desk.clock, case.case_id, desk.reviewer)
    desk.sync()
    row = desk.row(case.case_id)
    assert (row["state"], row["statutory_due"], row["promised_due"]) == ("suspended", "2026-12-14", "2026-11-30")
    assert (stopped.statutory_due, desk.case(case.case_id).statutory_due) == ("2026-12-14", "2026-12-14")
    original = desk.originals(case.case_id)[-1]
    assert (original.slip, original.doc_no) == ("SL-10", clock_of(stopped).suspensions[0].doc_no)


def test_l04_the_server_stops_no_clock_whose_notice_was_not_printed(desk: Desk) -> None:
    """A changed client that says so all the same is refused by the server."""
    case = desk.under_review()
    desk.sync()
    fact = {"case_no": case.case_no, "doc_no": "示规许延〔2026〕0001-0001号", "printed_ms": desk.clock.now}
    assert desk.say("case.suspended", case, fact) == [("rejected", "malformed_payload")]
    assert desk.row(case.case_id)["state"] == "reviewing"


def test_l04_an_inspection_of_the_place_does_not_stop_the_clock(desk: Desk) -> None:
    """现场核查 does not stop the clock: refused at the counter, and by the server where a client asks anyway."""
    case = desk.under_review()
    asked = SuspensionAsked("现场核查", day("2026-11-09"), day("2026-11-20"))
    with pytest.raises(ActRefused) as refused:
        announce(desk.kit.store, desk.clock, load_templates(), case.case_id, asked, by=desk.reviewer)
    assert refused.value.reason == "clock_procedure_not_listed"
    desk.sync()
    suspension = {
        "procedure": "现场核查",
        "basis": "《中华人民共和国行政许可法》第四十五条",
        "first": "2026-11-09",
        "last": "2026-11-20",
        "doc_no": "示规许延〔2026〕0001-0001号",
    }
    fact = {"case_no": case.case_no, "suspension": suspension}
    assert desk.say("case.suspension_announced", case, fact) == [("rejected", "malformed_payload")]


def test_l04_an_own_legal_basis_stops_it_and_stands_on_the_notice(desk: Desk) -> None:
    """Beside the list, what the item's own published law names: 批前公示."""
    case = desk.under_review()
    asked = SuspensionAsked("批前公示", day("2026-11-09"), day("2026-11-13"))
    told = announce(desk.kit.store, desk.clock, load_templates(), case.case_id, asked, by=desk.reviewer)
    words = json.dumps(told.job.document, ensure_ascii=False)
    assert "根据各省城乡规划条例的规定" in words
    assert "第四十五条" not in words


def test_l04_resumed_early_the_rest_counts_again_and_a_dropped_notice_stops_nothing(desk: Desk) -> None:
    """Resumed on the sixth day, five days were not counted: 2026-12-07."""
    case = desk.under_review()
    desk.at("2026-11-06")
    announce(desk.kit.store, desk.clock, load_templates(), case.case_id, REVIEW_OF_EXPERTS, by=desk.reviewer)
    drop_announcement(desk.kit.store, desk.clock, case.case_id, desk.reviewer)
    announce(desk.kit.store, desk.clock, load_templates(), case.case_id, REVIEW_OF_EXPERTS, by=desk.reviewer)
    desk.printed()
    suspend(desk.kit.store, desk.clock, case.case_id, desk.reviewer)
    desk.at("2026-11-16")
    resumed = resume(desk.kit.store, desk.clock, case.case_id, desk.reviewer)
    desk.sync()
    row = desk.row(case.case_id)
    assert (row["state"], row["statutory_due"]) == ("reviewing", "2026-12-07") == (resumed.state, resumed.statutory_due)


def test_l04_a_suspension_ends_with_its_last_day(desk: Desk) -> None:
    """The day after the last one the server lets the clock run again; the counters hear of it."""
    case = desk.under_review()
    desk.at("2026-11-06")
    announce(desk.kit.store, desk.clock, load_templates(), case.case_id, REVIEW_OF_EXPERTS, by=desk.reviewer)
    desk.printed()
    suspend(desk.kit.store, desk.clock, case.case_id, desk.reviewer)
    desk.sync()
    desk.hall.clock.set("2026-11-21")
    until(lambda: desk.row(case.case_id)["state"] == "reviewing")
    desk.pull()
    here = desk.case(case.case_id)
    assert (here.state, here.statutory_due) == ("reviewing", "2026-12-14")
    page = desk.hall.client.post(f"/q/{case.case_no}", data={"code": here.query_code}).text
    assert "还剩 6 个工作日" in page
    assert f'stroke-dasharray="{289 * 6 // 10} 400"' in page, "six of the ten working days that count"
