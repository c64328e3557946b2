"""The demo cases that are more than an application: a project, a complaint, a bad rating, a child, a first contact."""

import json
from typing import Any

from clock_hall import until
from demo_desk import DemoHall
from demo_hands import ALT, CASES, CTRL, F5, F12, call, choose, fill_form, given, leave, take_in, write_down
from living_counter import Key, Living
from pressing import picture
from published_hall import HALL
from review_hands import ENTER, F2, ReviewDesk, review_desk

from app.domain.case import Case, CaseState
from app.domain.guardian_consent import SCOPE
from devices.sam.demo_cards import demo_card
from ui.screens.counter.build import build
from ui.screens.floor.view_model import StripView
from ui.screens.register.state import ComplaintState, ProjectState
from ui.screens.review.build.strip import strip
from ui.widgets.slip_views import SideView
from ui.widgets.views import Tone


def first_contact_alarms(demo_hall: DemoHall) -> list[tuple[str, str]]:
    """Return level and window of what the manager is told of first contacts nobody takes over."""
    alarms = demo_hall.ask("GET", f"/v1/halls/{HALL}/floor", "person-0901")["alarms"]
    return [(each["level"], each["window"]) for each in alarms if each["kind"] == "contact"]


def urgent(counter: Living) -> list[str]:
    """Return what stands red in the right pane of a window."""
    right = build(counter.state).right
    assert isinstance(right, SideView)
    return [each.title for each in right.notices if each.tone is Tone.ERR]


def asked(desk: ReviewDesk) -> StripView:
    """Return what the reviewer is asked."""
    shown = strip(desk.presenter.state)
    assert shown is not None
    return shown


def with_guardian(counter: Living) -> Case:
    """A child and its guardian apply: without the guardian nothing goes on, and not without a consent either."""
    call(counter, "P5")
    choose(counter, "ITM-09", Key.Key_1, Key.Key_2, Key.Key_1)
    counter.press(Key.Key_Plus)
    fill_form(counter)
    counter.press(Key.Key_F10)
    assert counter.state.issued is None
    counter.press(Key.Key_8, modifier=ALT)
    counter.lay(demo_card("P2"))
    counter.until(lambda: counter.state.card is not None and counter.state.card.guardian is not None)
    fill_form(counter)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.ask is not None)
    counter.whole()
    picture(counter, "guardian-consent")
    counter.press(Key.Key_2)
    assert counter.state.message == "guardian_refused"
    counter.press(Key.Key_F10, Key.Key_1)
    assert counter.state.message == "guardian_agreed"
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    assert counter.state.issued is not None
    return counter.state.issued


def complaint_of(counter: Living) -> ComplaintState:
    """Return the complaint that is being written."""
    over = counter.state.over
    assert isinstance(over, ComplaintState)
    return over


def test_c09_a_project_of_five_stages_has_its_days(demo_hall: DemoHall) -> None:
    """登记 2026-03-02: the first stage ends on 2026-03-05, the whole of 63 working days on 2026-06-02; SL-12."""
    expect = CASES["C09"]["expect"]
    demo_hall.at("2026-03-02")
    window = demo_hall.seat("E01", "0321")
    with demo_hall.window(window) as counter:
        counter.press(Key.Key_F7)
        counter.letters("xm")
        counter.press(Key.Key_Return)
        counter.until(lambda: isinstance(counter.state.over, ProjectState))
        name, uscc = "示范县某某食品有限公司", "91990101MA0DEM001L"
        write_down(counter, name="示范县某某食品加工厂一期", owner=name, uscc=uscc)
        counter.whole()
        picture(counter, "project")
        counter.press(Key.Key_F10)
        counter.until(lambda: counter.state.message == "project_registered")
        number = counter.state.place
        (slip,) = window.out(counter)
    said = ("审批跟踪监督卡", number, "示范县某某食品加工厂一期", name, "代办员：0321号", "登记日期：2026年3月2日")
    said += (
        "63个工作日（最迟2026年6月2日）",
        "第1阶段登记报告，最迟2026年3月5日",
        "1登记报告中心综窗303-02",
        "5竣工验收住建12",
    )
    assert [each for each in said if each not in slip.words] == []
    window.sync()
    rows = demo_hall.ask("GET", f"/v1/halls/{HALL}/projects", "person-0901")["projects"]
    (row,) = [each for each in rows if each["number"] == number]
    assert (row["stage_due"], row["total_due"]) == (expect["stage1_due"], expect["total_due_back_to_back"])
    assert (row["name"], row["owner"], row["agent"]) == ("示范县某某食品加工厂一期", name, "0321")


