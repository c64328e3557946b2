"""F6 after a paper in the living window: one key, a number at the next window, a paper (flows.md section 7)."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from ending_hands import at_window, call, decide, ended_in, explain, outcome, screens_of
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens

from app.domain.clerk import Clerk
from app.domain.transfer import WindowLine
from app.domain.visit import Outcome


@pytest.fixture
def hall(queue: Any, ticket: Any) -> Any:
    """Three citizens wait; the tax windows B07 and B08 are open, B08 with the shorter line."""
    authority = queue(ticket("A012"), ticket("A013"), ticket("F012"))
    authority.windows = [
        WindowLine("A01", ("A",), 2, open=True),
        WindowLine("B07", ("D",), 3, open=True),
        WindowLine("B08", ("D",), 1, open=True),
        WindowLine("D01", ("H",), 0, open=True),
    ]
    return authority


@pytest.fixture
def counter(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, hall: Any, ticket: Any, published_tables: Any
) -> Iterator[Living]:
    """Window A01; it heard of two citizens who wait for the tax windows."""
    waiting = [{**asdict(each), "state": each.state.value} for each in (ticket("D011"), ticket("D012"))]
    kit.replica.replace({**published_tables, "ticket": waiting}, 0)
    with living(qtbot, clock, kit, everywhere(clerk), authority=hall) as counter:
        yield counter


@pytest.fixture
def carrier(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, hall: Any) -> Iterator[Living]:
    """Window A07, which licenses road carriers."""
    at_window(kit, "A07")
    hall.waiting = hall.waiting[2:]
    with living(qtbot, clock, kit, everywhere(clerk), authority=hall, number="A07") as counter:
        yield counter


def complete(counter: Living) -> None:
    """F2 to the completion of ITM-01, after which everybody goes to the tax window."""
    decide(counter, Key.Key_1)


def slips(counter: Living) -> list[Any]:
    visit = counter.state.visit
    assert visit is not None
    with counter.kit.store.read() as view:
        return list(view.print_jobs_of(f"referral/{visit.visit_id}"))


def cap(counter: Living) -> QWidget:
    found = counter.window.findChild(QWidget, "key_F6")
    assert found is not None
    return found


def test_one_key_sends_the_citizen_on_with_a_number(counter: Living, hall: Any, screens: Screens) -> None:
    complete(counter)
    assert cap(counter).property("state") == "disabled"  # the paper is not in the citizen's hand yet
    counter.printed()
    assert cap(counter).property("state") == "suggested"
    place = counter.window.findChild(QLabel, "work_out_next_place")
    assert place is not None
    assert place.text() == "<b>B07窗口 税务</b>　税务信息确认（按需），前面还有 2 人"
    counter.keys = 0
    counter.press(Key.Key_F6)
    counter.until(lambda: counter.state.message == "referral_done")
    assert counter.keys == 1
    visit, case = counter.state.visit, counter.state.issued
    assert visit is not None
    assert case is not None
    operation = counter.kit.operations()[-1]
    assert (operation.kind, dict(operation.payload)) == (
        "ticket.referred",
        {"number": "A012", "window": "A01", "to_window": "B07", "business": "D", "to_number": "D001"},
    )
    words = str(slips(counter)[0].document)
    for part in (
        "B07窗口",
        "税务",
        "D001",
        "2人",
        case.case_no,
        "营业执照",
        "税务信息确认（按需）",
        "A01窗口 食品经营许可",
    ):
        assert part in words, part
    said = [each.text() for each in counter.window.findChildren(QLabel) if "下一个是" in each.text()]
    assert "引导单正在打印：下一个是B07窗口，号码 D001，前面 2 人。" in said
    assert "“我这里办好后，下一个是 <b>B07窗口</b>。您的" in "".join(said)
    screens_of(counter, screens, "referral")
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)


def test_pressed_again_it_is_the_same_paper_once_more(counter: Living, hall: Any) -> None:
    complete(counter)
    counter.printed()
    counter.press(Key.Key_F6, Key.Key_F6)
    counter.until(lambda: counter.state.message == "referral_again")
    first, second = slips(counter)
    assert (first.document, first.reprint, second.reprint) == (second.document, 0, 1)
    assert len(hall.taken) == 1


def test_where_the_published_window_stands_still_another_is_named(counter: Living, hall: Any) -> None:
    hall.windows = [each for each in hall.windows if each.window != "B07"]
    complete(counter)
    counter.printed()
    counter.press(Key.Key_F6)
    assert counter.kit.operations()[-1].payload["to_window"] == "B08"


def test_without_the_hall_the_paper_says_where_to_take_a_number(counter: Living, hall: Any) -> None:
    complete(counter)
    counter.printed()
    hall.lost_answers = 1
    counter.press(Key.Key_F6)
    counter.until(lambda: counter.state.message == "referral_without_number")
    assert counter.kit.operations()[-1].payload["to_number"] is None
    assert "请先到取号机或导办台取“税务”的号" in str(slips(counter)[0].document)


def explanation(counter: Living) -> str:
    words = counter.window.findChild(QLabel, "work_out_explanation")
    assert words is not None
    return str(words.text())


def test_where_nothing_is_published_the_key_is_off_and_the_result_says_why(counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_3, Key.Key_Plus, Key.Key_F9)
    counter.until(lambda: outcome(counter) == "noticed")
    counter.printed()
    assert cap(counter).property("state") == "disabled"
    assert explanation(counter).endswith("这件事没有下一个窗口，不用按 F6。")
    counter.press(Key.Key_F6)
    assert counter.state.message == ""
    assert slips(counter) == []
    assert counter.state.visit is not None


@pytest.fixture
def helper(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, hall: Any, ticket: Any) -> Iterator[Living]:
    """Window D02, which takes papers in for every item and accepts nothing."""
    at_window(kit, "D02")
    hall.waiting = [ticket("H012")]
    hall.windows = [WindowLine("A01", ("A",), 4, open=True), WindowLine("A02", ("A",), 1, open=True)]
    with living(qtbot, clock, kit, everywhere(clerk), authority=hall, number="D02") as counter:
        yield counter


def consult(counter: Living, item: Qt.Key) -> None:
    """F2 to the one-time notice (SL-03) of the item, in the citizen's hand."""
    call(counter)
    counter.press(item, Key.Key_Return, Key.Key_F9)
    counter.until(lambda: outcome(counter) == "noticed")
    assert counter.state.issued is None
    counter.printed()


