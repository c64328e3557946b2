"""The demo cases of resources/catalogue/demo-9901-cases.yaml, each from key press to print, with dates and papers.

Those that are no plain application are in test_demo_cases_more.py.
"""

from typing import Any

from clock_hall import until
from demo_desk import DemoHall
from demo_hands import CASES, CTRL, F5, F6, call, choose, given, leave, number_of, take_in
from ending_hands import explain, outcome
from living_counter import Key
from review_hands import ENTER, F2, review_desk

from app.domain.case import CaseState


def test_c01_a_number_a_registration_done_at_once_and_a_rating(demo_hall: DemoHall) -> None:
    """取号, 受理, 办结, 评价 on one day: SL-01 from the guide desk, the note of completion, SL-13 to rate by."""
    assert CASES["C01"]["expect"] == {"same_day": True, "slips": ["SL-01", "SL-13"]}
    demo_hall.at(CASES["C01"]["start"])
    window = demo_hall.seat("B01", "0311")
    (ticket,) = demo_hall.at_the_guide("b")
    assert all(each in ticket.words for each in ("排队号票", "社会事务", "2026-11-23"))
    with demo_hall.window(window) as counter:
        call(counter, "P1")
        assert counter.state.visit is not None
        assert counter.state.visit.number in ticket.words
        choose(counter, "ITM-06", Key.Key_1)
        case = take_in(counter)
        (done,) = window.out(counter)
        given(counter)
        counter.press(Key.Key_R, modifier=CTRL)
        assert counter.state.message == "rating_slip_queued"
        (slip,) = window.out(counter)
        leave(counter)
    assert (case.state, case.accepted_on) == (CaseState.DELIVERED, CASES["C01"]["start"])
    assert all(each in done.words for each in ("办结单", case.case_no))
    said = ("请您评价", "城乡居民基本医疗保险参保登记", "窗口：B01", "1个工作日内与您联系", "2026年11月30日")
    assert [each for each in said if each not in slip.words] == []
    window.sync()
    (code,) = slip.codes
    assert code.startswith("ZW1R:")
    assert "谢谢您的评价" in demo_hall.rate(code, 5)
    assert "已经评价过了" in demo_hall.rate(code, 1), "one service, one rating"


def test_c03_silence_accepts_from_the_day_of_receipt(demo_hall: DemoHall) -> None:
    """收件 2026-09-24 and no word: at 00:00 of 2026-10-10 it counts as accepted since 2026-09-24, due 2026-10-12."""
    expect = CASES["C03"]["expect"]
    demo_hall.at("2026-09-24")
    window = demo_hall.seat("E01", "0321")
    with demo_hall.window(window) as counter:
        demo_hall.ticket("E")
        call(counter, "P4", "O3")
        choose(counter, "ITM-11", Key.Key_1, Key.Key_1)
        case = take_in(counter)
        (slip,) = window.out(counter)
        leave(counter)
    assert (case.state, case.notice_due) == (CaseState.RECEIVED, expect["notice_due"])
    assert all(each in slip.words for each in ("收件凭证", case.case_no, "2026年10月9日"))
    window.sync()
    demo_hall.at("2026-10-09")
    demo_hall.hall.clock.now += 15 * 3_600_000 - 1
    assert window.sync().case(case.case_id).state is CaseState.RECEIVED
    demo_hall.hall.clock.now += 1
    until(lambda: window.sync().case(case.case_id).state is CaseState.ACCEPTED)
    accepted = window.case(case.case_id)
    assert (accepted.accepted_on, accepted.statutory_due) == (expect["deemed_accepted_on"], expect["statutory_due"])


def test_c04_ten_days_of_expert_review_do_not_count(demo_hall: DemoHall, qtbot: Any) -> None:
    """受理 2026-11-02, 专家评审 2026-11-09 至 2026-11-20: 2026-11-30 becomes 2026-12-14, and the notice says so."""
    expect = CASES["C04"]["expect"]
    demo_hall.at("2026-11-02")
    window, department = demo_hall.seat("E01", "0321"), demo_hall.seat("R01", "0402")
    with demo_hall.window(window) as counter:
        demo_hall.ticket("E")
        call(counter, "P4", "O3")
        choose(counter, "ITM-10", Key.Key_1, Key.Key_1)
        case = take_in(counter)
        (slip,) = window.out(counter)
        leave(counter)
    assert (case.statutory_due, case.case_no in slip.words) == (expect["due_without_pause"], True)
    assert "2026年11月30日" in slip.words
    window.sync()
    demo_hall.at("2026-11-06")
    department.sync()
    with review_desk(department, qtbot) as desk:
        desk.press(F2, F5, number_of(window, "ITM-10", "专家评审"))
        desk.write("11-09 11-20").press(ENTER)
        desk.press(F5, "1")
        department.print_originals()
        desk.hear().press(F5, "3")
        assert desk.presenter.state.message == ""
    stopped = department.sync().case(case.case_id)
    assert (stopped.state, stopped.statutory_due) == (CaseState.SUSPENDED, expect["due"])
    paper = department.originals(case.case_id)["SL-10"]
    said = ("专家评审", f"{expect['paused_working_days']}个工作日", "2026年11月30日", "2026年12月14日", "第四十五条")
    assert [each for each in said if each not in paper] == []