def test_c11_a_named_complaint_has_a_receipt_and_a_day(demo_hall: DemoHall) -> None:
    """实名受理 2026-11-23: a written answer by 2026-11-30, on SL-15 and on the manager's card; the name on neither."""
    expect = CASES["C11"]["expect"]
    demo_hall.at("2026-11-23")
    window = demo_hall.seat("D02", "0323")
    with demo_hall.window(window) as counter:
        counter.press(Key.Key_F7)
        counter.letters("ts")
        counter.press(Key.Key_Return)
        counter.until(lambda: isinstance(counter.state.over, ComplaintState))
        counter.press(Key.Key_F10)
        counter.until(lambda: complaint_of(counter).error == "complaint_words_needed")
        write_down(counter, words="A04窗口让补材料补了两次。", wish="说明原因，尽快办理", target="a04")
        write_down(counter, name="陈某某", phone="15400000001")
        counter.whole()
        picture(counter, "complaint")
        counter.press(Key.Key_F10)
        counter.until(lambda: counter.state.message == "complaint_registered")
        assert counter.state.over is None
        (slip,) = window.out(counter)
    assert counter.state.place in slip.words
    said = ("投诉受理回执", "实名（不打印姓名）", "A04窗口", "最迟于2026年11月30日书面答复您", "受理人：0323号")
    assert [each for each in said if each not in slip.words] == []
    assert "陈某某" not in slip.words
    window.sync()
    assert "11月30日 周一" in demo_hall.query(counter.state.place, slip.words.partition("查询码：")[2][:4])
    assert "11月30日 周一" not in demo_hall.query(counter.state.place, "0000")
    (card,) = [each for each in demo_hall.cards() if each["subject"] == counter.state.place]
    assert (card["rule"], card["due"], card["window"]) == ("complaint", expect["written_reply_due"], "")
    seen = demo_hall.ask("GET", f"/v1/halls/{HALL}/grievances/{card['subject']}", "person-0901")
    assert (seen["name"], seen["phone"], seen["window"], seen["named"]) == ("陈某某", "15400000001", "A04", True)
    rows = demo_hall.ask("GET", f"/v1/halls/{HALL}/ledgers/complaint", "person-0901")
    told = json.dumps([rows, demo_hall.snapshot("card")], ensure_ascii=False)
    assert counter.state.place in json.dumps(rows)
    assert all(each not in told for each in ("陈某某", "15400000001", "A04"))


def test_c12_a_bad_rating_with_a_telephone_is_called_back(demo_hall: DemoHall) -> None:
    """2026-11-23 不满意、留电话: called by 2026-11-24, told by 2026-11-30; only the manager learns whom to call."""
    expect = CASES["C12"]["expect"]
    demo_hall.at("2026-11-23")
    window = demo_hall.seat("B01", "0311")
    with demo_hall.window(window) as counter:
        demo_hall.ticket("B")
        call(counter, "P1")
        choose(counter, "ITM-06", Key.Key_1)
        case = take_in(counter)
        window.out(counter)
        given(counter)
        counter.press(Key.Key_R, modifier=CTRL)
        (slip,) = window.out(counter)
        leave(counter)
    window.sync()
    (code,) = slip.codes
    assert "电话写得不对" in demo_hall.rate(code, 2, phone="154")
    assert "谢谢您的评价" in demo_hall.rate(code, 2, phone="15400000001")
    cards = {each["rule"]: each for each in demo_hall.cards() if each["rule"].startswith("rating_")}
    dues = {rule: each["due"] for rule, each in cards.items()}
    assert dues == {"rating_contact": expect["contact_due"], "rating_feedback": expect["feedback_due"]}
    contact = cards["rating_contact"]
    assert (contact["told"], contact["window"], contact["clerk"]) == (["floor_manager", "supervisor"], "", "")
    seen = demo_hall.ask("GET", f"/v1/halls/{HALL}/grievances/{contact['subject']}", "person-0901")
    assert (seen["phone"], seen["window"], seen["kind"]) == ("15400000001", "B01", "bad_rating")
    told = json.dumps(demo_hall.snapshot("card"), ensure_ascii=False)
    assert contact["subject"] in told
    assert all(each not in told for each in ("15400000001", case.case_no, case.case_id)), "no window learns who rated"
    demo_hall.at("2026-11-25")
    until(lambda: "voice_late" in {each["rule"] for each in demo_hall.cards() if each["subject"] == contact["subject"]})


