"""What F5 does to the store: the notice of a suspension announced, printed, sealed; the clock stopped and run again."""

from datetime import date

from app.domain.case_clock import clock_of
from app.domain.clock_moves import SuspensionAsked
from app.domain.original import Original
from app.usecases import suspend_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.resume_case import resume
from ui.screens.review import acts
from ui.screens.review.parts import ReviewParts

_DAYS = 2
_SHORT = 5
"""Signs of a day without its year: 11-09."""


def announce_it(parts: ReviewParts, case_id: str, procedure: str, words: str) -> str:
    """告知: the written notice is made and owed under seal; the clock still runs."""
    with parts.store.read() as view:
        today = view.business_date()
    first, last = _days(words, today or date.max)
    asked = SuspensionAsked(procedure, first, last)
    suspend_case.announce(parts.store, parts.clock, parts.templates, case_id, asked, by=parts.clerk)
    return "告知书待打印；打印以后按 F5 停止计时"


def print_notice(parts: ReviewParts, case_id: str) -> str:
    """打印告知书."""
    return acts.print_it(parts, _notice(parts, case_id))


def seal_notice(parts: ReviewParts, case_id: str) -> str:
    """已盖章."""
    return acts.seal(parts, _notice(parts, case_id))


def stop(parts: ReviewParts, case_id: str) -> str:
    """停止计时."""
    case = suspend_case.suspend(parts.store, parts.clock, case_id, parts.clerk)
    return f"{case.case_no} 已停止计时，最迟 {case.statutory_due or case.promised_due}"


def drop(parts: ReviewParts, case_id: str) -> str:
    """撤回告知."""
    case = suspend_case.drop_announcement(parts.store, parts.clock, case_id, parts.clerk)
    return f"{case.case_no} 告知书已撤回，期限照常计算"


def run_again(parts: ReviewParts, case_id: str) -> str:
    """恢复计时."""
    case = resume(parts.store, parts.clock, case_id, parts.clerk)
    return f"{case.case_no} 恢复计时，最迟 {case.statutory_due or case.promised_due}"


def _notice(parts: ReviewParts, case_id: str) -> Original:
    with parts.store.read() as view:
        case = view.case(case_id)
        told = clock_of(case).announced if case is not None else None
        owed = view.originals_of(case_id) if told is not None else ()
    found = [each for each in owed if told is not None and each.doc_no == told.doc_no]
    if not found:
        raise ActRefused(ActRefusal.CLOCK_NOT_ANNOUNCED)
    return found[-1]


def _days(words: str, today: date) -> tuple[date, date]:
    """Read ``11-09 11-20``, or the same with years; a day without a year that is past means the next year."""
    days = words.split()
    if len(days) != _DAYS:
        raise ActRefused(ActRefusal.CLOCK_DAYS_UNREADABLE)
    first, last = (_day(each, today) for each in days)
    return first, last


def _day(word: str, today: date) -> date:
    try:
        if len(word) > _SHORT:
            return date.fromisoformat(word)
        found = date.fromisoformat(f"{today.year}-{word}")
        return found if found >= today else date.fromisoformat(f"{today.year + 1}-{word}")
    except ValueError as error:
        raise ActRefused(ActRefusal.CLOCK_DAYS_UNREADABLE) from error
