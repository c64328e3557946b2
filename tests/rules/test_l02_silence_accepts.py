"""L02: nobody answers an application within five working days, and it is accepted from the day of receipt."""

from typing import Any

from clock_hall import cards_of, until

from app.domain.case_clock import clock_of


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