def test_c13_a_child_s_certificate_with_the_guardian_s_consent(demo_hall: DemoHall, qtbot: Any) -> None:
    """受理, 评定, 公示: no child's papers without the guardian's separate consent; a minor's name is not published."""
    expect = CASES["C13"]["expect"]
    demo_hall.at("2026-11-23")
    window, department = demo_hall.seat("B01", "0311"), demo_hall.seat("R01", "0412")
    with demo_hall.window(window) as counter:
        demo_hall.ticket("B")
        case = with_guardian(counter)
        (slip,) = window.out(counter)
        leave(counter)
    assert expect["consent"] == "监护人单独同意记录"
    assert case.consent == {"at_ms": demo_hall.hall.clock.now, "scope": SCOPE}
    assert [each for each in ("受理", case.case_no, "监护人", "公示期满") if each not in slip.words] == []
    window.sync()
    department.sync()
    with review_desk(department, qtbot) as desk:
        desk.press(F2, F5)
        offered = {name: number for number, name in asked(desk).hints}
        assert not [each for each in offered if "公示" in each], expect["publicity"]
        desk.press(offered["残疾评定"]).write("11-24 12-04").press(ENTER)
        desk.press(F5, "1")
        department.print_originals()
        desk.hear().press(F5, "3")
        assert department.case(case.case_id).state is CaseState.SUSPENDED
        demo_hall.at("2026-12-07")
        desk.press(F5, ENTER, F12)
        assert asked(desk).title == "评定结论的日期和凭据"
        assert "原则上不公示" in asked(desk).consequence
        desk.write("12-04 评定2026第7号").press(ENTER)
        assert desk.presenter.state.message == ""
    started = department.sync().case(case.case_id)
    assert (started.state, started.statutory_due) == (CaseState.REVIEWING, "2026-12-18")
    assert "残疾评定" in department.originals(case.case_id)["SL-10"]


def test_c14_a_first_contact_nobody_takes_over(demo_hall: DemoHall) -> None:
    """A03 首问, 转 B02, 10 分钟未接: red at A03 and at the manager; 接办 moves the duty, never who was asked first."""
    assert CASES["C14"]["expect"]["first_clerk_unchanged"]
    demo_hall.at("2026-11-23")
    first, other = demo_hall.seat("A03", "0302"), demo_hall.seat("B02", "0311")
    with demo_hall.window(first) as counter:
        demo_hall.ticket("A")
        call(counter, "P1")
        counter.press(Key.Key_F6)
        counter.letters("b2")
        counter.press(Key.Key_Return)
        counter.until(lambda: counter.state.visit is None and not counter.state.busy)
        (slip,) = first.out(counter)
        assert all(each in slip.words for each in ("转窗引导单", "B02"))
        first.sync()
        other.sync()
        assert (first_contact_alarms(demo_hall), urgent(counter)) == ([], [])
        demo_hall.hall.clock.now += 10 * 60_000
        assert first_contact_alarms(demo_hall) == [("red", "B02")]
        first.sync()
        counter.presenter.look()
        counter.until(lambda: urgent(counter) == ["首问没人接办"])
    with demo_hall.window(other.sync()) as counter:
        counter.until(lambda: bool(counter.state.line.contacts))
        counter.press(Key.Key_J, modifier=CTRL)
        counter.press(Key.Key_1)
        counter.until(lambda: counter.state.message == "takeover_done")
    other.sync()
    assert first_contact_alarms(demo_hall) == []
    (contact,) = [each for each in demo_hall.snapshot("contact") if each["clerk"] == "0302"]
    assert (contact["owner"], contact["owner_window"], contact["state"]) == ("0311", "B02", "taken")
