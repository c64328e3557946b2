"""The manager's window as a pure function of what is known."""

from sync.protocol.floor_messages import FloorState
from ui.screens.floor.build import figures, sheets, strip, windows
from ui.screens.floor.build.actions import MOST, actions
from ui.screens.floor.build.handled import handled
from ui.screens.floor.build.top import clock, top
from ui.screens.floor.state import FloorViewState, Question, Sheet
from ui.screens.floor.view_model import FloorView, LineView
from ui.texts import text

HANDLED_SHOWN = 3
DUE_SHOWN = 3
_KEYS = {
    Question.OPEN: "act_openWindow",
    Question.ASSIGN: "act_assignWindow",
    Question.FIRST: "act_putFirst",
    Question.REASON: "act_putFirst",
    Question.TELL: "act_tellWindow",
    Question.NOTICE: "act_hallNotice",
    Question.REHOME: "act_openWindow",
    Question.FIND: "act_search",
}
_SHEETS = {Sheet.HELP: "act_help", Sheet.CARDS: "act_cards", Sheet.REPORT: "act_report"}
_ASKING = (
    "act_openWindow",
    "act_assignWindow",
    "act_putFirst",
    "act_tellWindow",
    "act_hallNotice",
    "act_search",
    "act_prepareBlock",
    *_SHEETS.values(),
)
_WRITTEN = frozenset({Question.NOTICE, Question.CARD_HANDLED, Question.CARD_WITHDRAWN})
LATER = {
    "act_callback": "floor_no_callback",
    "act_send": "floor_no_complaint",
    "act_handover": "floor_no_handover",
}
"""Keys of the drawing whose work this hall has no way to do yet, each with the code of its reason."""


_LEDGER_KEYS = ("act_report", "act_export", "act_exportCsv")
"""What a supervisor's window has: the ledgers alone."""


def build(state: FloorViewState) -> FloorView:
    """Return everything the window shows."""
    floor = state.news.state
    asked = state.ask.question if state.ask else None
    keys = _LEDGER_KEYS if state.only_ledgers else _keys(floor, asked, state.sheet)
    return FloorView(
        ui_state=_ui_state(state),
        top=top(state),
        kpis=figures.kpis(floor, state.now_ms) if floor else (),
        tiles=windows.tiles(floor, state) if floor else (),
        queues=windows.queues(floor, state.now_ms) if floor else (),
        actions=actions(floor) if floor else (),
        more=max(0, len(floor.alarms) - MOST) if floor else 0,
        due=_due(floor),
        due_note=f"{floor.figures.due_today} 件，红黄牌见 F8" if floor else "",
        handled=handled(floor)[:HANDLED_SHOWN] if floor else (),
        handled_note=f"{len(floor.acts)} 条" if floor else "",
        keys=keys,
        lit=_KEYS.get(asked, "") if asked else _SHEETS[state.sheet] if state.sheet else "",
        strip=strip.strip(state),
        message=_message(state),
        grey=state.news.offline and not state.only_ledgers,
        alone=state.only_ledgers,
        sheet=sheets.sheet(state),
        later=tuple(each for each in LATER if each not in keys) if floor else (),
        updated=f"最后更新 {clock(state.heard_ms)}" if state.news.offline and state.heard_ms is not None else "",
    )


def _ui_state(state: FloorViewState) -> str:
    if state.news.state is None and not state.only_ledgers:
        return "opening"
    if state.ask is not None:
        return f"asking.{state.ask.question.value}"
    return f"sheet.{state.sheet.value}" if state.sheet is not None else "floor"


def _keys(floor: FloorState | None, asked: Question | None, sheet: Sheet | None) -> tuple[str, ...]:
    if floor is None:
        return ("act_help",)
    export = ("act_export", "act_exportCsv") if sheet is Sheet.REPORT else ()
    send = ("act_send",) if asked in _WRITTEN else ()
    return ("act_help", *_ASKING, *send, *export)


def _due(floor: FloorState | None) -> tuple[LineView, ...]:
    if floor is None:
        return ()
    return tuple(
        LineView(f"{each.item} …{each.case_no[-6:]}", f"{each.window} {text(f'case_{each.state}')}")
        for each in floor.due[:DUE_SHOWN]
    )


def _message(state: FloorViewState) -> str:
    if state.message:
        return text(state.message, place=state.place, incident=state.place)
    if state.news.refused:
        return text(state.news.refused)
    if state.news.unkept:
        return text("floor_unkept")
    if state.news.queued:
        return f"网络断开，{state.news.queued} 项操作已记下，连上就发出"
    if not state.said and state.news.expired > state.expired_seen:
        return text("floor_expired", n=state.news.expired)
    return state.said
