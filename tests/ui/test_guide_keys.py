"""The guide's keys in the real window, against the real service and a simulated printer on a real socket."""

from collections.abc import Iterator
from typing import Any

import pytest
from guide_desk import GUIDE, GuideDesk, opened_guide
from manager_desk import HandClock
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from test_counter_screens import cut_texts, overlaps

from sync.client.guide import GuideNews
from sync.protocol.floor_messages import FloorQueue
from sync.protocol.guide_messages import GuideState
from ui.screens.guide.build import build
from ui.screens.guide.state import GuideViewState
from ui.screens.guide.view import GuideWindow
from ui.screens.guide.widgets.letters import LetterRow

SIZES = ((1920, 1080), (1536, 864), (1366, 768), (1280, 720), (1092, 614))
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def desk(qtbot: Any) -> Iterator[GuideDesk]:
    with opened_guide(qtbot) as made:
        yield made


def test_a_letter_and_enter_give_a_number_out_on_paper(desk: GuideDesk, screens: Any) -> None:
    desk.press("a", ENTER)
    desk.told("A001 已取号：综合，前面 0 人")
    desk.until(lambda: "A001 已打印" in desk.window.windowTitle())
    (paper,) = desk.papers()
    assert "A001" in paper
    assert "排队号票" in paper
    assert desk.acts() == [(GUIDE, "issue_ticket", "A001")]
    assert desk.given("A001").by == GUIDE
    desk.until(lambda: desk.presenter.state.shown is not None and desk.presenter.state.shown.picture is not None)
    screens.keep(desk.window, "guide-issued.png")


def test_a_digit_gives_priority_and_the_paper_says_why(desk: GuideDesk) -> None:
    desk.at_kiosk()
    desk.press("a1", ENTER)
    desk.told("A002 已取号：综合，老年人优先，前面 0 人")
    desk.until(lambda: len(desk.papers()) == 1)
    assert "优先办理：老年人" in desk.papers()[0]
    assert desk.given("A002").priority == "elderly"


def test_what_is_typed_can_be_changed_and_left(desk: GuideDesk) -> None:
    desk.press("a1")
    assert desk.presenter.state.ask is not None
    desk.press("c", Qt.Key.Key_Backspace)
    assert desk.window.property("uiState") == "guide", "the letter is gone, and with it the question"
    desk.press("c2", Qt.Key.Key_Backspace, ESC, ENTER)
    desk.press("z", ENTER)
    desk.told("没有 Z 类业务")
    assert desk.see().given == []


def test_a_missed_number_comes_back_by_its_digit(desk: GuideDesk) -> None:
    number = desk.missed()
    desk.until(lambda: len(desk.presenter.state.news.state.missed) == 1)  # type: ignore[union-attr]
    desk.press("1", ENTER)
    desk.told(f"{number} 已恢复，前面 0 人")
    assert desk.given(number).state == "waiting"
    assert desk.acts() == [(GUIDE, "revive_ticket", number)]
    assert desk.papers() == [], "the citizen still has the paper"
    desk.press(Qt.Key.Key_F3, "a999", ENTER)
    desk.told("今天没有这个号")


def test_a_waiting_number_goes_first_for_a_reason(desk: GuideDesk) -> None:
    first, second = desk.at_kiosk(), desk.at_kiosk()
    desk.until(lambda: len(desk.presenter.state.news.state.given) == 2)  # type: ignore[union-attr]
    desk.press(Qt.Key.Key_F4, second.lower(), ENTER, "2")
    desk.told(f"{second} 已优先：残疾人，前面 0 人")
    assert desk.given(second).priority == "disabled"
    assert desk.acts() == [(GUIDE, "give_priority", second)]
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: len(desk.papers()) == 1)
    assert "优先办理：残疾人" in desk.papers()[0]
    desk.call("A01")
    desk.until(lambda: desk.see().given[0].state == "called")
    desk.until(lambda: desk.presenter.state.news.state.given[0].state == "called")  # type: ignore[union-attr]
    desk.press(Qt.Key.Key_F4, second.lower(), ENTER)
    assert desk.window.property("uiState") == "asking.first", "who is called needs no priority any more"
    desk.press(ESC, Qt.Key.Key_F4, first.lower(), ENTER)
    assert desk.window.property("uiState") == "asking.reason"


def test_one_key_prints_again_and_says_so(desk: GuideDesk) -> None:
    desk.at_kiosk()
    desk.press(Qt.Key.Key_F9)
    assert desk.papers() == []
    desk.press(Qt.Key.Key_F7, "a001", ENTER)
    desk.told("A001 综合，前面 0 人")
    assert desk.papers() == [], "looking prints nothing"
    for nth in (1, 2):
        desk.press(Qt.Key.Key_F9)
        desk.until(lambda nth=nth: len(desk.papers()) == nth)
        desk.until(lambda: "已打印" in desk.window.windowTitle())
    assert [paper.strip().splitlines()[0].strip() for paper in desk.papers()] == ["补打 1", "补打 2"]


