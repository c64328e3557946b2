"""The right pane: the decision's document, as it would come out or as it is frozen, and what follows by number."""

from typing import Final

from app.domain.case import Case, CaseState
from app.domain.decision_paper import SLIPS
from app.domain.original import Original, OriginalEvent, OriginalState
from ui.screens.review.state import ReviewState
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView, SlipView
from ui.widgets.views import IconLine, Tag, Tone

PRINT: Final = 1
SEAL: Final = 2
HAND_OVER: Final = 3
_UNDER_WAY = (OriginalState.QUEUED, OriginalState.SENDING)
_ICON = "mdi6.gavel"
_BEFORE = {
    CaseState.RECEIVED: "窗口只收件：F9 受理，F3 补正，F4 不予受理；五个工作日内不答复就视为受理",
    CaseState.ACCEPTED: "按 F2 开始审查",
}
DECISIONS = frozenset(SLIPS.values())
DECIDED = frozenset({CaseState.GRANTED, CaseState.DENIED})


def paper(state: ReviewState) -> SlipView:
    """Return the pane."""
    case, sheet = state.case, state.sheet
    original = document_of(state)
    preview = original is None or not original.came_out
    return SlipView(
        kind="决定书",
        title=_short(original),
        tag=_tag(case, original),
        status=IconLine("ph.printer", _printer(state.printer)),
        paper=sheet.picture if sheet is not None else None,
        paper_key=sheet.key if sheet is not None and sheet.picture is not None else "",
        preview=preview,
        sheet=True,
        fault=_panel(case, original),
        foot=_foot(state, case, original),
    )


def document_of(state: ReviewState) -> Original | None:
    """Return the document that the pane is about: the decision's, before it one that still waits for its seal."""
    facts, case = state.facts, state.case
    if facts is None or case is None:
        return None
    known = tuple(reversed(facts.papers(case)))
    if case.state in DECIDED:
        return next((each for each in known if each.slip in DECISIONS), None)
    waits = next((each for each in known if each.state is not OriginalState.SEALED), None)
    return waits if state.ask is None else None


def _tag(case: Case | None, original: Original | None) -> Tag:
    if original is not None:
        sealed = original.state is OriginalState.SEALED
        return Tag(text(f"original_{original.state.value}"), Tone.OK if sealed else Tone.WARN)
    return Tag("还没有决定") if case is not None else Tag("没有办件")


def _printer(address: str) -> str:
    kind, _, name = address.partition(":")
    return f"A4 · {name}" if kind == "lp" else "A4 · 存入目录" if kind else "A4 · 未接"


def _panel(case: Case | None, original: Original | None) -> FaultView | None:
    if case is None or original is None:
        return None
    under_way = original.state in _UNDER_WAY
    sealed = original.state is OriginalState.SEALED
    again = f"再打 {original.copies} 份，标明补打 {original.prints}" if original.prints else ""
    options: tuple[FaultOption, ...] = (
        FaultOption(
            again or f"打印{original.title} {original.copies} 份",
            text(original.fault) if original.fault else "一份交申请人，一份留档",
            "请稍候" if under_way else "打印",
            waiting=under_way,
            enabled=under_way or original.may(OriginalEvent.PRINT),
        ),
        FaultOption("已盖章", "两份都盖了行政审批专用章", "确认", enabled=original.may(OriginalEvent.SEAL)),
    )
    if original.slip in DECISIONS:
        handed = FaultOption("移交出件窗口", "盖章以后才能移交，移交后通知领取", "移交", enabled=sealed)
        options = (*options, handed)
    return FaultView(_ICON, _short(original), original.doc_no, options, Tone.ERR if original.fault else Tone.PRI)


def _foot(state: ReviewState, case: Case | None, original: Original | None) -> IconLine:
    if case is None:
        return IconLine("ph.info", "按 ↑↓ 选办件")
    if state.sheet is not None and state.sheet.code:
        return IconLine("ph.warning", text(state.sheet.code), Tone.WARN)
    if original is not None:
        return IconLine("ph.info", "按数字一步一步做")
    if case.state in _BEFORE:
        return IconLine("ph.info", _BEFORE[case.state])
    denial = state.ask.denial if state.ask is not None else None
    return IconLine("ph.info", "不予的决定书会这样出来" if denial else "准予的决定书会这样出来，编号在决定时给")


def _short(original: Original | None) -> str:
    """Return the kind of document in a word that fits the narrowest pane."""
    return "决定书" if original is None or original.slip in DECISIONS else "通知书"