def test_after_a_consultation_f6_leads_to_the_window_that_can_take_the_business(
    helper: Living, hall: Any, screens: Screens
) -> None:
    consult(helper, Key.Key_2)
    assert cap(helper).property("state") == "suggested"
    place = helper.window.findChild(QLabel, "work_out_next_place")
    assert place is not None
    assert place.text().startswith("<b>市场准入窗口</b>")
    helper.keys = 0
    helper.press(Key.Key_F6)
    helper.until(lambda: helper.state.message == "referral_done")
    assert helper.keys == 1
    said = dict(helper.kit.operations()[-1].payload)
    assert said == {"number": "H012", "window": "D02", "to_window": "A02", "business": "A", "to_number": "A001"}
    words = str(slips(helper)[0].document)
    for part in ("A02窗口", "A001", "食品经营许可", "告知单上的材料", "还没有受理", "D02窗口"):
        assert part in words, part
    helper.whole()
    screens.keep(helper.window, "referral-asked-XL.png")
    helper.press(Key.Key_F6)
    helper.until(lambda: helper.state.message == "referral_again")
    assert [each.reprint for each in slips(helper)] == [0, 1]
    helper.press(Key.Key_F12)
    ended_in(helper, Outcome.INFORMED)


def test_where_this_window_does_it_too_a_colleague_may_be_named_and_nothing_urges(counter: Living, hall: Any) -> None:
    hall.windows = [WindowLine("A03", ("A",), 0, open=True), *hall.windows]
    consult(counter, Key.Key_2)
    assert cap(counter).property("state") == "normal"
    counter.press(Key.Key_F6)
    counter.until(lambda: counter.state.message == "referral_done")
    assert counter.kit.operations()[-1].payload["to_window"] == "A03"