def test_without_paper_the_number_is_kept_and_comes_out_by_itself(desk: GuideDesk, screens: Any) -> None:
    desk.printer.handle({"do": "fault", "kind": "paper_out"})
    desk.press("a", ENTER)
    desk.told("A001 已取好，号票没打出来：打印机缺纸，装纸，自动续打。")
    desk.press(Qt.Key.Key_F9, Qt.Key.Key_F9)
    desk.until(lambda: [*overlaps(desk.window), *cut_texts(desk.window)] == [])
    screens.keep(desk.window, "guide-paper-out.png")
    desk.printer.handle({"do": "mend"})
    desk.until(lambda: len(desk.papers()) == 1)
    desk.until(lambda: "A001 已打印" in desk.window.windowTitle())
    assert len(desk.papers()) == 1, "a paper that waits is not ordered twice"
    assert desk.message() == "A001 已取号：综合，前面 0 人"


def test_a_paper_in_doubt_is_asked_for_and_one_key_prints_it_again(desk: GuideDesk) -> None:
    desk.until(lambda: desk.presenter.state.printer_known)
    desk.printer.handle({"do": "fault", "kind": "die", "after_bytes": 300})
    desk.press("a", ENTER)
    desk.told("A001 的号票可能没打出来")
    desk.printer.handle({"do": "mend"})
    desk.until(lambda: desk.presenter.state.printer is None)
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: "A001 已打印" in desk.window.windowTitle())
    assert "补打 1" in desk.papers()[-1]


def test_cut_off_the_keys_are_off_and_nothing_is_lost(desk: GuideDesk, screens: Any) -> None:
    desk.press("a", ENTER)
    desk.until(lambda: "A001 已打印" in desk.window.windowTitle())
    desk.near.lost = 1
    desk.press("a", ENTER)
    desk.until(lambda: len(desk.see().given) == 2)
    desk.told("A002 已取号")
    assert [each.number for each in desk.see().given] == ["A002", "A001"], "a lost answer gave no second number out"

    desk.near.online = False
    desk.told("服务器连不上")
    desk.press("a", ENTER, Qt.Key.Key_F3, "1", ENTER)
    assert desk.window.property("uiState") == "guide"
    assert desk.worker._wishes == type(desk.worker._wishes)(), "nothing was laid down for later"
    screens.keep(desk.window, "guide-offline.png")
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: len(desk.papers()) == 3)
    desk.near.online = True
    desk.until(lambda: desk.presenter.state.live)
    assert len(desk.see().given) == 2


def test_an_act_without_an_answer_is_named_and_done_once(desk: GuideDesk) -> None:
    desk.near.lost = 10_000
    desk.press("a", ENTER)
    desk.told("A 类取号还没办成")
    desk.near.lost = 0
    desk.told("A001 已取号")
    assert [each.number for each in desk.see().given] == ["A001"]


def test_a_session_that_is_over_turns_the_keys_off_and_what_was_asked_stays(desk: GuideDesk) -> None:
    desk.near.refuses = "unauthorised"
    desk.press("a", ENTER)
    desk.told("登录已失效")
    desk.press("a", ENTER)
    assert desk.window.property("uiState") == "guide"
    desk.near.refuses = ""
    desk.told("A001 已取号")
    assert [each.number for each in desk.see().given] == ["A001"]


def test_eight_lines_fit_the_smallest_window(qtbot: Any, screens: Any) -> None:
    queues = [
        FloorQueue(
            code=code,
            name="市场准入（营业执照、食品许可）",
            waiting=12,
            oldest_issued_ms=0,
            first="A001",
            level="red",
            windows=["A01"],
        )
        for code in "ABCDEFGH"
    ]
    seen = GuideState(
        hall="9901", head=1, server_time=0, centre="示范县政务服务中心", closes="17:00", queues=queues, priorities=[],
        missed=[], given=[],
    )  # fmt: skip
    window = GuideWindow(HandClock())
    window.resize(*SIZES[-1])
    window.show()
    state = GuideViewState(38 * 60_000, guide="韩某", news=GuideNews(seen, offline=False))
    window.show_view(build(state))

    def hidden() -> list[int]:
        rows = window.findChildren(LetterRow)
        return [each.height() - each.visibleRegion().boundingRect().height() for each in rows]

    qtbot.waitUntil(lambda: hidden() == [0] * 8)
    screens.keep(window, "guide-eight-lines.png")
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_desk_fits_every_layout_class(desk: GuideDesk, screens: Any) -> None:
    for _ in range(3):
        desk.at_kiosk("C")
    desk.missed()
    desk.press("a2", ENTER)
    desk.until(lambda: "A003 已打印" in desk.window.windowTitle())
    desk.until(lambda: desk.presenter.state.shown is not None and desk.presenter.state.shown.picture is not None)
    desk.until(lambda: len(desk.presenter.state.news.state.given) == 6)  # type: ignore[union-attr]
    for width, height in SIZES:
        desk.window.resize(width, height)
        for keys in ("c", ESC):
            desk.press(keys)
            desk.until(lambda width=width: desk.window.width() == width)
            desk.until(lambda: [*overlaps(desk.window), *cut_texts(desk.window)] == [])
        screens.keep(desk.window, f"guide-{width}.png")