def test_c05_a_light_lorry_needs_no_licence(demo_hall: DemoHall) -> None:
    """咨询, 总质量 4495 千克: 不受理 on SL-07 by art. 32(1)(1)."""
    demo_hall.at("2026-11-23")
    window = demo_hall.seat("A07", "0304")
    with demo_hall.window(window) as counter:
        demo_hall.ticket("F")
        call(counter, "P4", "O2")
        choose(counter, "ITM-08", Key.Key_2, Key.Key_1, Key.Key_1, Key.Key_1)
        counter.press(Key.Key_F11, Key.Key_1, Key.Key_Tab)
        explain("车辆总质量4495千克，不到4500千克")
        counter.press(Key.Key_F11)
        counter.until(lambda: outcome(counter) == "rejected")
        (slip,) = window.out(counter)
        leave(counter)
    said = ("决定不受理。不需要道路运输经营许可证", "第三十二条第一款第（一）项", "第二十四条第三款", "六十日内")
    assert [each for each in said if each not in slip.words] == []
    window.sync()


def test_c06_dangerous_goods_are_the_city_s(demo_hall: DemoHall) -> None:
    """申请危险货物运输: 不予受理 on SL-07 by art. 32(1)(2), with the organ to go to."""
    expect = CASES["C06"]["expect"]
    demo_hall.at("2026-11-23")
    window = demo_hall.seat("A07", "0304")
    with demo_hall.window(window) as counter:
        demo_hall.ticket("F")
        call(counter, "P4", "O2")
        choose(counter, "ITM-08", Key.Key_1, Key.Key_2, Key.Key_1, Key.Key_1)
        counter.press(Key.Key_F11, Key.Key_2, Key.Key_Tab)
        counter.write(f"{expect['must_name_org']}，示例路20号，000-7654321")
        counter.press(Key.Key_Tab, Key.Key_Y, Key.Key_Tab)
        explain("您运的是危险货物，由市交通运输局许可，本窗口没有这项权限")
        counter.press(Key.Key_F11)
        counter.until(lambda: outcome(counter) == "rejected")
        (slip,) = window.out(counter)
        leave(counter)
    said = ("决定不予受理", "第三十二条第一款第（二）项", f"请到{expect['must_name_org']}", "六十日内")
    assert [each for each in said if each not in slip.words] == []
    window.sync()


def test_c08_extended_into_a_year_without_a_calendar(demo_hall: DemoHall, qtbot: Any) -> None:
    """受理 2026-11-23, 延期 10 个工作日: due 2026-12-21, then 2027-01-05 and 暂定, on paper too."""
    expect = CASES["C08"]["expect"]
    demo_hall.at("2026-11-23")
    window, department = demo_hall.seat("A07", "0304"), demo_hall.seat("R01", "0411")
    with demo_hall.window(window) as counter:
        demo_hall.ticket("F")
        call(counter, "P4", "O2")
        choose(counter, "ITM-08", Key.Key_1, Key.Key_1, Key.Key_1, Key.Key_1)
        case = take_in(counter)
        (slip,) = window.out(counter)
        leave(counter)
    assert "受理通知书" in slip.words
    assert case.statutory_due == expect["due"]
    assert "2026年12月21日" in slip.words
    window.sync()
    department.sync()
    with review_desk(department, qtbot) as desk:
        desk.press(F2, F6).write("10 等待现场评审的结论").press(ENTER).write("0901").press(ENTER)
        desk.write("manager-0901").press(ENTER)
        assert desk.presenter.state.message == ""
    extended = department.sync().case(case.case_id)
    assert (extended.statutory_due, extended.provisional) == (expect["extended_due_provisional"], True)
    paper = department.originals(case.case_id)["SL-10"]
    said = ("2026年12月21日", "2027年1月5日", "为暂定日期", "10个工作日", "等待现场评审的结论", case.case_no)
    assert [each for each in said if each not in paper] == []
