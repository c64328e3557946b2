"""F6 延期: days and reason, then the number and password of who may approve it; the clerk cannot (domain rule L03)."""

from dataclasses import replace
from functools import partial

from app.domain.case import Case, CaseState
from app.domain.case_clock import clock_of, extension_of
from app.domain.catalogue.item import Item
from app.domain.clock_moves import ExtensionAsked
from app.ports.clerk_authority import SignInRefused
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.extend_case import extend
from ui.screens.floor.view_model import StripView
from ui.screens.review.acts import Act
from ui.screens.review.parts import ReviewParts
from ui.screens.review.state import Ask, Question

EXTENSION_QUESTIONS = frozenset({Question.EXTEND_WHY, Question.EXTEND_WHO, Question.EXTEND_WORD})
_WRONG = "unauthorised"


def extension_question(case: Case) -> Ask | None:
    """Return what F6 asks; None where no limit can be extended (any more)."""
    may = case.state is CaseState.REVIEWING and case.statutory_due is not None and clock_of(case).extension is None
    return Ask(Question.EXTEND_WHY, case.case_id) if may else None


def extension_strip(ask: Ask, item: Item) -> StripView:
    """Return what such a question shows; a password is never drawn."""
    match ask.question:
        case Question.EXTEND_WHY:
            most = extension_of(item)
            words = f"最多 {most.days} 天，由{most.approver}批准；例如：{most.days} 需要等待结论" if most else ""
            return StripView("延期几天，理由", consequence=words, editor=ask.words)
        case Question.EXTEND_WHO:
            return StripView("批准人工号", consequence="请负责人到场", editor=ask.words)
        case _:
            return StripView(f"{ask.kept[-1]} 号的密码", editor=ask.words, secret=True)


def extension_entered(ask: Ask) -> Ask | Act | None:
    """Return where Enter leads: the next question, or the act."""
    if not ask.words.strip():
        return None
    kept = (*ask.kept, ask.words.strip())
    match ask.question:
        case Question.EXTEND_WHY:
            return replace(ask, question=Question.EXTEND_WHO, kept=kept, words="")
        case Question.EXTEND_WHO:
            return replace(ask, question=Question.EXTEND_WORD, kept=kept, words="")
        case _:
            why, who = ask.kept
            return partial(extend_it, case_id=ask.case_id, why=why, who=who, password=ask.words)


def extend_it(parts: ReviewParts, case_id: str, why: str, who: str, password: str) -> str:
    """延期: extended by the word of both, the notice owed under seal."""
    days, _, reason = why.partition(" ")
    asked = ExtensionAsked(int(days) if days.isascii() and days.isdecimal() else 0, reason)
    try:
        approver = parts.vouch(who, password)
    except SignInRefused as refused:
        wrong = refused.code == _WRONG
        raise ActRefused(ActRefusal.WRONG_PASSWORD if wrong else ActRefusal.CLOCK_APPROVER_NEEDED) from refused
    told = extend(parts.store, parts.clock, parts.templates, case_id, asked, approver=approver, by=parts.clerk)
    return f"{told.case.case_no} 已延期，最迟 {told.case.statutory_due}；告知书待打印盖章"
