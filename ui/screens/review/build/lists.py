"""The list at the left: the department's cases in the order they are due."""

from datetime import date

from app.domain.case import Case, CaseState
from app.domain.masking import mask_name
from app.domain.upward import overdue, upward_of
from ui.screens.counter.build.idle import due_view
from ui.screens.review.facts import Facts
from ui.screens.review.state import ReviewState
from ui.screens.review.view_model import WorkListView, WorkRowView
from ui.texts import text
from ui.widgets.views import DueLevel, Tone

_TONES = {DueLevel.RED: Tone.ERR, DueLevel.YELLOW: Tone.WARN}
_WAITING = frozenset({CaseState.RECEIVED, CaseState.ACCEPTED})
_DECIDED = frozenset({CaseState.GRANTED, CaseState.DENIED})
_UNDER_WAY = frozenset({CaseState.REVIEWING, CaseState.SUSPENDED})


def work_list(state: ReviewState) -> WorkListView:
    """Return the list."""
    facts = state.facts
    if facts is None:
        return WorkListView("", (), "")
    rows = tuple(_row(facts, each, chosen=each.case_id == state.chosen) for each in facts.cases)
    waiting = sum(each.state in _WAITING for each in facts.cases)
    decided = sum(each.state in _DECIDED for each in facts.cases)
    under_way = sum(each.state in _UNDER_WAY for each in facts.cases)
    note = f"待审 {waiting} · 审查中 {under_way} · 待出件 {decided}"
    return WorkListView(note, rows, "没有待审的办件，受理后自动到这里")


def standing(case: Case, today: date) -> tuple[str, Tone]:
    """Return how a case stands in a word or two."""
    upward = upward_of(case)
    if upward is not None and upward.result is None:
        late = overdue(upward, today)
        word = text(f"upward_{upward.stage.value}")
        return (f"{word}，该联系上级了", Tone.WARN) if late else (word, Tone.PRI)
    if case.state in _WAITING:
        return "待审" if case.state is CaseState.ACCEPTED else "待受理", Tone.PRI
    return text(f"case_{case.state.value}"), Tone.PLAIN


def _row(facts: Facts, case: Case, *, chosen: bool) -> WorkRowView:
    clock = due_view(case, facts.today, facts.calendar, facts.catalogue.cards.lights)
    item = facts.item(case)
    word, tone = standing(case, facts.today)
    level = clock[0].level if clock else DueLevel.EASY
    return WorkRowView(
        case_id=case.case_id,
        item=item.short if item is not None else case.item_name,
        applicant=mask_name(str(case.applicant.get("name", ""))),
        number=case.case_no,
        state=word,
        due=clock[0] if clock else None,
        due_text=clock[1] if clock else "已决定" if case.decision else "未起算",
        tone=_TONES.get(level, tone),
        chosen=chosen,
    )
