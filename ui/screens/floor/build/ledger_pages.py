"""The page as a view: figures, the rows behind one, or one row alone; a pure function of what is known."""

from collections.abc import Iterator, Sequence

from sync.protocol.floor_messages import FloorState
from sync.protocol.ledger_messages import LedgerColumn, LedgerPage, LedgerRow
from ui.screens.floor.build import ledger_lines
from ui.screens.floor.build.ledger_lines import lines
from ui.screens.floor.ledger_state import SPAN_WORDS, Drill, LedgerState
from ui.screens.floor.state import FloorViewState
from ui.screens.floor.view_model import SheetRow, SheetView
from ui.texts import text
from ui.widgets.views import Tone

PAGE = 50
"""Rows on the page at once; the arrows turn it."""
_FIGURES = (22, 20, 54, 4)
_DETAIL = (26, 74)
_HINTS = (("↑↓", "选"), ("Enter", "看明细"), ("←→", "换时段"), ("Ctrl S", "导出"))
_BACK = "退一步"
_ROW_HINTS = (("↑↓", "选"), ("Enter", "看这一件"), ("Ctrl S", "导出"))


def report(state: FloorViewState) -> SheetView:
    """Return what lies over the hall."""
    ledgers = state.ledgers
    if ledgers.drill is None:
        return _figures(state)
    if ledgers.opened:
        return _detail(ledgers, ledgers.drill)
    if not ledgers.drill.ledger:
        return _own(state, ledgers.drill)
    return _rows(ledgers, ledgers.drill)


def own_rows(floor: FloorState, kind: str) -> list[tuple[str, ...]]:
    """Return the rows of a list of the hall itself."""
    match kind:
        case ledger_lines.RED | ledger_lines.YELLOW:
            found = sorted(
                (each for each in floor.cards if each.level == kind), key=lambda each: (each.due, each.case_no)
            )
            return [(each.case_no, each.item, each.window, text(f"case_{each.state}"), each.due) for each in found]
        case ledger_lines.DUE:
            return [(each.case_no, each.item, each.window, text(f"case_{each.state}"), "今天") for each in floor.due]
        case _:
            return [
                (
                    each.number,
                    f"首问 {each.owner}",
                    f"{each.owner_window} → {each.to_window}",
                    "没人接办",
                    f"{each.minutes} 分",
                )
                for each in floor.contacts
            ]


def _figures(state: FloorViewState) -> SheetView:
    chosen, rows = -1, []
    for each in lines(state):
        chosen += each.drill is not None
        rows.append(
            SheetRow(
                (each.name, each.value, each.words, "›" if each.drill is not None else ""),
                Tone.PRI if each.heading else Tone.PLAIN,
                chosen=each.drill is not None and chosen == state.ledgers.at,
            )
        )
    floor = state.news.state
    return SheetView(
        title="报表",
        note=" · ".join((*([floor.centre] if floor is not None else []), SPAN_WORDS[state.ledgers.span])),
        header=("", "", "", ""),
        widths=_FIGURES,
        rows=tuple(rows),
        hints=_HINTS,
        away=None if state.only_ledgers else "",
    )


def _rows(ledgers: LedgerState, drill: Drill) -> SheetView:
    page = ledgers.page
    if page is None:
        return SheetView(drill.title, "", (), (), (), empty=text(ledgers.trouble or "ledger_asking"), away=_BACK)
    start = ledgers.row // PAGE * PAGE
    shown = [at for at, each in enumerate(page.columns) if each.wide]
    return SheetView(
        title=drill.title,
        note=_note(page),
        header=tuple(page.columns[at].head for at in shown),
        widths=_shares([page.columns[at] for at in shown]),
        rows=tuple(
            SheetRow(
                tuple(short(each.cells[at], page.columns[at].kind) for at in shown), chosen=start + n == ledgers.row
            )
            for n, each in enumerate(ledgers.rows[start : start + PAGE])
        ),
        empty=text("ledger_no_rows"),
        hints=_ROW_HINTS,
        away=_BACK,
    )


def _own(state: FloorViewState, drill: Drill) -> SheetView:
    floor = state.news.state
    rows = own_rows(floor, drill.kind) if floor is not None else []
    start = state.ledgers.row // PAGE * PAGE
    return SheetView(
        title=drill.title,
        note=f"现在 · 共 {len(rows)} 行",
        header=("编号", "事项", "窗口", "到哪一步", "时限"),
        widths=(26, 28, 16, 16, 14),
        rows=tuple(
            SheetRow(each, chosen=start + n == state.ledgers.row) for n, each in enumerate(rows[start : start + PAGE])
        ),
        empty=text("ledger_no_rows"),
        away=_BACK,
    )


def _detail(ledgers: LedgerState, drill: Drill) -> SheetView:
    page, row = ledgers.page, chosen_row(ledgers)
    rows = tuple(SheetRow(each) for each in _told(ledgers, page, row)) if page is not None and row is not None else ()
    return SheetView(
        title=drill.title,
        note=f"第 {ledgers.row + 1} 行",
        header=("", ""),
        widths=_DETAIL,
        rows=rows,
        away=_BACK,
    )


def chosen_row(ledgers: LedgerState) -> LedgerRow | None:
    """Return the row that is chosen; None where there is none."""
    return ledgers.rows[ledgers.row] if ledgers.row < len(ledgers.rows) else None


def _told(ledgers: LedgerState, page: LedgerPage, row: LedgerRow) -> Iterator[tuple[str, str]]:
    for column, cell in zip(page.columns, row.cells, strict=True):
        yield column.head, words(cell)
    if ledgers.case is not None:
        yield "电话", ledgers.case.phone
        yield "材料", f"{ledgers.case.materials} 份齐"
    elif row.case_id is not None:
        yield "", text(ledgers.trouble or "ledger_asking")


def words(cell: str | int | None) -> str:
    """Return a cell in words."""
    return "" if cell is None else str(cell)


def short(cell: str | int | None, kind: str) -> str:
    """Return a cell as a line has room for it: ``11-04 09:26``."""
    return words(cell)[5:16] if kind == "time" else words(cell)


def _note(page: LedgerPage) -> str:
    days = page.first if page.first == page.last else f"{page.first} 至 {page.last}"
    amount = f"，{page.amount} {page.unit}" if page.amount is not None else ""
    return f"{days} · 共 {page.count} 行{amount}"


def _shares(columns: Sequence[LedgerColumn]) -> tuple[int, ...]:
    whole = sum(each.wide for each in columns)
    return tuple(each.wide * 100 // whole for each in columns)
