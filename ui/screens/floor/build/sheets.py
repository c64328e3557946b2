"""What F1 and F8 lay over the hall: its keys; cards and first contacts nobody took over. F11 is ``ledger_pages``."""

from collections.abc import Callable, Iterator

from sync.protocol.floor_messages import FloorState
from ui.screens.floor.build.ledger_pages import report
from ui.screens.floor.state import FloorViewState, Sheet
from ui.screens.floor.view_model import SheetRow, SheetView
from ui.texts import text
from ui.widgets.views import Tone

_TONES = {"red": Tone.ERR, "yellow": Tone.WARN}
_NAMES = {"red": "红牌", "yellow": "黄牌"}
_CARDS_WIDTHS = (10, 34, 26, 14, 16)
_KEYS_WIDTHS = (22, 78)
_KEYS = (
    ("1–9", "处理右边第几项"),
    ("F2 窗口 Enter", "开窗或关窗；还有人等着的窗口，先安排他们再关"),
    ("F3 类别 窗口 Enter", "加办一类或不再办，当前一件办完才生效"),
    ("F4 票号 Enter 原因", "优先"),
    ("F5 窗口 句号 Enter", "对窗口喊话"),
    ("F6 … F10", "大厅告示；空着就撤下"),
    ("F7 票号 Enter", "一个号在哪里"),
    ("F8", "红黄牌，没人接办的首问"),
    ("F11", "今日报表和台账：↑↓ 选，Enter 看明细，←→ 换时段，Ctrl+S 导出表格"),
    ("Esc", "退一步"),
)


def sheet(state: FloorViewState) -> SheetView | None:
    """Return the sheet that lies over the hall; None without one."""
    floor = state.news.state
    if state.sheet is Sheet.REPORT and (floor is not None or state.only_ledgers):
        return report(state)
    return None if state.sheet is None or floor is None else _SHEETS[state.sheet](floor, state.now_ms)


def _cards(floor: FloorState, _now_ms: int) -> SheetView:
    rows = (*_limits(floor), *_contacts(floor))
    return SheetView(
        title="红黄牌与首问未接",
        note=f"红 {floor.figures.red} · 黄 {floor.figures.yellow} · 首问未接 {len(floor.contacts)}",
        header=("", "什么", "在哪里", "到哪一步", "时限"),
        widths=_CARDS_WIDTHS,
        rows=rows,
        empty="没有红黄牌，首问都有人接办",
    )


def _limits(floor: FloorState) -> Iterator[SheetRow]:
    for each in sorted(floor.cards, key=lambda card: (card.level != "red", card.due, card.case_no)):
        what = f"{each.item} …{each.case_no[-6:]}"
        cells = (_NAMES[each.level], what, each.window, text(f"case_{each.state}"), f"{each.due[5:]} 前")
        yield SheetRow(cells, _TONES[each.level])


def _contacts(floor: FloorState) -> Iterator[SheetRow]:
    for each in floor.contacts:
        where = f"{each.owner_window} {each.owner} → {each.to_window}"
        yield SheetRow(
            ("首问", each.number, where, "没人接办", f"{each.minutes} 分"), _TONES.get(each.level or "", Tone.PLAIN)
        )


def _help(_floor: FloorState, _now_ms: int) -> SheetView:
    return SheetView(
        title="这里的键",
        note="窗口输名字（A03）或左边第几格（3）都可以",
        header=("", ""),
        widths=_KEYS_WIDTHS,
        rows=tuple(SheetRow(each) for each in _KEYS),
    )


_SHEETS: dict[Sheet, Callable[[FloorState, int], SheetView]] = {
    Sheet.HELP: _help,
    Sheet.CARDS: _cards,
}
