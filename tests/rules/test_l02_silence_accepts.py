"""L02: nobody answers an application within five working days, and it is accepted from the day of receipt."""

from typing import Any

import pytest
from clock_hall import cards_of, until

from app.domain.case_clock import clock_of
from app.domain.work.materials import Mark, Verdict
from app.domain.work.refusal_sheet import RefusalSheet
from app.storage.slip_files import load_templates
from app.usecases.accept_received import accept_received
from app.usecases.notice_received import notice_received
from app.usecases.refuse_received import refuse_received


def test_l02_silence_accepts_from_the_day_of_receipt(desk_for: Any) -> None:
    """C03: received 2026-09-24, silent → flips at 00:00 2026-10-10; acceptance date 2026-09-24; due 2026-10-12."""
    desk = desk_for("ITM-11")
    desk.at("2026-09-24")
    case = desk.take_in(accept=False)
    assert (case.state, case.notice_due, case.promised_due) == ("received", "2026-10-09", None)
    desk.sync()

    desk.hall.clock.set("2026-10-09")
    desk.hall.clock.now += 15 * 3_600_000 - 1  # 23:59:59.999 of the last day
    until(lambda: "answer_soon" in cards_of(desk.hall, case.case_no))
    assert desk.row(case.case_id)["state"] == "received"

    desk.hall.clock.now += 1
    until(lambda: desk.row(case.case_id)["state"] == "accepted")
    desk.pull()
    here = desk.case(case.case_id)
    assert (here.state, here.accepted_on, here.statutory_due) == ("accepted", "2026-09-24", "2026-10-12")
    assert (here.notice_due, clock_of(here).deemed) == (None, "2026-10-10")
    assert (here.applicant, here.verdicts) == (case.applicant, case.verdicts)

    desk.hall.clock.now += 60_000
    until(lambda: desk.looked() == desk.hall.clock.now)
    assert desk.row(case.case_id)["rev"] == here.rev, "another pass changes nothing"


def test_l02_an_answer_in_time_that_is_heard_late_holds(desk_for: Any) -> None:
    """A counter without a line answers on the last day; the server hears of it after silence accepted."""
    desk = desk_for("ITM-11")
    desk.at("2026-11-02")
    case = desk.take_in(accept=False)
    desk.sync()
    desk.at("2026-11-09")
    withdrawn = desk.give_back(case)
    desk.hall.clock.set("2026-11-10")
    until(lambda: desk.row(case.case_id)["state"] == "accepted")
    desk.sync()
    assert withdrawn.state == desk.row(case.case_id)["state"] == desk.case(case.case_id).state == "withdrawn"


def test_l02_silence_accepts_licences_only(desk_for: Any) -> None:
    """An item that is no licence has no such rule: it stays received, and a red card hangs over it."""
    desk = desk_for("ITM-05")
    desk.at("2026-11-02")
    case = desk.take_in(accept=False)
    desk.sync()
    desk.hall.clock.set("2026-11-10")
    until(lambda: "answer_overdue" in cards_of(desk.hall, case.case_no))
    assert desk.row(case.case_id)["state"] == "received"
    assert cards_of(desk.hall, case.case_no)["answer_overdue"]["level"] == "red"


@pytest.mark.parametrize("answer", ["accepted", "supplement_noticed", "refused"])
def test_l02_a_department_that_answered_in_time_is_believed(desk_for: Any, answer: str) -> None:
    """Accepted, noticed or refused on the last day without a line: the answer holds when the server hears of it."""
    desk = desk_for("ITM-11")
    desk.at("2026-11-02")
    case = desk.take_in(accept=False)
    desk.sync()
    desk.at("2026-11-09")
    kit, by, templates = desk.kit, desk.reviewer, load_templates()
    if answer == "accepted":
        accept_received(kit.store, kit.clock, templates, case.case_id, by=by)
    elif answer == "refused":
        sheet = RefusalSheet(case.item_id, ground=1, reason="限额以下工程")
        refuse_received(kit.store, kit.clock, templates, case.case_id, sheet, by=by)
    else:
        faults = {next(iter(case.verdicts)): Mark(Verdict.MISSING)}
        notice_received(kit.store, kit.clock, templates, case.case_id, faults, by=by)
    desk.hall.clock.set("2026-11-10")
    until(
        lambda: desk.row(case.case_id)["state"] == "accepted" and desk.row(case.case_id)["accepted_on"] == "2026-11-02"
    )
    desk.sync()
    row = desk.row(case.case_id)
    assert (row["state"], row["notice_due"]) == (answer, None)
    assert desk.case(case.case_id).state == answer
    if answer == "accepted":
        assert row["accepted_on"] == "2026-11-09", "the limits run from the acceptance, not from the receipt"


def test_l02_a_changed_client_cannot_ask_twice_or_refuse_for_missing_papers(desk_for: Any) -> None:
    """The one list stays one list (I03), and incomplete papers are no ground (I04); such a refusal raises a card."""
    desk = desk_for("ITM-11")
    desk.at("2026-11-02")
    case = desk.take_in(accept=False)
    desk.sync()
    kit, by = desk.kit, desk.reviewer
    key, other, *_ = case.verdicts
    notice = {"doc_no": "甲补〔2026〕1号", "on": "2026-11-02", "keep_until": None, "count": 1, "inside": 1, "lines": []}
    line = {"material": key, "verdict": "missing", "what": "没有提交", "fix": "交原件"}
    step = {"step": "notice", "clerk": by.number, "window": desk.clerk_window, "at_ms": kit.clock.now}
    short = {"verdict": "missing", "reason": "", "check_failed": False}
    fact = {"case_no": case.case_no, "steps": [step], "doc_no": notice["doc_no"], "notice": notice, "verdicts": {}}
    assert desk.say("case.noticed_inside", case, fact) == [("rejected", "malformed_payload")], "an empty list"
    listed = {**fact, "notice": {**notice, "lines": [line]}, "verdicts": {**case.verdicts, other: short}}
    assert desk.say("case.noticed_inside", case, listed) == [("rejected", "malformed_payload")], "a fault left out"
    refusal = {
        "kind": "incomplete",
        "clause": "四",
        "own_basis": "",
        "decision": "不予受理",
        "fact": "缺",
        "guide": "补",
    }
    refused = {
        "case_no": case.case_no,
        "steps": [{**step, "step": "refusal"}],
        "doc_no": "甲不受〔2026〕1号",
        "refusal": refusal,
    }
    assert desk.say("case.refused_inside", case, refused) == [("rejected", "malformed_payload")]
    assert cards_of(desk.hall, case.case_no)["refusal"]["level"] == "red"
    assert desk.row(case.case_id)["state"] == "received"
