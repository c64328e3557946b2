"""F12 起算: the event that a statutory limit starts at has come to pass; its day and its proof (domain rule I06)."""

from datetime import date
from functools import partial

from app.domain.case import Case, CaseState
from app.domain.case_clock import not_started, statutory_limit
from app.domain.catalogue.item import Item
from app.domain.guardian_consent import PUBLICITY, is_minor
from app.domain.person import Person
from app.usecases import start_limit
from app.usecases.acting import ActRefusal, ActRefused
from ui.screens.floor.view_model import StripView
from ui.screens.review.acts import Act
from ui.screens.review.parts import ReviewParts
from ui.screens.review.state import Ask, Question
from ui.texts import text

_OPEN = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING})
_SHORT = 5
"""Signs of a day without its year: 11-09."""


def start_question(case: Case, item: Item | None) -> Ask | None:
    """Return what F12 asks; None where no limit waits for its event."""
    waits = item is not None and case.state in _OPEN and not_started(item, case)
    return Ask(Question.START, case.case_id) if waits else None


def start_strip(ask: Ask, item: Item, case: Case) -> StripView:
    """Return what the question shows: the event in the catalogue's own words; a minor's name is not made public."""
    event = statutory_limit(item).start
    if PUBLICITY in event and is_minor(Person.from_json(case.applicant)):
        return StripView("评定结论的日期和凭据", consequence=text("minor_not_published"), editor=ask.words)
    return StripView(
        f"{event}的日期和凭据", consequence="例如 11-25 公示2026第7号；法定期限从这天起算", editor=ask.words
    )


def start_entered(ask: Ask) -> Act | None:
    """Return what Enter does."""
    return partial(start_it, case_id=ask.case_id, words=ask.words) if ask.words.strip() else None


def start_it(parts: ReviewParts, case_id: str, words: str) -> str:
    """起算: the day and the proof are recorded, and the limit runs."""
    day, _, evidence = words.strip().partition(" ")
    with parts.store.read() as view:
        today = view.business_date()
    on = _day(day, today or date.max)
    case = start_limit.start(parts.store, parts.clock, case_id, on, evidence=evidence, by=parts.clerk)
    return f"{case.case_no} 从 {on.isoformat()} 起算，最迟 {case.statutory_due}"


def _day(word: str, today: date) -> date:
    """Read ``11-25`` as the last such day, or a day with its year."""
    try:
        if len(word) > _SHORT:
            return date.fromisoformat(word)
        found = date.fromisoformat(f"{today.year}-{word}")
        return found if found <= today else date.fromisoformat(f"{today.year - 1}-{word}")
    except ValueError as error:
        raise ActRefused(ActRefusal.CLOCK_DAY_UNREADABLE) from error
