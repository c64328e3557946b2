"""The strip above the keys: what is asked about the chosen case, and what Enter will do."""

from app.domain.case import Case
from app.domain.catalogue.item import Item
from app.domain.upward import UpwardStage, upward_of
from ui.screens.floor.view_model import SheetRow, SheetView, StripView
from ui.screens.review.answers import ANSWER_QUESTIONS
from ui.screens.review.build.answers import answer_sheet, answer_strip
from ui.screens.review.clocks import CLOCK_QUESTIONS, clock_strip
from ui.screens.review.conflicts import conflict_sheet, conflict_strip
from ui.screens.review.extensions import EXTENSION_QUESTIONS, extension_strip
from ui.screens.review.starts import start_strip
from ui.screens.review.state import EDITED, Ask, Question, ReviewState
from ui.texts import text
from ui.widgets.views import Tone

_WRITTEN = {
    Question.FACTS: ("查明的事实", "review_facts_hint"),
    Question.ORGAN: ("上报到哪个机关", "upward_organ_hint"),
    Question.NOTE: ("联系的情况", "upward_note_hint"),
    Question.STOP_DAYS: ("停止计时", "clock_days_hint"),
    Question.RESULT: ("上级文书：文号 日期 机关", "upward_result_hint"),
    Question.SCAN: ("上级文书的扫描件", "upward_scan_hint"),
}

CONTACTS: dict[UpwardStage, tuple[tuple[str, UpwardStage | None], ...]] = {
    UpwardStage.REPORTED: (("只记联系", None), ("上级已受理", UpwardStage.ACCEPTED)),
    UpwardStage.ACCEPTED: (("只记联系", None), ("上级已办结", UpwardStage.DECIDED)),
    UpwardStage.DECIDED: (("只记联系", None), ("结果已回传：准予", None), ("结果已回传：不予", None)),
}
"""What may be noted at a stage, by digit from 1; the last two of DECIDED attach the result."""
ATTACH_GRANTED = 2
ATTACH_DENIED = 3


def strip(state: ReviewState) -> StripView | None:
    """Return what the open question shows; None without one."""
    ask, facts = state.ask, state.facts
    if ask is not None and ask.question is Question.CONFLICT:
        return conflict_strip(state, ask)
    case = facts.case(ask.case_id) if ask is not None and facts is not None else None
    if ask is None or facts is None or case is None:
        return None
    item = facts.item(case)
    if item is not None and ask.question in ANSWER_QUESTIONS:
        return answer_strip(ask)
    if item is not None and ask.question is Question.START:
        return start_strip(ask, item, case)
    return _view(ask, case, item) if item is not None else None


def _view(ask: Ask, case: Case, item: Item) -> StripView:
    if ask.question in EDITED:
        title, hint = _WRITTEN[ask.question]
        return StripView(title, consequence=text(hint), editor=ask.words)
    if ask.question in CLOCK_QUESTIONS | EXTENSION_QUESTIONS:
        return clock_strip(ask, case, item) if ask.question in CLOCK_QUESTIONS else extension_strip(ask, item)
    match ask.question:
        case Question.GRANT:
            return StripView("准予", case.case_no, "作出准予决定，编号，决定书待打印盖章", ready=True)
        case Question.DENY:
            return StripView("不予", case.case_no, "作出不予决定，编号，决定书待打印盖章", ready=True)
        case Question.CONDITIONS:
            chosen = "、".join(map(str, ask.unmet))
            then = "接着写查明的事实" if ask.unmet else "不符合哪几条，按数字选"
            return StripView("不予：不符合的条件", chosen, then, ready=bool(ask.unmet))
        case _:
            return StripView("联系上级", hints=tuple((str(n), words) for n, words in contacts(case)))


def conditions(state: ReviewState) -> SheetView | None:
    """Return what is chosen from by digit: conditions of a denial, materials of a notice, grounds of a refusal."""
    ask, facts = state.ask, state.facts
    if ask is not None and ask.question is Question.CONFLICT:
        return conflict_sheet(state, ask)
    case = facts.case(ask.case_id) if ask is not None and facts is not None else None
    item = facts.item(case) if facts is not None and case is not None else None
    if ask is not None and item is not None and ask.question in ANSWER_QUESTIONS:
        return answer_sheet(ask, item)
    if ask is None or item is None or ask.question is not Question.CONDITIONS:
        return None
    rows = tuple(
        SheetRow((f"{n} 选中" if n in ask.unmet else str(n), each), Tone.ERR if n in ask.unmet else Tone.PRI)
        for n, each in enumerate(item.conditions, start=1)
    )
    return SheetView("不符合哪几条", "按数字选，再按一次取消", ("", ""), (10, 90), rows, "这个事项没有公布条件")


def contacts(case: Case) -> tuple[tuple[int, str], ...]:
    """Return what may be noted of a case that is up there, by digit."""
    upward = upward_of(case)
    lines = CONTACTS.get(upward.stage, ()) if upward is not None else ()
    return tuple((n, words) for n, (words, _) in enumerate(lines, start=1))