def test_the_only_window_of_a_business_sends_nobody_away(carrier: Living) -> None:
    consult(carrier, Key.Key_1)
    assert cap(carrier).property("state") == "disabled"
    assert explanation(carrier).endswith("这项业务就在本窗口办，F6 不用按。")
    carrier.press(Key.Key_F6)
    assert slips(carrier) == []


def register(counter: Living, topic: str, owner: str = "") -> None:
    """F2 to the receipt of a first contact (SL-02), in the citizen's hand."""
    call(counter)
    counter.press(Key.Key_F12, Key.Key_2)
    counter.write(topic)
    if owner:
        while counter.focus != "work_form_field__owner":
            counter.press(Key.Key_Tab)
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.clear()
        counter.write(owner)
    counter.press(Key.Key_F12)
    counter.until(lambda: outcome(counter) == "registered")
    counter.printed()


def test_after_a_registered_contact_f6_leads_to_the_window_that_answers(counter: Living, hall: Any) -> None:
    hall.windows = [*hall.windows, WindowLine("B02", ("B",), 3, open=True), WindowLine("B03", ("B",), 0, open=True)]
    register(counter, "独生子女证明在哪里开", "B02窗口 0311号")
    assert cap(counter).property("state") == "suggested"
    counter.keys = 0
    counter.press(Key.Key_F6)
    counter.until(lambda: counter.state.message == "referral_done")
    assert counter.keys == 1
    assert counter.kit.operations()[-1].payload["to_window"] == "B02"
    words = str(slips(counter)[0].document)
    for part in ("B02窗口", "B001", "独生子女证明在哪里开", "首问登记回执", "A01窗口"):
        assert part in words, part
    counter.press(Key.Key_F12)
    ended_in(counter, Outcome.REGISTERED)


def test_the_words_of_a_registered_contact_name_the_business(counter: Living, hall: Any) -> None:
    hall.windows = [*hall.windows, WindowLine("B06", ("C",), 0, open=True)]
    register(counter, "居住证申领（首次）要带什么")
    counter.press(Key.Key_F6)
    counter.until(lambda: counter.state.message == "referral_done")
    assert counter.kit.operations()[-1].payload["to_window"] == "B06"


def test_where_nothing_is_known_of_the_question_the_key_is_off(counter: Living) -> None:
    register(counter, "农村宅基地上建房怎么报批")
    assert cap(counter).property("state") == "disabled"
    assert explanation(counter).endswith("该到哪个窗口还没有定，先不用按 F6。")
    counter.press(Key.Key_F6)
    assert slips(counter) == []
    assert counter.state.message == ""


def test_after_a_refusal_it_leads_to_the_window_for_what_could_not_be_done(carrier: Living) -> None:
    call(carrier)
    carrier.press(Key.Key_Return, Key.Key_F11, Key.Key_1, Key.Key_Tab)
    explain("总质量不到4500千克")
    carrier.until(
        lambda: bool(carrier.state.card and carrier.state.card.refusing and carrier.state.card.refusing.reason)
    )
    carrier.press(Key.Key_F11)
    carrier.until(lambda: outcome(carrier) == "rejected")
    carrier.printed()
    carrier.keys = 0
    carrier.press(Key.Key_F6)
    carrier.until(lambda: carrier.state.message == "referral_done")
    assert carrier.keys == 1
    assert carrier.kit.operations()[-1].payload["to_window"] == "D01"
    assert "不予受理通知书" in str(slips(carrier)[0].document)
