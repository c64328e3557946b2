"""I45 工作台账 in the manager's window: F11, arrows, Enter and Ctrl+S over the real service of a generated month."""

import io
from collections.abc import Iterator

import pytest
from ledger_proof import body, own
from ledger_window import Key, LedgerWindow, opened
from month_of_cases import Month, sql
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sync.client.ledgers import LedgerAnswer
from ui.texts import text

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qapp: QApplication, month: Month) -> Iterator[LedgerWindow]:
    with opened(month.service, month.clock, month.tokens["manager"]) as made:
        yield made


DAY_FIGURES = {
    "正在等候": ("waiting", "人"),
    "今日取号": ("issued", "个"),
    "5 分钟内取号": ("recent", "个"),
    "办完": ("done", "个"),
    "受理": ("accepted", "件"),
    "一次性告知": ("noticed", "份"),
    "不予受理": ("refused", "件"),
    "红牌": ("red", "件"),
    "黄牌": ("yellow", "件"),
    "今天到期": ("due_today", "件"),
    "评价": ("rated", "条"),
    "好评": ("pleased", "条"),
}


def test_i45_every_figure_of_the_day_drills_to_as_many_rows(month: Month, window: LedgerWindow) -> None:
    """Every number on the dashboard drills to rows; sums equal across ledger, dashboard and export."""
    window.press(Key.Key_F11)
    floor = window.presenter.state.news.state
    assert floor is not None
    for name, (figure, unit) in DAY_FIGURES.items():
        count = getattr(floor.figures, figure)
        assert window.line(name)[1] == f"{count} {unit}"
        window.choose(name).press(Key.Key_Return)
        assert window.note().partition("共 ")[2].startswith(f"{count} 行"), name
        rows = window.lines()[1:] if count else []
        assert len(rows) == min(count, 50), name
        window.press(Key.Key_Escape)
    assert floor.figures.done > 0
    assert floor.figures.rated > 0


def test_i45_enter_leads_from_a_figure_to_its_rows_to_the_case_and_back(month: Month, window: LedgerWindow) -> None:
    window.press(Key.Key_F11, Key.Key_Right, Key.Key_Right, Key.Key_Right).choose("受理")
    figure = window.line("受理")
    window.press(Key.Key_Return, Key.Key_Down)
    assert window.window.property("uiState") == "sheet.report"
    chosen = window.chosen()
    window.press(Key.Key_Return)
    told = {line[0]: line[-1] for line in window.lines()}
    assert told["编号"] == chosen[2]
    assert told["证件号码"] == "990***********0015"
    assert "材料" in told, "the case itself was asked for"
    looks = sql(month, "SELECT count(*) FROM srv.case_access WHERE act = 'view' AND clerk = '0901'")[0][0]
    assert looks > 0
    window.press(Key.Key_Escape)
    assert window.chosen() == chosen
    window.press(Key.Key_Escape)
    assert window.line("受理") == figure
    window.press(Key.Key_Escape)
    assert window.window.property("uiState") == "floor"


def test_i45_the_file_from_the_window_has_the_rows_of_the_window(month: Month, window: LedgerWindow) -> None:
    window.press(Key.Key_F11, Key.Key_Right, Key.Key_Right, Key.Key_Right).choose("退件与不予受理")
    window.press((Key.Key_S, CTRL), (Key.Key_S, CTRL | SHIFT))
    assert set(window.folder.files) == {f"退件与不予受理-2026-11-01至2026-11-30.{form}" for form in ("xlsx", "csv")}
    assert window.window.property("message").startswith("已存到 /documents/退件与不予受理")
    content = window.folder.files["退件与不予受理-2026-11-01至2026-11-30.xlsx"]
    rows = [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    assert len(body(rows)[1]) == own(month, "negative")[0]
    window.folder.full = True
    window.press((Key.Key_S, CTRL))
    assert window.window.property("message") == text("ledger_unkept", place="/documents")


def test_i45_without_the_network_the_page_says_so_and_takes_late_answers_only_if_still_asked(
    window: LedgerWindow,
) -> None:
    window.online = False
    window.press(Key.Key_F11, Key.Key_Right)
    given_up, asked = window.asked
    window.bridge.ledgers.emit(LedgerAnswer(given_up, figures=window.ledgers.figures(given_up)))
    assert window.presenter.state.ledgers.figures is None, "nobody asks for that day any more"
    window.bridge.ledgers.emit(LedgerAnswer(asked, trouble="ledger_offline"))
    assert window.window.property("message") == text("ledger_offline")


def test_i45_a_supervisor_has_the_same_window_with_the_ledgers_alone(qapp: QApplication, month: Month) -> None:
    with opened(month.service, month.clock, month.tokens["supervisor"], only_ledgers=True) as window:
        assert window.window.property("uiState") == "sheet.report"
        window.press(Key.Key_Right, Key.Key_Right, Key.Key_Right).choose("受理").press(Key.Key_Return)
        assert window.note().endswith(f"共 {own(month, 'acceptance')[0]} 行")
        window.press(Key.Key_F2, Key.Key_1, Key.Key_Escape, Key.Key_Escape)
        assert window.window.property("uiState") == "sheet.report", "there is no hall behind it"
        assert window.line("受理")[1] == f"{own(month, 'acceptance')[0]} 行"
